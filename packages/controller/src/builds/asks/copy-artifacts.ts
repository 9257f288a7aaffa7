/**
 * `copyArtifacts`: which build of another job is meant, and its files for the machine. What is chosen is in the journal before
 * anything is copied; whether this job may have it is asked both times.
 */
import type { ArtifactBuild, ArtifactSelector, Json, ServerAsks } from '@millrace/pipeline';
import { RESULTS } from '@millrace/pipeline/job';
import { candidatesOf } from '../../jobs/job-references.ts';
import { isJob } from '../../jobs/kinds.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import { mayCopyArtifacts } from '../artifact-permission.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure } from '../ask-context.ts';
import { lastWithResult } from '../last-build.ts';
import { factsOf, parametersOf } from '../records.ts';
import { upstreamRows } from './other-builds.ts';
import { work } from './work.ts';

type Source = Pick<Row<'items'>, 'id' | 'full_name' | 'parent_id' | 'properties'>;
type Build = Row<'builds'>;
type Suits = (build: Build) => boolean;

/** So many builds are looked through for what no index knows: a display name, parameters, artifacts. */
const MOST_LOOKED_AT = 5_000;
const PAGE = 200;
/** Of a column of whole numbers in PostgreSQL. */
const LARGEST_NUMBER = 2 ** 31 - 1;

const PERMALINKS: { readonly [id: string]: readonly (string | null)[] } = {
  lastBuild: [null, ...RESULTS],
  lastCompletedBuild: RESULTS,
  lastStableBuild: ['SUCCESS'],
  lastSuccessfulBuild: ['SUCCESS', 'UNSTABLE'],
  lastUnstableBuild: ['UNSTABLE'],
  lastFailedBuild: ['FAILURE'],
  lastUnsuccessfulBuild: RESULTS.filter((result) => result !== 'SUCCESS'),
};

export async function copyArtifacts(cx: AskContext<'other'>, { job, selector, parameters }: ServerAsks['copyArtifacts'][0]): Promise<void> {
  const answer = (value: ArtifactBuild): void => cx.answer(value as unknown as Json);
  const { db } = cx.services.store;
  const source = await sourceOf(db, candidatesOf(job, cx.build.job.split('/').slice(0, -1).join('/')));
  if (source === null) return answer({ missing: 'job', why: null });
  const refusal = await refusalOf(db, cx, source);
  if (refusal !== null) return answer({ missing: 'job', why: refusal });
  const suits: Suits = (build) => {
    const given = parametersOf(build);
    return Object.entries(parameters).every(([name, value]) => String(given[name] ?? '') === value);
  };
  const found = await chosen(cx, source, selector, suits, Object.keys(parameters).length > 0);
  return answer(found === undefined ? { missing: 'build' } : { job: source.full_name, number: found.number as number });
}

export async function artifactsCopy(cx: AskContext<'artifacts.copy'>): Promise<void> {
  const { db } = cx.services.store;
  const { job, number, lease } = cx.request;
  const source = await sourceOf(db, [job]);
  const refusal = source === null ? `${job} is not there any more` : await refusalOf(db, cx, source);
  if (source === null || refusal !== null) throw new AskFailure({ code: 'MR_JOB_UNKNOWN', message: refusal ?? '' });
  const build = await db.selectFrom('builds').select('id').where('item_id', '=', source.id).where('number', '=', number).executeTakeFirst();
  if (build === undefined) throw new AskFailure({ code: 'MR_BUILD_UNKNOWN', message: `${job} #${number} was deleted` });
  await work(cx, lease, { build: build.id });
}

async function sourceOf(db: Tx, names: readonly string[]): Promise<Source | null> {
  const rows = await db
    .selectFrom('items')
    .select(['id', 'full_name', 'parent_id', 'properties', 'kind'])
    .where('full_name', 'in', names)
    .where('deleted', '=', 0)
    .execute();
  return names.map((name) => rows.find((row) => row.full_name === name && isJob(row.kind))).find((row) => row !== undefined) ?? null;
}

/** Null: it may. */
async function refusalOf(db: Tx, { build }: AskContext, source: Source): Promise<string | null> {
  if (await mayCopyArtifacts(db, { id: build.itemId, fullName: build.job }, source)) return null;
  return `${build.job} may not copy artifacts of ${source.full_name}: that job allows it by options { copyArtifactPermission('/${build.job}') }, from its next build on`;
}

async function chosen(cx: AskContext<'other'>, source: Source, selector: ArtifactSelector, suits: Suits, narrowed: boolean): Promise<Build | undefined> {
  const { db } = cx.services.store;
  const one = async (results: readonly (string | null)[]): Promise<Build | undefined> => {
    const last = await lastWithResult({ db }, source.id, results);
    return last === null ? undefined : db.selectFrom('builds').selectAll().where('id', '=', last.id).executeTakeFirst();
  };
  const last = async (results: readonly (string | null)[]): Promise<Build | undefined> => {
    const newest = await one(results);
    if (newest === undefined || !narrowed || suits(newest)) return newest;
    return lookThrough(db, source.id, (build) => results.includes(build.result) && suits(build));
  };
  const only = (build: Build | undefined): Build | undefined => (build !== undefined && suits(build) ? build : undefined);
  switch (selector.kind) {
    case 'status':
      return last(selector.stable ? ['SUCCESS'] : ['SUCCESS', 'UNSTABLE']);
    case 'lastCompleted':
      return last(RESULTS);
    case 'latestSavedBuild':
      return lookThrough(db, source.id, (build) => build.kept === 1 && build.result !== null && suits(build));
    case 'lastWithArtifacts':
      return lookThrough(db, source.id, (build) => build.result !== null && suits(build), true);
    case 'permalink':
      return only(await one(PERMALINKS[selector.id] ?? []));
    case 'specific': {
      const { build } = selector;
      if (/^\d{1,9}$/.test(build)) {
        const numbered = db.selectFrom('builds').selectAll().where('item_id', '=', source.id).where('number', '=', Number(build));
        return only(await numbered.executeTakeFirst());
      }
      const results = PERMALINKS[build];
      return results === undefined ? lookThrough(db, source.id, (b) => factsOf(b).displayName === build && suits(b)) : only(await one(results));
    }
    case 'upstream': {
      const begun = await db.selectFrom('builds').select('causes').where('id', '=', cx.build.id).executeTakeFirstOrThrow();
      const those = (await upstreamRows(cx, begun)).filter((build) => build.item_id === source.id && suits(build));
      those.sort((a, b) => ((a.number ?? 0) - (b.number ?? 0)) * (selector.newest ? -1 : 1));
      return those[0] ?? (selector.fallback ? last(['SUCCESS']) : undefined);
    }
  }
}

/** The newest first. */
async function lookThrough(db: Tx, item: number, suits: Suits, withArtifacts = false): Promise<Build | undefined> {
  let before = LARGEST_NUMBER;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
    const rows = await db
      .selectFrom('builds')
      .selectAll()
      .where('item_id', '=', item)
      .where('number', '<', before)
      .orderBy('number', 'desc')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      if (!suits(row)) continue;
      if (!withArtifacts) return row;
      if ((await db.selectFrom('artifacts').select('path').where('build_id', '=', row.id).limit(1).executeTakeFirst()) !== undefined) return row;
    }
    if (rows.length < PAGE) return undefined;
    before = rows.at(-1)?.number ?? 0;
  }
  return undefined;
}
