/**
 * What a build of a branch's job is made of: its commits, where its Jenkinsfile and `checkout scm` come from, and the variables
 * of Jenkins' branch-api plug-in (BranchNameContributor).
 */
import type { ScmSpec } from '@millrace/pipeline';
import type { BranchDefinition, BranchSourceConfig, MultibranchConfig } from '@millrace/protocol';
import { AskFailure } from '../builds/ask-context.ts';
import { originalOf, originOf, parse } from '../builds/records.ts';
import type { FindCredential } from '../credentials/credential.ts';
import { addressOf, fileAt } from '../scm/bound-script.ts';
import type { Repositories } from '../scm/repository.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { OpenSource } from './branch-source.ts';
import { changeRef } from './branch-source.ts';
import { noteStatus } from './commit-status.ts';
import type { Revision } from './head.ts';
import type { HeadFacts } from './heads-write.ts';
import type { FetchPlace } from './source-url.ts';
import { fetchPlaceOf, urlOf } from './source-url.ts';

export interface BranchBuild {
  readonly variables: { readonly [name: string]: string };
  readonly scm: ScmSpec;
  readonly path: string;
  /** The Jenkinsfile. */
  readonly read: () => Promise<string>;
}

export interface BranchBuildServices {
  readonly store: Store;
  readonly open: OpenSource;
  readonly now: () => number;
  readonly credential: FindCredential;
  readonly repositories: Repositories;
}

/** Rejects with MR_BRANCH_GONE where the branch, or its multibranch job, is not there any more. */
export async function branchBuild(services: BranchBuildServices, build: Row<'builds'>, definition: BranchDefinition): Promise<BranchBuild> {
  const { db } = services.store;
  const gone = (why: string): AskFailure =>
    new AskFailure({ code: 'MR_BRANCH_GONE', message: `Could not determine exact tip revision of ${definition.name}: ${why}` });
  const head = await db.selectFrom('heads').selectAll().where('item_id', '=', build.item_id).executeTakeFirst();
  if (head === undefined) throw gone('it is no branch of a multibranch job any more');
  const parent = await db.selectFrom('items').select(['config', 'full_name']).where('id', '=', head.parent_id).executeTakeFirst();
  const source = parent === undefined ? undefined : parse<MultibranchConfig>(parent.config).sources[head.source];
  if (parent === undefined || source === undefined) throw gone('its source was taken out of the multibranch job');
  const revision = originOf(build).revision ?? (await ofOriginal(services, build)) ?? (await newest(services, parent.full_name, source, head, build));
  if (revision === null) throw gone('it is not in the repository');
  const facts = parse<HeadFacts>(head.facts);
  const url = urlOf(source);
  const place = fetchPlaceOf(source, { ref: head.ref, change: facts.change });
  return {
    variables: variablesOf(head, facts),
    scm: scmOf({ url, credentialsId: source.credentialsId, place, name: head.name }, revision),
    path: definition.path,
    read: async () => {
      const from = revision.script === undefined ? place.url : url;
      const address = await addressOf(services, { url: from, credentialsId: source.credentialsId }, build.job, build.number, 'script');
      return fileAt(services, address, { commit: revision.script ?? revision.hash, ref: null }, definition.path);
    },
  };
}

/** Of a build that is replayed or restarted: what the original was made of, wherever the branch is now. */
async function ofOriginal({ store, now }: BranchBuildServices, build: Row<'builds'>): Promise<Revision | null> {
  const original = await originalOf(store.db, build);
  const revision = original === null ? undefined : originOf(original).revision;
  return revision === undefined ? null : store.write((tx, wakes) => keepCommits(tx, wakes, build, revision, now()));
}

/** Kept with the build, so that whoever goes on with it has the same. Answers what was kept first. */
async function keepCommits(tx: Tx, wakes: Wakes, build: Row<'builds'>, revision: Revision, now: number): Promise<Revision> {
  const row = await tx.selectFrom('builds').select('origin').where('id', '=', build.id).executeTakeFirst();
  const origin = originOf(row ?? build);
  if (origin.revision !== undefined) return origin.revision;
  await tx
    .updateTable('builds')
    .set({ origin: JSON.stringify({ ...origin, revision }) })
    .where('id', '=', build.id)
    .execute();
  await noteStatus(tx, wakes, { ...build, origin: JSON.stringify({ revision }) }, { now: 'started' }, now);
  return revision;
}

