/** What docs/guide/server.md says about a backup of SQLite while the server runs. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { TestFolder, TestServer } from './testing/test-controller.ts';

it('a copy that is made while builds run has all of the ended ones, and the others go on from there', async () => {
  const folder = new TestFolder();
  const data = join(folder.path, 'data'),
    backup = join(folder.path, 'backup');
  let server = await TestServer.start({ data });
  try {
    const ended = await server.run(`node { writeFile file: 'a.txt', text: 'kept'; archiveArtifacts 'a.txt'; echo 'all of it' }`, 'ended');
    const waiting = await server.trigger(`echo 'begun'; input 'Go?'; echo 'gone on'`, 'waiting');
    await server.until(async () => (await server.log(waiting)).includes('Go?'));
    mkdirSync(backup);
    const copying = new DatabaseSync(join(data, 'millrace.db'));
    copying.exec(`VACUUM INTO '${join(backup, 'millrace.db')}'`);
    copying.close();
    cpSync(join(data, 'blobs'), join(backup, 'blobs'), { recursive: true });
    assert.equal((await server.run(`echo 'later'`, 'later')).result, 'SUCCESS');
    await server.stop();

    server = await TestServer.start({ data: backup });
    assert.equal(await server.log(ended.id), ended.log);
    const { blob } = await server.store.db.selectFrom('artifacts').select('blob').where('build_id', '=', ended.id).executeTakeFirstOrThrow();
    assert.equal((await server.controller.parts.blobs.stat(blob))?.size, 4);
    await server.answerInput(waiting, {});
    const gone = await server.ended(waiting);
    assert.equal(gone.result, 'SUCCESS', gone.log);
    assert.match(gone.log, /begun\n(?:.*\n)*gone on\n/);
    assert.equal((await server.store.db.selectFrom('builds').select('id').where('job', '=', 'later').execute()).length, 0);
  } finally {
    await server.stop();
    folder.remove();
  }
});
