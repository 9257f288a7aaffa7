/**
 * The state of a branch's build at its forge: a row beside the build's own, written in the transaction that changes its state.
 * Only the newest state of a commit and context is kept; the duty `statuses` sends it when it can, and no build waits for it.
 */
import { createHash } from 'node:crypto';
import type { ForgeSourceConfig, MultibranchConfig } from '@millrace/protocol';
import { jobPath } from '../builds/job-path.ts';
import type { BuildRecordFacts, Origin } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { CommitStatus } from './forges/forge.ts';
import type { HeadFacts } from './heads-write.ts';

type State = CommitStatus['state'];

/** What commit_statuses.target holds. */
export interface StatusTarget {
  /** Whose credentials are used: the multibranch job. */
  readonly item: string;
  readonly source: ForgeSourceConfig;
}

const OF_RESULT: { readonly [result: string]: State } = {
  SUCCESS: 'success',
  UNSTABLE: 'unstable',
  FAILURE: 'failure',
  NOT_BUILT: 'error',
  ABORTED: 'aborted',
};
/** As the github-branch-source plug-in words them. */
const WORDS: { readonly [S in State]: string } = {
  pending: 'This commit is scheduled to be built',
  running: 'This commit is being built',
  success: 'This commit looks good',
  unstable: 'This commit has test failures',
  failure: 'This commit cannot be built',
  error: 'Something is wrong with the build of this commit',
  aborted: 'The build of this commit was aborted',
};

export type StatusMoment = { readonly now: 'queued' } | { readonly now: 'started' } | { readonly now: 'ended'; readonly result: string };

/**
 * Called wherever a build's state changes, with its row as it is then. It costs nothing but for builds of branches. `url`
 * of the row: below the root address, which the sender puts before it.
 */
export async function noteStatus(
  tx: Tx,
  wakes: Wakes,
  build: Pick<Row<'builds'>, 'id' | 'item_id' | 'job' | 'number' | 'origin'> & { readonly facts?: string },
  moment: StatusMoment,
  now: number,
): Promise<void> {
  if (!build.origin.includes('"revision"')) return;
  const { revision } = parse<Origin>(build.origin);
  if (revision === undefined) return;
  const head = await tx
    .selectFrom('heads')
    .innerJoin('items', 'items.id', 'heads.parent_id')
    .select([
      'heads.source as source',
      'heads.kind as kind',
      'heads.name as name',
      'heads.facts as facts',
      'items.config as config',
      'items.full_name as parent',
    ])
    .where('heads.item_id', '=', build.item_id)
    .executeTakeFirst();
  if (head === undefined) return;
  const { sources, status } = parse<MultibranchConfig>(head.config);
  const source = sources[head.source];
  if (source === undefined || source.kind === 'git' || !status.enabled) return;
  const state: State = moment.now === 'ended' ? (OF_RESULT[moment.result] ?? 'error') : moment.now === 'queued' ? 'pending' : 'running';
  const context = contextOf(status.context, head.kind, parse<HeadFacts>(head.facts).change !== null && revision.base !== null);
  const target = JSON.stringify({ item: head.parent, source } satisfies StatusTarget);
  const key = createHash('sha256')
    .update(JSON.stringify([source.kind, source.apiUrl, source.repository, revision.hash, context]))
    .digest('hex');
  const said = build.facts === undefined ? null : (parse<BuildRecordFacts>(build.facts).description ?? null);
  const values = {
    build_id: build.id,
    item_id: build.item_id,
    target,
    state,
    description: moment.now === 'ended' && said !== null && said !== '' ? said.slice(0, 1_000) : WORDS[state],
    url: build.number === null ? jobPath(build.job) : `${jobPath(build.job)}${build.number}/`,
    attempts: 0,
    due_at: now,
    failure: null,
  };
  await tx
    .insertInto('commit_statuses')
    .values({ key, commit_hash: revision.hash, context, asked: 1, created_at: now, ...values })
    .onConflict((c) =>
      c
        .column('key')
        .doUpdateSet((e) => ({ ...values, asked: e('commit_statuses.asked', '+', 1) }))
        // An older build of the same commit says nothing over a newer one.
        .where('commit_statuses.build_id', '<=', build.id),
    )
    .execute();
  wakes.add('status');
}

/** Jenkins': `continuous-integration/jenkins/branch`, with another name in it. */
function contextOf(given: string | null, kind: Row<'heads'>['kind'], merged: boolean): string {
  if (given !== null) return given;
  return `continuous-integration/millrace/${kind === 'change' ? (merged ? 'pr-merge' : 'pr-head') : kind}`;
}