/** Of a build that somebody started: what the branch is now. */
async function newest(
  { store, open, now }: BranchBuildServices,
  parent: string,
  source: BranchSourceConfig,
  head: Row<'heads'>,
  build: Row<'builds'>,
): Promise<Revision | null> {
  const { change } = parse<HeadFacts>(head.facts);
  const opened = await open(parent, source);
  const found = (await opened.headsAt([change === null ? head.ref : changeRef(Number(change.id))])).find((h) => h.name === head.name);
  if (found === undefined) return null;
  const { revision } = found;
  return store.write(async (tx, wakes) => {
    const kept = await keepCommits(tx, wakes, build, revision, now());
    // A scan that finds the same builds it no second time.
    await tx
      .updateTable('heads')
      .set({ built: JSON.stringify(kept) })
      .where('id', '=', head.id)
      .execute();
    return kept;
  });
}

interface Checkout {
  /** Of the repository that pull requests go into. */
  readonly url: string;
  readonly credentialsId: string | null;
  readonly place: FetchPlace;
  /** BRANCH_NAME */
  readonly name: string;
}

/**
 * `checkout scm` gets these commits, however the branch has moved: the extensions are those that Jenkins' sources put there
 * (BuildChooserSetting with AbstractGitSCMSource.SpecificRevisionBuildChooser, MergeWithGitSCMExtension). Of a pull request that
 * is fetched from its fork, `origin` is the fork and `upstream` the repository that it goes into, as with
 * BitbucketGitSCMBuilder.
 */
export function scmOf({ url, credentialsId, place, name }: Checkout, { hash, base }: Revision): ScmSpec {
  const { ref } = place;
  const isFork = place.url !== url;
  const target = base === null ? [] : [`+refs/heads/${base.name}:refs/remotes/${isFork ? 'upstream' : 'origin'}/${base.name}`];
  const own = ref.startsWith('refs/tags/') ? `+${ref}:${ref}` : [`+${ref}:refs/remotes/origin/${name}`, ...(isFork ? [] : target)].join(' ');
  return {
    kind: 'git',
    remotes: [
      { url: place.url, name: 'origin', refspec: own, credentialsId },
      ...(isFork && base !== null ? [{ url, name: 'upstream', refspec: target.join(' '), credentialsId }] : []),
    ],
    branches: [name],
    extensions: [
      {
        type: 'BuildChooserSetting',
        options: { buildChooser: { $class: 'jenkins.plugins.git.SpecificRevisionBuildChooser', commit: hash, branch: name } },
      },
      ...(base === null ? [] : [{ type: 'MergeWithGitSCMExtension', options: { baseName: base.name, baseHash: base.hash } }]),
    ],
  };
}

function variablesOf({ name, is_primary: primary, kind }: Row<'heads'>, { change, taggedAt }: HeadFacts): Record<string, string> {
  return {
    BRANCH_NAME: name,
    ...(primary === 1 ? { BRANCH_IS_PRIMARY: 'true' } : {}),
    ...(kind === 'tag' ? { TAG_NAME: name } : {}),
    ...(taggedAt === null ? {} : { TAG_TIMESTAMP: String(taggedAt), TAG_UNIXTIME: String(Math.floor(taggedAt / 1_000)), TAG_DATE: javaDate(taggedAt) }),
    ...(change === null
      ? {}
      : {
          CHANGE_ID: change.id,
          CHANGE_URL: change.url,
          CHANGE_TITLE: change.title,
          CHANGE_AUTHOR: change.author,
          ...(change.authorDisplayName === null ? {} : { CHANGE_AUTHOR_DISPLAY_NAME: change.authorDisplayName }),
          ...(change.authorEmail === null ? {} : { CHANGE_AUTHOR_EMAIL: change.authorEmail }),
          CHANGE_TARGET: change.target,
          CHANGE_BRANCH: change.branch,
          ...(change.fork === null ? {} : { CHANGE_FORK: change.fork }),
        }),
  };
}

/** As java.util.Date says it: `Thu Jan 01 00:00:00 UTC 1970`. */
function javaDate(at: number): string {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(at).toUTCString().split(' ');
  return `${day.slice(0, 3)} ${month} ${date} ${time} UTC ${year}`;
}
