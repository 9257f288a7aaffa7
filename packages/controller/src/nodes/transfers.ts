/**
 * Files between machines and the blob store. What a transfer means depends on the work that it belongs to:
 *
 *   stash          of `stash` and `unstash`: the stash that the request names
 *   artifact:PATH  of `archive`: becomes an artifact of the build; of `unarchive`: is one; of `artifacts.copy`: is one of another build
 *   report:PATH    of `tests`: kept until the reports are tallied
 *   file:PATH      of `publish`: kept with what was published
 *   cache          of `cache.save`: what its key holds from then on; of `cache.restore`: what was chosen for it
 *
 * An upload is staged in the blob store, so that its pieces may come through any controller. Its row is written when it is
 * complete: an artifact that was reported stored is there.
 */

import { createHash } from 'node:crypto';
import type { CacheFiles } from '@millrace/pipeline';
import type { TransferEnd } from '@millrace/protocol';
import type { BlobStore } from '../blobs/blob-store.ts';
import { deleteUnnamed } from '../blobs/loose-blobs.ts';
import { nameCache, noteCache } from '../builds/caches.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { AgentError } from './agent-error.ts';

export interface TransfersOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly sealer: Sealer;
  readonly now: () => number;
}

interface Request {
  readonly name?: string;
  readonly fingerprint?: boolean;
  /** Of `artifacts.copy`: another build, whose artifacts these are. */
  readonly build?: number;
  /** Of `cache.restore`, as it was chosen when the ask came. */
  readonly blob?: { readonly key: string; readonly size: number; readonly sha256: string };
}

/** Of `cache.save`. */
interface SaveRequest extends CacheFiles {
  readonly key: string;
  readonly replace: boolean;
  readonly maxBytes: number;
}

export class Transfers {
  private readonly options: TransfersOptions;
  constructor(options: TransfersOptions) {
    this.options = options;
  }

  async begin(work: Row<'work'>, name: string): Promise<number> {
    return this.options.blobs.staged(this.upload(work, name));
  }
  async append(work: Row<'work'>, name: string, offset: number, chunk: Uint8Array): Promise<number> {
    // The agent looks at it before it begins; one that does not must not fill the store.
    if (work.kind === 'cache.save' && offset + chunk.length > this.requestOf<SaveRequest>(work).maxBytes)
      throw new AgentError('MR_AGENT_TRANSFER', 413, 'The cache is larger than it may be.');
    return this.options.blobs.append(this.upload(work, name), offset, chunk);
  }

  async complete(work: Row<'work'>, name: string, end: TransferEnd): Promise<void> {
    const { blobs, store } = this.options;
    const key = this.upload(work, name);
    const [kind, path] = split(name);
    if (kind === 'cache') return this.completeCache(work, key, end);
    await blobs.complete(key, { size: end.size, sha256: end.sha256 });
    const request = this.requestOf(work);
    await store.write(async (tx, wakes) => {
      if (kind === 'stash') {
        const row = { blob: key, size: end.size, sha256: end.sha256, files: 0 };
        const { item_id } = await tx.selectFrom('builds').select('item_id').where('id', '=', work.build_id).executeTakeFirstOrThrow();
        await tx
          .insertInto('stashes')
          .values({ build_id: work.build_id, item_id, name: request.name ?? '', ...row })
          .onConflict((c) => c.columns(['build_id', 'name']).doUpdateSet(row))
          .execute();
      }
      if (kind === 'artifact') {
        const row = { size: end.size, blob: key, md5: end.md5 ?? '', sha256: end.sha256, fingerprint: request.fingerprint === true ? 1 : 0 };
        await tx
          .insertInto('artifacts')
          .values({ build_id: work.build_id, path, ...row })
          .onConflict((c) => c.columns(['build_id', 'path']).doUpdateSet(row))
          .execute();
        wakes.add(`build ${work.build_id}`);
      }
    });
  }

