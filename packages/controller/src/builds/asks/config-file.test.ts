import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import { testInstallation } from '../../testing/test-installation.ts';

test('a managed file comes to a workspace with the logins of its servers, as it is at that moment', async (t) => {
  const folder = new TestFolder();
  const path = join(folder.path, 'settings.xml');
  writeFileSync(path, '<settings><mirrors/></settings>');
  const servers = [{ id: 'nexus', credentialsId: 'deploy' }];
  const configFiles = [
    { id: 'maven', name: 'settings.xml', path, servers },
    { id: 'gone', name: 'gone', path: join(folder.path, 'gone'), servers: [] },
  ];
  const credentials = [{ id: 'deploy', type: 'usernamePassword', description: null, fields: { username: 'robot', password: 'nexus words of a test' } }];
  const server = await TestServer.start({ data: folder.path, installation: () => ({ ...testInstallation({ credentials }), configFiles }) });
  t.after(async () => {
    await server.stop();
    folder.remove();
  });
  const script = `node { configFileProvider([configFile(fileId: 'maven', variable: 'S')]) { sh 'set +x; cat "$S"; stat -c "mode %a" "$S"; grep -c "nexus words of a test" "$S"' }
    sh 'ls "$WORKSPACE@tmp/secretFiles" | wc -l'
    try { configFileProvider([configFile('gone')]) { } } catch (hudson.AbortException e) { echo e.message } }`;
  const { log, result } = await server.run(script);
  assert.equal(result, 'SUCCESS', log);
  assert.match(
    log,
    /\n<settings><mirrors\/><servers><server><id><!\[CDATA\[nexus\]\]><\/id>.*<password><!\[CDATA\[\*\*\*\*\]\]><\/password><\/server><\/servers>\n<\/settings>mode 600\n1\n/,
  );
  assert.match(log, /\n0\n/);
  assert.match(log, /\nThe file of the managed file gone is not there on this controller\n/);
  writeFileSync(path, '<settings><offline/></settings>');
  assert.match((await server.run(script)).log, /\n<settings><offline\/><servers>/);
});
