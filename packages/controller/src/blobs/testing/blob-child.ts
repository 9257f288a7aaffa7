/** A process that uses a blob store until it is killed. Its work is in its first argument; it tells how far it is, a line each. */
import { Store } from '../../store/store.ts';
import { openBlobs } from '../open-blobs.ts';
import { content, contentStream, factsOf } from './content.ts';

export interface ChildWork {
  readonly choice: string;
  readonly folder: string;
  /** Null with a folder: SQLite in it; undefined: no database. */
  readonly databaseUrl?: string | null;
  readonly work: 'put' | 'append' | 'complete';
  readonly key: string;
  readonly size: number;
  readonly seed: number;
}

const PIECE = 1024 * 1024;

const { choice, folder, databaseUrl, work, key, size, seed } = JSON.parse(process.argv[2] as string) as ChildWork;
const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const store = databaseUrl === undefined ? ({ engine: { shared: false } } as Store) : await Store.open({ url: databaseUrl, folder, origin: 'child' });
const blobs = openBlobs({ choice, folder, store });
if (work === 'put') {
  const source = contentStream(size, seed, (before) => {
    if (before % PIECE === 0) tell('piece');
  });
  tell('begun');
  await blobs.put(key, source);
} else if (work === 'append') {
  const bytes = content(size, seed);
  tell('begun');
  for (let at = await blobs.staged(key); at < size; ) {
    at = await blobs.append(key, at, bytes.subarray(at, at + PIECE));
    tell('piece');
  }
} else {
  const facts = factsOf(content(size, seed));
  await blobs.staged(key);
  tell('begun');
  await blobs.complete(key, facts);
}
tell('done');
await blobs.close();
if (databaseUrl !== undefined) await store.close();