  private async completeCache(work: Row<'work'>, blob: string, { size, sha256 }: TransferEnd): Promise<void> {
    const { blobs, store, now } = this.options;
    const { key, replace, paths, selection } = this.requestOf<SaveRequest>(work);
    const one = { build: work.build_id, files: { paths, selection }, key, replace, blob, size, sha256, now: now() };
    if (!(await store.write((tx) => noteCache(tx, one)))) return blobs.discard(blob);
    await blobs.complete(blob, { size, sha256 });
    const unnamed = await store.write((tx, wakes) => nameCache(tx, wakes, one));
    await deleteUnnamed(store, blobs, unnamed);
  }

  /** The blob of a download. Null where nothing has that name. */
  async download(work: Row<'work'>, name: string): Promise<{ readonly key: string; readonly size: number; readonly sha256: string } | null> {
    const { store } = this.options;
    const [kind, path] = split(name);
    const request = this.requestOf<Request>(work);
    if (kind === 'cache') return work.kind === 'cache.restore' ? this.cacheOf(request) : null;
    if (kind === 'stash') {
      const row = await store.db
        .selectFrom('stashes')
        .selectAll()
        .where('build_id', '=', work.build_id)
        .where('name', '=', request.name ?? '')
        .executeTakeFirst();
      return row === undefined ? null : { key: row.blob, size: row.size, sha256: row.sha256 };
    }
    if (kind !== 'artifact') return null;
    const row = await store.db
      .selectFrom('artifacts')
      .selectAll()
      .where('build_id', '=', request.build ?? work.build_id)
      .where('path', '=', path)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.blob, size: row.size, sha256: row.sha256 };
  }

  /** The list that `unarchive` and `artifacts.copy` choose from. */
  async artifacts(work: Row<'work'>): Promise<{ files: { path: string; size: number }[] }> {
    const build = this.requestOf(work).build ?? work.build_id;
    return { files: await this.options.store.db.selectFrom('artifacts').select(['path', 'size']).where('build_id', '=', build).orderBy('path').execute() };
  }

  /** Null: it was chosen, and has gone since. */
  private async cacheOf({ blob }: Request): Promise<{ readonly key: string; readonly size: number; readonly sha256: string } | null> {
    return blob === undefined || (await this.options.blobs.stat(blob.key)) === null ? null : blob;
  }

  private upload(work: Row<'work'>, name: string): string {
    const [kind] = split(name);
    const allowed: Readonly<Record<string, string>> = { stash: 'stash', archive: 'artifact', tests: 'report', publish: 'file', 'cache.save': 'cache' };
    if (allowed[work.kind] !== kind) throw new AgentError('MR_AGENT_TRANSFER', 404, `${work.kind} hands over no ${kind}`);
    return kind === 'cache' ? cacheBlob(work.build_id, work.id) : transferKey(work.build_id, work.id, name);
  }
  private requestOf<T = Request>(work: Row<'work'>): T {
    return JSON.parse(this.options.sealer.open(work.request)) as T;
  }
}

/** Where a transfer's content is. */
export function transferKey(build: number, work: string, name: string): string {
  return `builds/${build}/${split(name)[0]}/${createHash('sha256').update(`${work}\n${name}`).digest('hex').slice(0, 40)}`;
}

/** Not below the build, which it outlives. */
export function cacheBlob(build: number, work: string): string {
  return transferKey(build, work, 'cache').replace(/^builds\//, 'caches/');
}

/** No other path leaves a machine. */
export function canBeHandedOver(path: string): boolean {
  return !path.split('/').includes('..') && !path.startsWith('/') && path.length <= 4_000 && !path.includes('\0');
}

function split(name: string): [string, string] {
  const at = name.indexOf(':');
  const kind = at < 0 ? name : name.slice(0, at);
  const path = at < 0 ? '' : name.slice(at + 1);
  if (!/^(stash|artifact|artifacts|report|file|cache)$/.test(kind) || !canBeHandedOver(path))
    throw new AgentError('MR_AGENT_TRANSFER', 404, JSON.stringify(name));
  return [kind, path];
}
