/** What people change about a build that is there. */
import { ApiError } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import type { Engine } from '../store/engine.ts';
import type { Row } from '../store/schema.ts';
import { indexWatched } from '../triggers/watched-index.ts';
import { deleteBuilds } from './delete-builds.ts';
import { buildOf } from './find-build.ts';
import { factsOf } from './records.ts';
import { abortRunning } from './stop-build.ts';

export interface BuildChange {
  readonly displayName?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly kept?: boolean | undefined;
}

export function changeBuild(audit: Audit, actor: Actor, path: string, number: number, change: BuildChange): Promise<Row<'builds'>> {
  return audit.change(actor, async (tx, wakes, note) => {
    const { id, item_id } = await buildOf(tx, path, number);
    // Locked first: its owner writes the same facts.
    await tx
      .updateTable('builds')
      .set((e) => ({ kept: e.ref('kept') }))
      .where('id', '=', id)
      .execute();
    const row = await tx.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const facts = {
      ...factsOf(row),
      ...(change.displayName === undefined ? {} : { displayName: change.displayName }),
      ...(change.description === undefined ? {} : { description: change.description }),
    };
    const changed = { facts: JSON.stringify(facts), kept: change.kept === undefined ? row.kept : change.kept ? 1 : 0 };
    await tx.updateTable('builds').set(changed).where('id', '=', id).execute();
    wakes.add(`build ${id}`);
    wakes.add(`job ${item_id}`);
    note(change.kept === undefined ? 'build.describe' : change.kept ? 'build.keep' : 'build.unkeep', `${path}#${number}`);
    return { ...row, ...changed };
  });
}

export function abortBuild(audit: Audit, actor: Actor, path: string, number: number, hard: boolean): Promise<Row<'builds'>> {
  return audit.change(actor, async (tx, wakes, note) => {
    const { id } = await buildOf(tx, path, number);
    if (!(await abortRunning(tx, wakes, id, { by: actor.user, hard }))) throw new ApiError('MR_BUILD_ENDED');
    note('build.abort', `${path}#${number}`, { hard });
    return buildOf(tx, path, number);
  });
}

/** Answers the blobs that go with it. */
export function deleteBuild(audit: Audit, exclusive: Engine['exclusive'], actor: Actor, path: string, number: number): Promise<string[]> {
  return audit.change(actor, async (tx, wakes, note) => {
    const { id, item_id, state } = await buildOf(tx, path, number);
    if (state === 'running' || state === 'queued') throw new ApiError('MR_BUILD_RUNNING');
    const blobs = await deleteBuilds(tx, [id]);
    await indexWatched(tx, exclusive, item_id, null);
    wakes.add(`build ${id}`);
    wakes.add(`job ${item_id}`);
    note('build.delete', `${path}#${number}`);
    return blobs;
  });
}
