import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runScriptText } from './testing/run-script.ts';

test('files are written, read, looked for and deleted', async () => {
  const { console, result } = await runScriptText(`
    node {
      writeFile file: 'a/b.txt', text: 'hello'
      echo readFile('a/b.txt')
      echo readFile(file: 'a/b.txt', encoding: 'Base64')
      echo "there: \${fileExists 'a/b.txt'}, not there: \${fileExists 'c'}"
      dir('a') { deleteDir() }
      echo "left: \${fileExists 'a/b.txt'}"
      fileExists ''
      echo "\${pwd()} \${pwd tmp: true} \${isUnix()}"
      readFile 'gone'
    }`);
  assert.equal(result, 'FAILURE');
  for (const line of ['hello', 'aGVsbG8=', 'there: true, not there: false', 'left: false', '/w/job /w/job@tmp true'])
    assert.ok(console.includes(`${line}\n`), line + console);
  assert.match(console, /The fileExists step was called with a null or empty string/);
  assert.match(console, /java.nio.file.NoSuchFileException: \/w\/job\/gone\n/);
});

test('a stash is restored in another workspace', async () => {
  const { console, world } = await runScriptText(
    `
    node {
      stash name: 'src', includes: '**/*.c', excludes: 'skip/**'
      ws { unstash 'src' }
      stash name: 'none', includes: '*.x', allowEmpty: true
      unstash 'other'
    }`,
    { 'a/x.c': 'int x;', 'skip/y.c': '', 'z.h': '' },
  );
  assert.equal(world.text('/w/job@2/a/x.c'), 'int x;');
  assert.equal(world.text('/w/job@2/skip/y.c'), undefined);
  assert.match(console, /\[Pipeline\] stash\nStashed 1 file\(s\)\n\[Pipeline\] ws\nRunning in \/w\/job@2\n\[Pipeline\] {\n\[Pipeline\] unstash\n/);
  assert.match(console, /ERROR: No such saved stash ‘other’\n/);
});

test('archiveArtifacts says what it did not find', async () => {
  const { console, result, world } = await runScriptText(
    `
    node {
      archiveArtifacts artifacts: 'out/*.jar', fingerprint: true
      archiveArtifacts artifacts: 'out/*.war', allowEmptyArchive: true
      archiveArtifacts 'nowhere/*.zip'
    }`,
    { 'out/a.jar': 'jar' },
  );
  assert.equal(result, 'FAILURE');
  assert.deepEqual([...world.artifacts.keys()], ['out/a.jar']);
  assert.match(console, /Archiving artifacts\nRecording fingerprints\n/);
  assert.match(
    console,
    /‘out\/\*.war’ doesn’t match anything: ‘out’ exists but not ‘out\/\*.war’\nNo artifacts found that match the file pattern "out\/\*.war". Configuration error\?\n/,
  );
  assert.match(
    console,
    /‘nowhere\/\*.zip’ doesn’t match anything: even ‘nowhere’ doesn’t exist\n[\s\S]*ERROR: No artifacts found that match the file pattern "nowhere\/\*.zip". Configuration error\?\n/,
  );
});

test('cleanWs tells what it does', async () => {
  const { console, world } = await runScriptText(
    `
    node {
      cleanWs patterns: [[pattern: '*.tmp', type: 'INCLUDE']]
      cleanWs()
      unstable 'hm'
      cleanWs cleanWhenUnstable: false
    }`,
    { 'a.tmp': '', 'b.txt': '' },
  );
  assert.equal(world.files.size, 0);
  assert.match(
    console,
    /\[WS-CLEANUP\] Deleting project workspace...\n\[WS-CLEANUP\] done\n\[Pipeline\] cleanWs\n\[WS-CLEANUP\] Deleting project workspace...\n\[WS-CLEANUP\] Deferred wipeout is used...\n\[WS-CLEANUP\] done\n/,
  );
  assert.match(console, /WARNING: hm\n[\s\S]*\[WS-CLEANUP\] Skipped based on build state UNSTABLE\n/);
});

test('waitUntil tries again after growing times', async () => {
  const { console } = await runScriptText('def n = 0\nwaitUntil { n++; n == 3 }\nwaitUntil(quiet: true) { true }\nwaitUntil { 7 }');
  assert.match(console, /Will try again after 0.25 sec\n[\s\S]*Will try again after 0.3 sec\n/);
  assert.match(console, /java.lang.ClassCastException: body return value 7 is not boolean/);
});

test('warnError and unstable make the build unstable and go on', async () => {
  const { console, result } = await runScriptText("warnError('oops') { error 'x' }\necho 'on'");
  assert.equal(result, 'UNSTABLE');
  assert.match(console, /ERROR: oops\nERROR: x\nSetting overall build result to UNSTABLE\n\[Pipeline\] \/\/ warnError\n\[Pipeline\] echo\non\n/);
});

test('milestones count up and refuse what is out of order', async () => {
  assert.match((await runScriptText('milestone()\nmilestone 5\nmilestone()')).console, /Trying to pass milestone 0\n[\s\S]*milestone 5\n[\s\S]*milestone 6\n/);
  assert.match((await runScriptText('milestone 2\nmilestone ordinal: 2')).console, /ERROR: Invalid ordinal 2, as the previous one was 2\n/);
  assert.match((await runScriptText('parallel a: { milestone 1 }')).console, /ERROR: Using a milestone step inside parallel is not allowed\n/);
});

test('lock holds a resource while its body runs', async () => {
  const { console, host } = await runScriptText("lock(resource: 'board', variable: 'BOARD') { echo env.BOARD + env.BOARD0 }\nlock([:]) { }");
  assert.match(
    console,
    /Trying to acquire lock on \[Resource: board\]\nLock acquired on \[Resource: board\]\n\[Pipeline\] {\n\[Pipeline\] echo\nboardboard\n\[Pipeline\] }\nLock released on resource \[Resource: board\]\n\[Pipeline\] \/\/ lock\n/,
  );
  assert.ok(host.started.some((ask) => ask.kind === 'lock.release'));
  assert.match(console, /IllegalArgumentException: Either resource label or resource name must be specified./);
});

test('bat and powershell refuse other systems than Windows', async () => {
  assert.match((await runScriptText("node { bat 'dir' }")).console, /java.io.IOException: Batch scripts can only be run on Windows nodes/);
  assert.match((await runScriptText("node { powershell 'dir' }")).console, /ERROR: Windows PowerShell can only be run on Windows nodes/);
});
