/**
 * `merge.request`: the merge request of GitLab that a build was started for, by the trigger `gitlab` or as a branch of a multibranch
 * job. A comment is a row of an outbox; what is answered is asked at once.
 *
 * What a webhook tells may come from anybody: the repository and the credential are those of the job's own configuration, and the
 * webhook has to have told of that repository.
 */
import { createHash } from 'node:crypto';
import type { StatusTarget, ToldJob } from '../../branches/build-place.ts';
import { buildPlace, sourceOfJob } from '../../branches/build-place.ts';
import { targetOf } from '../../branches/commit-status.ts';
import type { MergeRequest, MergeRequests } from '../../branches/forges/forge.ts';
import { ForgeError } from '../../branches/forges/forge-error.ts';
import { openForge } from '../../branches/forges/registry.ts';
import { repositoryAt } from '../../branches/forges/repository-at.ts';
import type { HeadFacts } from '../../branches/heads-write.ts';
import { parse } from '../../builds/records.ts';
import { CredentialError } from '../../credentials/credential.ts';
import { pushedTo } from '../../scm/pushed-revision.ts';
import type { Row } from '../../store/schema.ts';
import type { AskContext } from '../ask-context.ts';
import { originOf } from '../records.ts';

type MergeContext = AskContext<'merge.request'>;

interface Place {
  readonly number: number;
  readonly target: StatusTarget;
}
const NOTHING = { failure: null, project: null, labels: [] } as const;

export async function mergeRequest(cx: MergeContext): Promise<void> {
  const { request } = cx;
  const row = await cx.services.store.db.selectFrom('builds').selectAll().where('id', '=', cx.build.id).executeTakeFirstOrThrow();
  const told = originOf(row).variables;
  // Those that it had when it was told of, as the plug-in has them.
  if (request.what === 'labels' && told?.['gitlabMergeRequestIid'] !== undefined) {
    cx.answer({ ...NOTHING, missing: null, labels: (told['gitlabMergeRequestLabels'] ?? '').split(',').filter((label) => label !== '') });
    return;
  }
  const place = await placeOf(cx, row);
  if (place === null || place.target.source.credentialsId === null) {
    cx.answer({ ...NOTHING, labels: [], missing: place === null ? 'merge request' : 'credentials' });
    return;
  }
  const project = place.target.source.repository;
  if (request.what === 'comment') {
    await putComment(cx, place, request.text);
    cx.answer({ ...NOTHING, labels: [], missing: null, project });
    return;
  }
  await cx.durable();
  let labels: readonly string[] = [],
    failure: string | null = null;
  try {
    const requests = await requestsOf(cx, place.target);
    const found = await requests.get(place.number);
    if (found === null) throw new ForgeError('MR_FORGE_UNKNOWN', `there is no merge request ${place.number}`);
    ({ labels } = found);
    if (request.what === 'accept') await accept(requests, place.number, found, request);
  } catch (error) {
    if (!(error instanceof ForgeError) && !(error instanceof CredentialError)) throw error;
    failure = error.message;
  }
  cx.answer({ missing: null, failure, project, labels: [...labels] });
}

/** Asked again after a crash it is merged already, and that is what was wanted. */
async function accept(
  requests: MergeRequests,
  number: number,
  { isMerged, title, description, source, target }: MergeRequest,
  { message, useDescription, removeSourceBranch }: Extract<MergeContext['request'], { what: 'accept' }>,
): Promise<void> {
  if (isMerged) return;
  const told = useDescription ? `Merge branch '${source}' into '${target}'\n\n${title}\n\n${description}\n\nSee merge request !${number}` : message;
  await requests.merge(number, { message: told, removeSourceBranch });
}

async function putComment(cx: MergeContext, { number, target }: Place, text: string): Promise<void> {
  const { store, now } = cx.services;
  const at = now();
  const mark = createHash('sha256')
    .update(`${cx.key} ${cx.ask.at} ${JSON.stringify(target)} ${number}`)
    .digest('hex')
    .slice(0, 16);
  await store.write(async (tx, wakes) => {
    await tx
      .insertInto('merge_comments')
      .values({
        build_id: cx.build.id,
        ask_id: cx.ask.id,
        item_id: cx.build.itemId,
        target: JSON.stringify(target),
        number,
        mark,
        body: text,
        open: 0,
        attempts: 0,
        due_at: at,
        created_at: at,
        failure: null,
      })
      .onConflict((c) => c.columns(['build_id', 'ask_id']).doNothing())
      .execute();
    wakes.add('comment');
  });
}

async function requestsOf(cx: MergeContext, { item, source }: StatusTarget): Promise<MergeRequests> {
  const { credential, now } = cx.services;
  const id = source.credentialsId as string;
  const found = await credential(id, { item, build: null, purpose: 'status' });
  if (found === null) throw new CredentialError(id);
  const gone = new AbortController();
  cx.onGone(() => {
    gone.abort();
  });
  const { mergeRequests } = openForge(source, source.repository, { credential: found, cache: null, now, signal: gone.signal });
  if (mergeRequests === null) throw new ForgeError('MR_FORGE_UNKNOWN', `${source.kind} has no merge requests`);
  return mergeRequests;
}

/** Null: it was started for none, or for one of another repository than its job's. */
async function placeOf({ services: { store } }: MergeContext, row: Row<'builds'>): Promise<Place | null> {
  const { revision, variables, pushed } = originOf(row);
  if (revision !== undefined) {
    const head = await store.db.selectFrom('heads').select('facts').where('item_id', '=', row.item_id).executeTakeFirst();
    const change = head === undefined ? null : parse<HeadFacts>(head.facts).change;
    const place = change === null ? null : await buildPlace(store.db, row);
    return change === null || place?.source.kind !== 'gitlab' ? null : { number: Number(change.id), target: targetOf(place) };
  }
  const number = Number(variables?.['gitlabMergeRequestIid']);
  if (!Number.isSafeInteger(number) || number < 1 || pushed === undefined) return null;
  const item = await store.db.selectFrom('items').select('config').where('id', '=', row.item_id).executeTakeFirst();
  const config = parse<ToldJob>(item?.config ?? '{}');
  const { commitStatus: said = null } = config;
  const read = sourceOfJob(config);
  const urls = read?.url === undefined ? await checkedOut(store.db, row.id) : [read.url];
  const url = urls.find((one) => pushedTo(row, [one]) !== null);
  const at = url === undefined ? null : repositoryAt(url, said ?? { forge: null, apiUrl: null });
  if (at?.kind !== 'gitlab') return null;
  // What a script checks out is read with whatever it names: only the job's own setting says what is shown to the forge.
  return { number, target: { item: row.job, source: { ...at, credentialsId: said?.credentialsId ?? read?.credentialsId ?? null } } };
}

const MOST = 100;

async function checkedOut(db: MergeContext['services']['store']['db'], build: number): Promise<string[]> {
  const rows = await db
    .selectFrom('build_revisions')
    .select('url')
    .where('build_id', '=', build)
    .where('kind', '=', 'checkout')
    .orderBy('ask_id')
    .limit(MOST)
    .execute();
  return rows.map((row) => row.url);
}
