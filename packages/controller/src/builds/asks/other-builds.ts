/** What a program asks of builds other than its own: `currentBuild.previousBuild`, `upstreamBuilds`, their changes. */
import type { Json, OtherBuild, ScmChange, ServerAsks, WhichBuild } from '@millrace/pipeline';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import type { AskContext } from '../ask-context.ts';
import { lastWithResult } from '../last-build.ts';
import { causesOf, parse } from '../records.ts';
import { otherBuildOf } from '../seen-build.ts';

type Cx = AskContext<'other'>;
type Asked<K extends keyof ServerAsks> = ServerAsks[K][0];

/** As Jenkins keeps of causes: so deep, so many. */
const MOST_DEPTH = 10;
const MOST_UPSTREAM = 25;
const MOST_CHANGES = 5_000;

export async function otherBuild(cx: Cx, { job, ...which }: Asked<'otherBuild'>): Promise<void> {
  const item = await itemOf(cx, job);
  const row = item === null ? undefined : await found(cx.services.store.db, item, which);
  cx.answer(row === undefined ? null : answerOf(cx, row));
}

async function found(db: Tx, item: number, which: WhichBuild): Promise<Row<'builds'> | undefined> {
  const builds = db.selectFrom('builds').selectAll().where('item_id', '=', item);
  if ('number' in which) return builds.where('number', '=', which.number).executeTakeFirst();
  if ('after' in which) return builds.where('number', '>', which.after).orderBy('number').limit(1).executeTakeFirst();
  const last = await lastWithResult({ db }, item, which.results, which.before);
  return last === null ? undefined : builds.where('id', '=', last.id).executeTakeFirst();
}

export async function upstreamBuilds(cx: Cx, { job, number }: Asked<'upstreamBuilds'>): Promise<void> {
  const item = await itemOf(cx, job);
  const begun = item === null ? undefined : await found(cx.services.store.db, item, { number });
  cx.answer({ builds: begun === undefined ? [] : (await upstreamRows(cx, begun)).map((row) => answerOf(cx, row)) });
}

/** The builds that started this one, each before those that started that one. */
export async function upstreamRows(cx: Cx, begun: Pick<Row<'builds'>, 'causes'>): Promise<Row<'builds'>[]> {
  const seen: Row<'builds'>[] = [];
  const climb = async (row: Pick<Row<'builds'>, 'causes'>, depth: number): Promise<void> => {
    for (const { data } of causesOf(row)) {
      if (depth >= MOST_DEPTH || seen.length >= MOST_UPSTREAM) return;
      if (typeof data?.upstreamProject !== 'string' || typeof data.upstreamBuild !== 'number') continue;
      const item = await itemOf(cx, data.upstreamProject);
      const above = item === null ? undefined : await found(cx.services.store.db, item, { number: data.upstreamBuild });
      if (above === undefined || seen.some(({ id }) => id === above.id)) continue;
      seen.push(above);
      await climb(above, depth + 1);
    }
  };
  await climb(begun, 0);
  return seen;
}

export async function changeSets(cx: Cx, { job, number }: Asked<'changeSets'>): Promise<void> {
  const { db } = cx.services.store;
  const item = await itemOf(cx, job);
  const build = item === null ? undefined : await found(db, item, { number });
  const rows = build === undefined ? [] : await db.selectFrom('build_changes').selectAll().where('build_id', '=', build.id).orderBy('n').execute();
  const sets = new Map<string, ScmChange[]>();
  for (const row of rows) sets.set(row.ask_id, [...(sets.get(row.ask_id) ?? []), changeOf(row)]);
  cx.answer({ sets: [...sets.values()] } as unknown as Json);
}

export async function earlierChanges(cx: Cx): Promise<void> {
  const rows = await cx.services.store.db
    .selectFrom('build_changes')
    .selectAll()
    .where('item_id', '=', cx.build.itemId)
    .where('number', '<', cx.build.number)
    .orderBy('number', 'desc')
    .orderBy('n')
    .limit(MOST_CHANGES)
    .execute();
  cx.answer({ changes: rows.map(changeOf) } as unknown as Json);
}

export function answerOf(cx: AskContext, row: Row<'builds'>): OtherBuild & { [name: string]: Json } {
  return otherBuildOf(row, { root: cx.services.rootUrl(), now: cx.services.now() }) as OtherBuild & { [name: string]: Json };
}

async function itemOf(cx: Cx, job: string): Promise<number | null> {
  if (job === cx.build.job) return cx.build.itemId;
  const item = await cx.services.store.db.selectFrom('items').select('id').where('full_name', '=', job).where('deleted', '=', 0).executeTakeFirst();
  return item?.id ?? null;
}

function changeOf(row: Row<'build_changes'>): ScmChange {
  const files = parse<['add' | 'edit' | 'delete', string][]>(row.files);
  return {
    title: row.title,
    comment: row.comment,
    paths: files.map(([, path]) => path),
    edits: files.map(([edit]) => edit),
    ...(row.commit_id === null ? {} : { commit: row.commit_id }),
    author: row.author,
    email: row.email,
    at: row.at,
  };
}
