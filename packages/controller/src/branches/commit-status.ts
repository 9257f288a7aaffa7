/**
 * The state of a build at its forge: a row beside the build's own, written in the transaction that changes its state.
 * Only the newest state of a commit and context is kept; the duty `statuses` sends it when it can, and no build waits for it.
 * Where GitHub takes check runs, the build is one of those beside it.
 */
import { createHash } from 'node:crypto';
import { jobPath } from '../builds/job-path.ts';
import type { BuildRecordFacts } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { BuildPlace, StatusTarget } from './build-place.ts';
import { buildPlace } from './build-place.ts';
import type { CheckConclusion } from './checks/check-said.ts';
import { closeChecks, putCheck } from './checks/put-check.ts';
import type { CommitStatus } from './forges/forge.ts';

type State = CommitStatus['state'];

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
  skipped: 'The build of this commit was skipped',
};

export type StatusMoment = { readonly now: 'queued' } | { readonly now: 'started' } | { readonly now: 'ended'; readonly result: string };

export type ToldBuild = Pick<Row<'builds'>, 'id' | 'item_id' | 'job' | 'number' | 'origin'> & { readonly facts?: string };

/**
 * Called wherever a build's state changes, with its row as it is then. It costs one short read but for builds that are told
 * somewhere. `url` of the row: below the root address, which the sender puts before it.
 */
export async function noteStatus(tx: Tx, wakes: Wakes, build: ToldBuild, moment: StatusMoment, now: number): Promise<void> {
  // What waits has no commit yet, but for those of branches.
  if (moment.now !== 'ended' && !build.origin.includes('"revision"')) return;
  const place = await buildPlace(tx, build);
  if (place !== null) await tell(tx, wakes, build, place, moment, now);
}

/** The commit of a build that runs has become known. */
export async function noteCommit(tx: Tx, wakes: Wakes, id: number, now: number): Promise<void> {
  const build = await tx.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirst();
  if (build === undefined || build.state !== 'running' || build.origin.includes('"revision"')) return;
  const place = await buildPlace(tx, build);
  if (place !== null) await tell(tx, wakes, build, place, { now: 'started' }, now);
}

async function tell(tx: Tx, wakes: Wakes, build: ToldBuild, place: BuildPlace, moment: StatusMoment, now: number): Promise<void> {
  if (place.context !== null) {
    const state: State = moment.now === 'ended' ? (OF_RESULT[moment.result] ?? 'error') : moment.now === 'queued' ? 'pending' : 'running';
    const said = build.facts === undefined ? null : (parse<BuildRecordFacts>(build.facts).description ?? null);
    await putStatus(
      tx,
      wakes,
      {
        build,
        target: targetOf(place),
        commit: place.commit,
        context: place.context,
        state,
        description: moment.now === 'ended' && said !== null && said !== '' ? said.slice(0, 1_000) : WORDS[state],
        url: buildPath(build),
      },
      now,
    );
  }
  if (place.source.kind === 'github' && place.source.credentialsId !== null) await tellCheck(tx, wakes, build, place, moment, now);
}

async function tellCheck(tx: Tx, wakes: Wakes, build: ToldBuild, { checks, commit, ...place }: BuildPlace, moment: StatusMoment, now: number): Promise<void> {
  const conclusion = moment.now === 'ended' ? conclusionOf(moment.result, checks?.unstable ?? 'failure') : null;
  if (checks !== null)
    await putCheck(
      tx,
      wakes,
      {
        build,
        target: targetOf(place),
        commit,
        name: checks.name,
        said: {
          status: moment.now === 'ended' ? 'completed' : moment.now === 'queued' ? 'queued' : 'in_progress',
          conclusion,
          url: buildPath(build),
          output: moment.now !== 'queued' && build.number !== null ? 'build' : null,
          logs: checks.logs,
          annotations: [],
          actions: [],
        },
        ask: null,
      },
      now,
    );
  if (conclusion !== null) await closeChecks(tx, wakes, build, { commit, conclusion, now });
}

/** As BuildStatusChecksPublisher of Jenkins' checks-api plug-in has it. */
function conclusionOf(result: string, unstable: 'failure' | 'neutral'): CheckConclusion {
  return ({ SUCCESS: 'success', UNSTABLE: unstable, NOT_BUILT: 'skipped', ABORTED: 'cancelled' } as { [result: string]: CheckConclusion })[result] ?? 'failure';
}

export function targetOf({ item, source: { kind, apiUrl, repository, credentialsId } }: Pick<BuildPlace, 'item' | 'source'>): StatusTarget {
  return { item, source: { kind, apiUrl, repository, credentialsId } };
}

export function buildPath({ job, number }: Pick<ToldBuild, 'job' | 'number'>): string {
  return number === null ? jobPath(job) : `${jobPath(job)}${number}/`;
}

export interface NewStatus {
  readonly build: Pick<Row<'builds'>, 'id' | 'item_id'>;
  readonly target: StatusTarget;
  readonly commit: string;
  readonly context: string;
  readonly state: State;
  readonly description: string;
  /** An address, or a path below the root address. */
  readonly url: string;
}

export async function putStatus(tx: Tx, wakes: Wakes, { build, target, commit, context, ...said }: NewStatus, now: number): Promise<void> {
  const { kind, apiUrl, repository } = target.source;
  const key = createHash('sha256')
    .update(JSON.stringify([kind, apiUrl, repository, commit, context]))
    .digest('hex');
  const values = { build_id: build.id, item_id: build.item_id, target: JSON.stringify(target), ...said, attempts: 0, due_at: now, failure: null };
  await tx
    .insertInto('commit_statuses')
    .values({ key, commit_hash: commit, context, asked: 1, created_at: now, ...values })
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
