import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { open, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { HEAD } from './folder-file.ts';
import { FolderStore } from './folder-store.ts';
import { blobContract } from './testing/blob-contract.ts';
import { content } from './testing/content.ts';

const made: string[] = [];
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'millrace-blobs-'));
  made.push(path);
  return path;
};
after(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

blobContract('a folder', async () => {
  const root = folder();
  return {
    open: async () => new FolderStore(root),
    alone: async () => undefined,
    child: { choice: `folder:${root}`, folder: root },
    damage: (key) => changeByte(join(root, `${key}~`), HEAD + 7),
    close: async () => undefined,
  };
});

describe('the folder of blobs', () => {
  it('finds a blob that was cut, and one whose head is none', async () => {
    const root = folder();
    const store = new FolderStore(root);
    await store.put('cut', Readable.from([content(1_000)]));
    const file = await open(join(root, 'cut~'), 'r+');
    await file.truncate(500);
    await file.close();
    await assert.rejects(store.stat('cut'), { code: 'MR_BLOB_DAMAGED' });
    await writeFile(join(root, 'none~'), content(1_000));
    await assert.rejects(store.read('none'), { code: 'MR_BLOB_DAMAGED' });
  });

  it('gives a reader its blob to the end, though it is deleted meanwhile', async () => {
    const store = new FolderStore(folder());
    const bytes = content(3_000_000);
    await store.put('a', Readable.from([bytes]));
    const stream = await store.read('a');
    await store.delete(['a']);
    assert.ok((await buffer(stream)).equals(bytes));
  });

  it('sweeps old files of writers that died, and folders that nothing is in', async () => {
    const root = folder();
    const store = new FolderStore(root);
    await store.put('a/b/c', Readable.from([content(10)]));
    await store.put('d/e', Readable.from([content(10)]));
    await store.delete(['a/b/c']);
    const left = join(root, 'd', 'e~0000.new');
    await writeFile(left, 'left');
    assert.equal(await store.sweep(Date.now() - 60_000), 0);
    for (const path of [left, join(root, 'a', 'b'), join(root, 'a')]) utimesSync(path, 0, 0);
    assert.equal(await store.sweep(Date.now() - 60_000), 1);
    assert.deepEqual(await readdir(join(root, 'd')), ['e~']);
    await assert.rejects(readdir(join(root, 'a')), { code: 'ENOENT' });
    await store.put('a/b/c', Readable.from([content(10)]));
    assert.equal((await store.stat('a/b/c'))?.size, 10);
  });
});

async function changeByte(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] as number) ^ 1;
  await file.write(byte, 0, 1, at);
  await file.close();
}
