/**
 * Where a build is told: the repository and the commit that it is made of, at a forge. Of a branch's job that comes from its
 * multibranch job, of any other from its own setting `commitStatus`.
 */
import type { ChecksConfig, CommitStatusConfig, ForgeSourceConfig, MultibranchConfig } from '@millrace/protocol';
import { checksConfig } from '@millrace/protocol';
import type { Origin } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import { repositoryKey } from '../builds/revisions.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { repositoryAt } from './forges/repository-at.ts';
import type { HeadFacts } from './heads-write.ts';

export type ForgeRepositoryPlace = Pick<ForgeSourceConfig, 'kind' | 'apiUrl' | 'repository' | 'credentialsId'>;

/** What commit_statuses.target and check_runs.target hold. */
export interface StatusTarget {
  /** Whose credentials are used: the multibranch job, or the job itself. */
  readonly item: string;
  readonly source: ForgeRepositoryPlace;
  /** Of a status: see CommitStatus. */
  readonly name?: string;
}

export interface BuildPlace {
  /** Whose credentials are used. */
  readonly item: string;
  readonly source: ForgeRepositoryPlace;
  readonly commit: string;
  /** Of the status of the build as a whole; null: there is none. */
  readonly context: string | null;
  /** Of the check run of the build as a whole; null: there is none. */
  readonly checks: ChecksConfig | null;
}

type PlacedBuild = Pick<Row<'builds'>, 'id' | 'item_id' | 'job' | 'origin'>;

/** Null: it is not told anywhere, or its commit is not known yet. */
export async function buildPlace(tx: Tx, build: PlacedBuild): Promise<BuildPlace | null> {
  return (await branchPlace(tx, build)) ?? jobPlace(tx, build);
}

/** Jenkins': `continuous-integration/jenkins/branch`, with another name in it. */
const CONTEXT = 'continuous-integration/millrace';

async function branchPlace(tx: Tx, build: PlacedBuild): Promise<BuildPlace | null> {
  if (!build.origin.includes('"revision"')) return null;
  const { revision } = parse<Origin>(build.origin);
  if (revision === undefined) return null;
  const head = await tx
    .selectFrom('heads')
    .innerJoin('items', 'items.id', 'heads.parent_id')
    .select(['heads.source as source', 'heads.kind as kind', 'heads.facts as facts', 'items.config as config', 'items.full_name as parent'])
    .where('heads.item_id', '=', build.item_id)
    .executeTakeFirst();
  if (head === undefined) return null;
  const { sources, status, checks = DEFAULT_CHECKS } = parse<Stored>(head.config);
  const source = sources[head.source];
  if (source === undefined || source.kind === 'git') return null;
  const { change } = parse<HeadFacts>(head.facts);
  const merged = change !== null && revision.base !== null;
  const context = status.context ?? `${CONTEXT}/${head.kind === 'change' ? (merged ? 'pr-merge' : 'pr-head') : head.kind}`;
  return {
    item: head.parent,
    // Where nothing is kept of pull requests, a fork's commit is in the fork alone.
    source: change?.fetchedFrom === undefined ? source : { ...source, repository: change.fetchedFrom },
    commit: revision.hash,
    context: status.enabled ? context : null,
    checks: checks.enabled ? checks : null,
  };
}

/** Jobs that were configured before there were checks say nothing of them. */
type Stored = Omit<MultibranchConfig, 'checks'> & { readonly checks?: ChecksConfig };
const DEFAULT_CHECKS: ChecksConfig = checksConfig.parse({});

/** What a job's configuration says of its source and of where it is told. */
export interface ToldJob {
  readonly definition?: { readonly kind: string; readonly url?: string; readonly credentialsId?: string | null };
  readonly scm?: { readonly url: string; readonly credentialsId: string | null } | null;
  readonly commitStatus?: CommitStatusConfig | null;
}

/** The repository that a job names itself; null: none. */
export function sourceOfJob({ scm, definition }: ToldJob): { readonly url?: string; readonly credentialsId?: string | null } | null {
  return scm ?? (definition?.kind === 'git' ? definition : null);
}

async function jobPlace(tx: Tx, build: PlacedBuild): Promise<BuildPlace | null> {
  const item = await tx.selectFrom('items').select('config').where('id', '=', build.item_id).executeTakeFirst();
  if (item?.config.includes('"commitStatus":{') !== true) return null;
  const config = parse<ToldJob>(item.config);
  const { commitStatus: said = null } = config;
  const read = sourceOfJob(config);
  if (said === null || read?.url === undefined) return null;
  const found = repositoryAt(read.url, said);
  if (found === null) return null;
  const row = await tx
    .selectFrom('build_revisions')
    .select('commit_id')
    .where('build_id', '=', build.id)
    .where('repo', '=', repositoryKey(read.url))
    .where('kind', 'in', ['script', 'checkout'])
    .orderBy('kind', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const source = { ...found, credentialsId: said.credentialsId ?? read.credentialsId ?? null };
  return { item: build.job, source, commit: row.commit_id, context: said.context ?? CONTEXT, checks: DEFAULT_CHECKS };
}
