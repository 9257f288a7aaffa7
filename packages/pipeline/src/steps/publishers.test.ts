import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPipeline } from '../engine/run-pipeline.ts';
import { DummyHost } from '../engine/testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from '../engine/testing/memory-stores.ts';
import { FACTS } from '../engine/testing/run-steps.ts';
import { CURRENT_FLAGS } from '../journal/flags.ts';
import { FileWorld } from './testing/file-world.ts';
import { runScriptText } from './testing/run-script.ts';

const REPORT = `<?xml version="1.0"?>
<testsuites><testsuite name="S" package="p" time="1.5">
  <testcase classname="p.A" name="good" time="0.5"/>
  <testcase classname="p.A" name="bad"><failure message="m &amp; n"><![CDATA[trace]]></failure></testcase>
  <testcase name="skip"><skipped/></testcase>
</testsuite></testsuites>`;

test('junit counts tests and makes the build unstable', async () => {
  const { console, result, world } = await runScriptText(
    'node { def r = junit \'out/*.xml\'; echo "${r.totalCount} ${r.failCount} ${r.getSkipCount()} ${r.passCount}" }',
    { 'out/a.xml': REPORT },
  );
  assert.equal(result, 'UNSTABLE', console);
  assert.match(console, /\[Pipeline\] junit\nRecording test results\n\[Pipeline\] echo\n3 1 1 1\n/);
  assert.deepEqual(world.published[0]?.data, {
    total: 3,
    failed: 1,
    skipped: 1,
    passed: 1,
    duration: 1.5,
    suites: 1,
    files: 1,
    refused: null,
    failures: [{ suite: 'p.S', className: 'p.A', name: 'bad', message: 'm & n', duration: 0 }],
  });
});

test('junit without reports is an error unless that is allowed', async () => {
  const { console, result } = await runScriptText("node { junit allowEmptyResults: true, testResults: 'x'; junit 'y' }");
  assert.equal(result, 'FAILURE');
  assert.match(
    console,
    /None of the test reports contained any result\n[\s\S]*Recording test results\nNo test report files were found. Configuration error\?\n[\s\S]*ERROR: No test report files were found. Configuration error\?\n/,
  );
});

