/**
 * `commit.status`: a row of the outbox of statuses. What the step does not name is told of the build: its branch's source, its
 * job's `commitStatus`, or where it was checked out.
 *
 * A credential that is not named by the step goes to the API's address alone that its job names too: else a Jenkinsfile of
 * anybody could have the server show it elsewhere. One that the step names is used as a step uses it.
 */
import type { ForgeRepositoryPlace } from '../../branches/build-place.ts';
import { buildPlace } from '../../branches/build-place.ts';
import { buildPath, putStatus } from '../../branches/commit-status.ts';
import { apiUrlOf } from '../../branches/forges/registry.ts';
import { repositoryAt } from '../../branches/forges/repository-at.ts';
import { CredentialError } from '../../credentials/credential.ts';
import { repositoryAddress } from '../../scm/repository-address.ts';
import type { AskContext } from '../ask-context.ts';
import { useOf } from '../ask-context.ts';
import { parse } from '../records.ts';
import { repositoryKey } from '../revisions.ts';

type StatusContext = AskContext<'commit.status'>;

interface Known {
  readonly item: string;
  readonly source: ForgeRepositoryPlace;
  readonly commit: string;
}

export async function commitStatus(cx: StatusContext): Promise<void> {
  const { store, now } = cx.services;
  const { forge, context, name, state, description, url, ...named } = cx.request;
  const known = await knownOf(cx);
  const repository = wholeName(named.repository, known?.source.repository ?? null);
  const commit = named.commit ?? known?.commit ?? null;
  const apiUrl = named.apiUrl ?? known?.source.apiUrl ?? null;
  const isElsewhere = named.apiUrl !== null && (known === null || apiUrlOf({ kind: forge, apiUrl: named.apiUrl }) !== apiUrlOf(known.source));
  const credentialsId = named.credentialsId ?? (isElsewhere ? null : (known?.source.credentialsId ?? null));
  const missing = repository === null ? 'repository' : commit === null ? 'commit' : credentialsId === null ? 'credentials' : null;
  if (repository === null || commit === null || credentialsId === null) {
    cx.answer({ missing, repository, commit });
    return;
  }
  if (named.credentialsId !== null && (await cx.services.credential(named.credentialsId, useOf(cx, 'commit status'))) === null)
    throw new CredentialError(named.credentialsId);
  const item = named.credentialsId === null && known !== null ? known.item : cx.build.job;
  await store.write((tx, wakes) =>
    putStatus(
      tx,
      wakes,
      {
        build: { id: cx.build.id, item_id: cx.build.itemId },
        target: { item, source: { kind: forge, apiUrl, repository, credentialsId }, ...(name === undefined ? {} : { name: name.slice(0, 255) }) },
        commit,
        context: context.slice(0, 255),
        state,
        description: description.slice(0, 1_000),
        url: url ?? buildPath({ job: cx.build.job, number: cx.build.number }),
      },
      now(),
    ),
  );
  cx.answer({ missing: null, repository, commit });
}

/** `/name` and `owner/` are of the known one what they leave out. */
function wholeName(named: string | null, known: string | null): string | null {
  if (named === null) return known;
  const at = named.indexOf('/');
  const [owner, name] = at < 0 ? [named, ''] : [named.slice(0, at), named.slice(at + 1)];
  if (at < 0 || (owner !== '' && name !== '')) return named;
  const whole = `${owner === '' ? (known?.split('/')[0] ?? '') : owner}/${name === '' ? (known?.split('/').slice(1).join('/') ?? '') : name}`;
  return whole.startsWith('/') || whole.endsWith('/') ? null : whole;
}

async function knownOf(cx: StatusContext): Promise<Known | null> {
  const { db } = cx.services.store;
  const { forge, apiUrl } = cx.request;
  const row = await db.selectFrom('builds').selectAll().where('id', '=', cx.build.id).executeTakeFirstOrThrow();
  const place = await buildPlace(db, row);
  if (place !== null) return place.source.kind === forge ? place : null;
  const revision = await db
    .selectFrom('build_revisions')
    .select(['url', 'commit_id', 'repo'])
    .where('build_id', '=', cx.build.id)
    .where('kind', 'in', ['script', 'checkout'])
    .orderBy('kind', 'desc')
    .orderBy('ask_id')
    .limit(1)
    .executeTakeFirst();
  if (revision === undefined) return null;
  const told = repositoryAt(revision.url, { forge: null, apiUrl: null });
  // Of a server that the step alone names: the repository that was checked out from it, and no credential of the job.
  const at = told ?? (isAt(revision.url, apiUrl) ? repositoryAt(revision.url, { forge, apiUrl }) : null);
  if (at?.kind !== forge) return null;
  const item = await db.selectFrom('items').select('config').where('id', '=', cx.build.itemId).executeTakeFirst();
  const { definition, scm } = parse<{ definition?: Read; scm?: Read | null }>(item?.config ?? '{}');
  const read = scm ?? definition;
  const isOwn = told !== null && read?.url !== undefined && repositoryKey(read.url) === revision.repo;
  return { item: cx.build.job, source: { ...at, credentialsId: isOwn ? (read.credentialsId ?? null) : null }, commit: revision.commit_id };
}

function isAt(url: string, apiUrl: string | null): boolean {
  const host = repositoryAddress(url)?.split('/')[0];
  return apiUrl !== null && URL.canParse(apiUrl) && host === new URL(apiUrl).hostname.toLowerCase();
}

interface Read {
  readonly url?: string;
  readonly credentialsId?: string | null;
}
