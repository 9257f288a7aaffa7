/**
 * Files between machines and the blob store. What a transfer means depends on the work that it belongs to:
 *
 *   stash          of `stash` and `unstash`: the stash that the request names
 *   artifact:PATH  of `archive`: becomes an artifact of the build; of `unarchive`: is one
 *   report:PATH    of `tests`: kept until the reports are tallied
 *   file:PATH      of `publish`: kept with what was published
 *
 * An upload is staged in the blob store, so that its pieces may come through any controller. Its row is written when it is
 * complete: an artifact that was reported stored is there.
 */

import { createHash } from 'node:crypto';
import type { TransferEnd } from '@millrace/protocol';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { AgentError } from './agent-error.ts';

export interface TransfersOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly sealer: Sealer;
}

interface Request {
  readonly name?: string;
  readonly fingerprint?: boolean;
  /** `unarchive` and copyArtifacts may be of another build. */
  readonly build?: number;
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
    return this.options.blobs.append(this.upload(work, name), offset, chunk);
  }

  async complete(work: Row<'work'>, name: string, end: TransferEnd): Promise<void> {
    const { blobs, store } = this.options;
    const key = this.upload(work, name);
    await blobs.complete(key, { size: end.size, sha256: end.sha256 });
    const [kind, path] = split(name);
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

  /** The blob of a download. Null where nothing has that name. */
  async download(work: Row<'work'>, name: string): Promise<{ readonly key: string; readonly size: number; readonly sha256: string } | null> {
    const { store } = this.options;
    const [kind, path] = split(name);
    const request = this.requestOf(work);
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

  /** The list that `unarchive` chooses from. */
  async artifacts(work: Row<'work'>): Promise<{ files: { path: string; size: number }[] }> {
    const build = this.requestOf(work).build ?? work.build_id;
    return { files: await this.options.store.db.selectFrom('artifacts').select(['path', 'size']).where('build_id', '=', build).orderBy('path').execute() };
  }

  private upload(work: Row<'work'>, name: string): string {
    const [kind] = split(name);
    const allowed: Readonly<Record<string, string>> = { stash: 'stash', archive: 'artifact', tests: 'report', publish: 'file' };
    if (allowed[work.kind] !== kind) throw new AgentError('MR_AGENT_TRANSFER', 404, `${work.kind} hands over no ${kind}`);
    return transferKey(work.build_id, work.id, name);
  }
  private requestOf(work: Row<'work'>): Request {
    return JSON.parse(this.options.sealer.open(work.request)) as Request;
  }
}

/** Where a transfer's content is. */
export function transferKey(build: number, work: string, name: string): string {
  return `builds/${build}/${split(name)[0]}/${createHash('sha256').update(`${work}\n${name}`).digest('hex').slice(0, 40)}`;
}

function split(name: string): [string, string] {
  const at = name.indexOf(':');
  const kind = at < 0 ? name : name.slice(0, at);
  const path = at < 0 ? '' : name.slice(at + 1);
  const wrong = path.split('/').some((part) => part === '..') || path.startsWith('/') || path.length > 4_000 || path.includes('\0');
  if (!/^(stash|artifact|artifacts|report|file)$/.test(kind) || wrong) throw new AgentError('MR_AGENT_TRANSFER', 404, JSON.stringify(name));
  return [kind, path];
}