test('the general forms of Jenkins stand for steps', async () => {
  const { console, world } = await runScriptText(
    `
    node {
      wrap([$class: 'TimestamperBuildWrapper']) { echo 'x' }
      wrap([$class: 'ConfigFileBuildWrapper', managedFiles: []]) { step([$class: 'ArtifactArchiver', artifacts: 'a.txt']) }
      step([$class: 'hudson.tasks.Other'])
    }`,
    { 'a.txt': '' },
  );
  assert.match(console, /\[Pipeline\] timestamps\n\[Pipeline\] {\n/);
  assert.match(
    console,
    /\[Pipeline\] configFileProvider\nprovisioning config files\.\.\.\n\[Pipeline\] {\n\[Pipeline\] archiveArtifacts\nArchiving artifacts\n\[Pipeline\] }\n\[Pipeline\] \/\/ configFileProvider\n/,
  );
  assert.ok(world.artifacts.has('a.txt'));
  assert.match(console, /UnsupportedOperationException: no known implementation of interface jenkins.tasks.SimpleBuildStep is named hudson.tasks.Other/);
});

test('mails need a subject, a body and somebody to go to', async () => {
  const { console, world } = await runScriptText(
    "mail to: 'a@x.example, b@x.example', subject: 's', body: 'b'\nemailext to: 'c@x.example cc:d@x.example', subject: 'Build $BUILD_NUMBER', body: 'x'\nmail subject: 's', body: 'b'",
  );
  assert.deepEqual(world.sent, [
    { to: ['a@x.example', 'b@x.example'], cc: [], bcc: [], from: null, replyTo: null, subject: 's', body: 'b', mimeType: 'text/plain' },
    {
      to: ['c@x.example'],
      cc: ['d@x.example'],
      bcc: [],
      from: null,
      replyTo: null,
      subject: 'Build 1',
      body: 'x',
      mimeType: 'text/plain',
      tokens: { result: 'SUCCESS' },
    },
  ]);
  assert.match(console, /ERROR: Email not sent. No recipients of any kind specified \('to', 'cc', 'bcc'\).\n/);
  assert.match(
    (await runScriptText("mail to: 'a', subject: 's'")).console,
    /ERROR: Email not sent. All mandatory properties must be supplied \('subject', 'body'\).\n/,
  );
});

test('httpRequest checks the status and answers with the response', async () => {
  const reply = { ok: { status: 404, headers: { 'Content-Type': ['text/html; charset=UTF-8'] }, body: 'gone' } };
  const { console } = await runScriptText(
    "def r = httpRequest url: 'http://x.example/', validResponseCodes: '200,404'\necho \"${r.status} ${r.content} ${r.charset}\"\nhttpRequest 'http://x.example/'",
    {},
    (ask) => (ask.kind === 'http' ? reply : undefined),
  );
  assert.match(
    console,
    /HttpMethod: GET\nURL: http:\/\/x.example\/\nSending request to url: http:\/\/x.example\/\nResponse Code: 404\nSuccess: Status code 404 is in the accepted range: 200,404\n[\s\S]*\n404 gone UTF-8\n/,
  );
  assert.match(console, /ERROR: Fail: Status code 404 is not in the accepted range: 100:399 while calling http:\/\/x.example\/\n/);
});

test('job properties go to the host as data', async () => {
  const { host, console } = await runScriptText(
    "properties([disableConcurrentBuilds(), buildDiscarder(logRotator(numToKeepStr: '5')), pipelineTriggers([cron('@daily')]), parameters([string(name: 'A', defaultValue: 'b'), choice(name: 'C', choices: ['x', 'y'])])])",
  );
  const ask = host.started.find((a) => a.kind === 'properties');
  assert.deepEqual(JSON.parse(JSON.stringify(ask?.request ?? console)), {
    properties: [
      { $symbol: 'disableConcurrentBuilds' },
      { $symbol: 'buildDiscarder', '': { $symbol: 'logRotator', numToKeepStr: '5' } },
      { $symbol: 'pipelineTriggers', '': [{ $symbol: 'cron', '': '@daily' }] },
      {
        $symbol: 'parameters',
        '': [
          { $symbol: 'string', name: 'A', defaultValue: 'b' },
          { $symbol: 'choice', name: 'C', choices: ['x', 'y'] },
        ],
      },
    ],
  });
});

test('a POM is read, changed and written', async () => {
  const pom =
    '<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><version>1.0-SNAPSHOT</version><properties><java>17</java></properties><dependencies><dependency><artifactId>d</artifactId></dependency></dependencies></project>';
  const { console, world } = await runScriptText(
    `
    node {
      def pom = readMavenPom()
      echo "\${pom.version} \${pom.getGroupId()} \${pom.properties.java} \${pom.dependencies[0].artifactId} \${pom.parent} \${pom.packaging}"
      pom.version = pom.version - '-SNAPSHOT'
      writeMavenPom model: pom
    }`,
    { 'pom.xml': pom },
  );
  assert.match(console, /\n1.0-SNAPSHOT g 17 d null jar\n/);
  assert.match(
    world.text('/w/job/pom.xml') ?? console,
    /<version>1.0<\/version>\n {2}<properties>\n {4}<java>17<\/java>\n {2}<\/properties>\n {2}<dependencies>\n {4}<dependency>\n {6}<artifactId>d<\/artifactId>\n/,
  );
});

test('build says that it needs a server where there is none', async () => {
  const refused = { err: { code: 'MR_UNSUPPORTED', message: "build job: 'other' needs a Millrace server" } };
  assert.match(
    (await runScriptText("build 'other'", {}, (ask) => (ask.kind === 'build' ? refused : undefined))).console,
    /Scheduling project: other\n[\s\S]*ERROR: build job: 'other' needs a Millrace server\n/,
  );
  const failed = { ok: { result: 'FAILURE', number: 3, url: 'u', displayName: 'other #3', variables: {} } };
  const { console, result } = await runScriptText(
    "def b = build(job: 'other', propagate: false)\necho \"${b.result} ${b.number}\"\nbuild 'other'",
    {},
    (ask) => (ask.kind === 'build' ? failed : undefined),
  );
  assert.equal(result, 'FAILURE');
  assert.match(console, /\nFAILURE 3\n[\s\S]*other #3 completed with status FAILURE \(propagate: false to ignore\)\n/);
});

test('publishHTML keeps the folder and tells its pages, whose names may be patterns', async () => {
  const { world, console } = await runScriptText(
    "node { publishHTML(target: [reportDir: 'doc', reportFiles: 'index.html,none.html,sub/*.html', reportName: 'Docs_1-ü', reportTitles: 'First', escapeUnderscores: false]); publishHTML reportDir: 'none', reportName: 'N' }",
    { 'doc/index.html': '', 'doc/sub/b.html': '', 'doc/sub/c.txt': '' },
  );
  assert.deepEqual(
    world.published.map((p) => [p.type, p.name, p.data]),
    [
      [
        'html',
        'Docs_1-ü',
        {
          name: 'Docs_1-ü',
          urlName: 'Docs_1-_c3bc',
          dir: 'doc',
          files: ['index.html', 'none.html', 'sub/*.html'],
          pages: [
            { path: 'index.html', title: 'First' },
            { path: 'sub/b.html', title: 'sub/b' },
          ],
          keepAll: false,
          alwaysLinkToLastBuild: false,
        },
      ],
    ],
  );
  assert.match(console, /Archiving at PROJECT level \/w\/job\/doc to Docs_1-_c3bc\n/);
  assert.match(console, /ERROR: Specified HTML directory '\/w\/job\/none' does not exist.\n/);
});

test('publishHTML of nothing fails, unless that is allowed', async () => {
  const { console, world } = await runScriptText(
    "node { publishHTML allowMissing: true, reportDir: 'doc', includes: '*.png', reportName: 'A'; publishHTML reportDir: 'doc', includes: '*.png', reportName: 'B' }",
    { 'doc/index.html': '' },
  );
  assert.match(
    console,
    /ERROR: Directory '\/w\/job\/doc' exists but failed copying to 'A'\.\n[\s\S]*ERROR: Directory '\/w\/job\/doc' exists but failed copying to 'B'\.\nFinished: FAILURE/,
  );
  assert.equal(world.published.length, 0);
});

test('publishHTML and tokens of mails ask in a journal of before what they asked then', async () => {
  const text = `node {
    publishHTML(target: [reportDir: 'doc', reportFiles: '*.html', reportName: 'Docs', reportTitles: 'One'])
    emailext to: 'a@example.com', subject: 's', body: '\${BUILD_LOG_REGEX, regex="x"} \${FILE, path="doc/index.html"}'
  }`;
  const ran = async (flags: readonly number[]) => {
    const world = new FileWorld({ '/w/job/doc/index.html': '<p>' });
    const names: string[] = [];
    const host = new DummyHost((ask) => {
      if (ask.kind === 'other') names.push(ask.request.name);
      if (ask.kind === 'other' && ask.request.name === 'buildLog') return { ok: { lines: [] } };
      return world.respond(ask);
    });
    const header = { t: 'header', format: 1, flags, build: { ...FACTS, script: { text, path: 'Jenkinsfile' } }, seed: [1, 2, 3, 4] };
    const lines = [JSON.stringify(header)];
    const { outcome } = runPipeline({ host, journal: new MemoryJournal(lines), log: new MemoryLog(), begin: { lines, records: [] } });
    await outcome;
    return { names, data: world.published[0]?.data };
  };
  assert.deepEqual(await ran([1]), { names: [], data: { name: 'Docs', dir: 'doc', files: ['*.html'], titles: 'One', keepAll: false } });
  const now = await ran(CURRENT_FLAGS);
  assert.deepEqual(now.names, ['buildLog']);
  assert.deepEqual((now.data as { pages: unknown }).pages, [{ path: 'index.html', title: 'One' }]);
});
