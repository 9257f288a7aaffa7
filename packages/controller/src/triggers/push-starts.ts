/**
 * What a push starts, and what else GitLab tells: jobs whose own repository it is, those that wait for it by name, and as the git and github plug-ins have it those whose
 * last good build has checked it out. Where a delivery does not tell enough (which commit it is, which files have changed), the
 * trigger is due for a look by polling, in the same transaction.
 */
import type { BuildRecordFacts, Cause } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import { repositoryAddress } from '../scm/repository-address.ts';
import type { ScmEvent } from '../scm/scm-event.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { branchMatches, patternMatches } from './branch-match.ts';
import type { GitLabEvent } from './gitlab-payload.ts';
import type { GitLabSpec } from './gitlab-trigger.ts';
import { builtNames, builtValue, whyNotGitLab } from './gitlab-trigger.ts';
import type { Done, HandleOptions, Outcome } from './handle-deliveries.ts';
import type { IgnoreRules } from './ignored-changes.ts';
import type { PollState } from './poll.ts';
import { start } from './start-timed.ts';
import type { SeenCommit } from './started-commits.ts';
import { hasStarted, noteStarted } from './started-commits.ts';
import type { Spec } from './trigger-specs.ts';
import type { WatchedSource } from './watched-sources.ts';
import { checkedOutSources } from './watched-sources.ts';

type Waiting = Row<'triggers'> & { readonly job: string };

interface WaitingJob {
  readonly triggers: readonly Waiting[];
  /** Its builds check the repository out. */
  readonly isWatching: boolean;
}

/** A branch that a trigger waits for, and what it is at now. */
interface Match extends SeenCommit {
  readonly ignore: IgnoreRules | undefined;
  readonly built: string | null;
}

const UNKNOWN = 'unknown',
  MOST_ADDRESSES = 20;

/** What a delivery tells jobs. */
export interface Told {
  /** Null: it is no push. */
  readonly push: ScmEvent | null;
  /** As triggers `gitlab` look at it; null: it did not come from there. */
  readonly gitlab: GitLabEvent | null;
  readonly urls: readonly string[];
  /** It is for this job alone. */
  readonly job: string | null;
  readonly hash: string | null;
}

/** Of the jobs after `after`, `startsAtOnce` of which start. */
export async function startPushed(options: HandleOptions, tx: Tx, wakes: Wakes, after: number, told: Told): Promise<Done> {
  const addresses = [...new Set(told.urls.flatMap((url) => repositoryAddress(url) ?? []))].slice(0, MOST_ADDRESSES);
  const outcomes: Outcome[] = [];
  let started = 0,
    last = after;
  for (const waiting of await waitingJobs(tx, addresses, after, told)) {
    if (started >= options.startsAtOnce) return { outcomes, next: last };
    const [first] = waiting.triggers as [Waiting];
    last = first.item_id;
    const said = await ofJob(options, tx, wakes, waiting, { ...told, addresses });
    if (said === null) continue;
    outcomes.push({ item: first.job, ...said });
    if (said.queue !== null) started++;
  }
  return { outcomes, next: null };
}

/** By indexes: whoever is told of a repository costs as much as it has jobs. */
async function waitingJobs(tx: Tx, addresses: readonly string[], after: number, { push, gitlab, job }: Told): Promise<WaitingJob[]> {
  const kinds = [...(push === null ? [] : ['push', 'poll', 'repository']), ...(gitlab === null ? [] : ['gitlab'])];
  const all = tx
    .selectFrom('triggers')
    .innerJoin('items', 'items.id', 'triggers.item_id')
    .selectAll('triggers')
    .select('items.full_name as job')
    .where('triggers.item_id', '>', after)
    .where('triggers.kind', 'in', kinds);
  const of = job === null ? all : all.where('items.full_name', '=', job);
  const own = addresses.length === 0 ? [] : await of.where('triggers.repository', 'in', addresses).execute();
  const checkedOut =
    addresses.length === 0
      ? []
      : await of
          .innerJoin('watched_repositories', 'watched_repositories.item_id', 'triggers.item_id')
          .where('watched_repositories.address', 'in', addresses)
          .where('triggers.kind', '!=', 'repository')
          .execute();
  // Its own address takes whatever repository it is about, as the plug-in does.
  const asked = job === null || gitlab === null ? [] : await of.where('triggers.kind', '=', 'gitlab').execute();
  const found = new Map<number, Map<number, Waiting>>();
  for (const row of [...own, ...checkedOut, ...asked]) {
    const rows = found.get(row.item_id) ?? new Map<number, Waiting>();
    found.set(row.item_id, rows.set(row.seq, row));
  }
  const watching = new Set(checkedOut.map((row) => row.item_id));
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([item, rows]) => ({ triggers: [...rows.values()].sort((a, b) => a.seq - b.seq), isWatching: watching.has(item) }));
}

interface Pushed extends Told {
  readonly addresses: readonly string[];
}

interface Hit {
  readonly trigger: Waiting;
  readonly spec: Spec;
  readonly matches: readonly Match[];
}

type Said = Omit<Outcome, 'item'>;

/** Null: it is none of its business. */
async function ofJob(options: HandleOptions, tx: Tx, wakes: Wakes, { triggers, isWatching }: WaitingJob, pushed: Pushed): Promise<Said | null> {
  const { push, gitlab, hash, addresses, job } = pushed;
  const [{ item_id: item }] = triggers as [Waiting];
  const nothing = (what: string): Said => ({ queue: null, what });
  const sources = isWatching ? await checkedOutSources(tx, item, (url) => addresses.includes(repositoryAddress(url) ?? '')) : [];
  const hits: Hit[] = [];
  let why: string | null = null;
  for (const trigger of triggers) {
    const spec = parse<Spec>(trigger.spec);
    if (spec.kind === 'poll' && !spec.hooks) continue;
    const isOwn = trigger.repository !== null && addresses.includes(trigger.repository);
    const beside = spec.kind === 'repository' ? [] : sources;
    const isAsked = spec.kind === 'gitlab' && job !== null;
    if (!isOwn && beside.length === 0 && !isAsked) continue;
    if (trigger.hash !== null && trigger.hash !== hash) {
      why = 'It did not come with the token of this job';
      continue;
    }
    const matches =
      push === null ? [] : [...(isOwn ? ownMatches(spec, push) : []), ...beside.flatMap((source) => matchesOf(source, push, spec.kind === 'gitlab'))];
    if (matches.length === 0 && push !== null && !isAsked) why ??= 'Another branch';
    else hits.push({ trigger, spec, matches });
  }
  const states = hits.map(({ trigger }) => parse<PollState>(trigger.state));
  const isKnown = (match: Match): boolean => match.commit !== UNKNOWN && (match.built === match.commit || states.some((state) => hasStarted(state, match)));
  for (const hit of hits) {
    if (hit.spec.kind !== 'gitlab' || gitlab === null) continue;
    const said = await byGitLab(options, tx, wakes, hit, hit.spec.gitlab, { ...pushed, gitlab }, isKnown);
    if (said.queue !== null) await note(tx, item, hits);
    // Who asked for this trigger means no other one.
    if (said.queue !== null || job !== null) return said;
    why = said.what;
  }
  const plain = hits.filter(({ spec }) => spec.kind !== 'gitlab');
  for (const { trigger, matches } of plain) {
    const fresh = matches.filter((match) => !isKnown(match));
    if (fresh.length === 0 || push === null) continue;
    if (fresh.every((match) => match.ignore !== undefined || (match.key !== null && match.commit === UNKNOWN))) {
      await haveItLook(options, tx, trigger, causeOf(push));
      return nothing(
        fresh.some((match) => match.ignore !== undefined) ? 'It is looked at whether the changes are to be ignored' : 'It is looked at for changes',
      );
    }
    const said = await start(tx, wakes, options.enqueue, item, causeOf(push));
    if (said.queue !== null) await note(tx, item, hits);
    return said;
  }
  const [first] = plain[0]?.matches ?? [];
  if (first !== undefined) return nothing(`${first.commit} was started already`);
  return why === null ? null : nothing(why);
}

/** How many commits and comments a trigger remembers that it has started. */
const MOST_BUILT = 100;

async function byGitLab(
  options: HandleOptions,
  tx: Tx,
  wakes: Wakes,
  { trigger, matches }: Hit,
  spec: GitLabSpec,
  { gitlab: event, addresses }: Pushed & { readonly gitlab: GitLabEvent },
  isKnown: (match: Match) => boolean,
): Promise<Said> {
  const { item_id: item, seq } = trigger;
  const state = parse<PollState>(trigger.state);
  let why: string | null;
  try {
    why = whyNotGitLab(spec, event, state.gitlab ?? {});
  } catch (error) {
    if ((error as { code?: string }).code !== undefined) throw error;
    why = (error as Error).message;
  }
  if (why === null && matches.length > 0 && matches.every(isKnown)) why = `${event.commit} was started already`;
  if (why !== null) return { queue: null, what: why };
  const cause = { type: 'com.dabsquared.gitlabjenkins.cause.GitLabWebHookCause', text: event.cause };
  const { variables, ref } = event;
  const said = await start(tx, wakes, options.enqueue, item, cause, variables, { variables, pushed: { addresses, ref } });
  if (said.queue === null) return said;
  if (spec.setBuildDescription)
    await tx
      .updateTable('builds')
      .set({ facts: JSON.stringify({ description: event.cause } satisfies BuildRecordFacts) })
      .where('id', '=', said.queue)
      .execute();
  const names = builtNames(event);
  const kept = Object.entries(state.gitlab ?? {}).filter(([other]) => !names.includes(other));
  const gitlab = Object.fromEntries([...kept, ...names.map((name) => [name, builtValue(event)] as const)].slice(-MOST_BUILT));
  await tx
    .updateTable('triggers')
    .set({ state: JSON.stringify({ ...state, gitlab } satisfies PollState) })
    .where('item_id', '=', item)
    .where('seq', '=', seq)
    .execute();
  return said;
}

/** Of the job's own repository, or the one that it waits for by name: the first that is meant. */
function ownMatches(spec: Spec, event: ScmEvent): Match[] {
  const rest = { key: null, ignore: spec.kind === 'poll' ? spec.ignore : undefined, built: null };
  if (event.refs.length === 0) return [{ ...rest, ref: null, commit: UNKNOWN }];
  const isMeant = (ref: string): boolean =>
    spec.kind === 'repository'
      ? spec.branches.some((pattern) => patternMatches(pattern, ref))
      : 'source' in spec && spec.source !== null && branchMatches(spec.source.branch, ref);
  const found = event.refs.find(({ ref, after }) => after !== null && isMeant(ref));
  return found === undefined ? [] : [{ ...rest, ref: found.ref, commit: found.after as string }];
}

/** `isAny`: what a variable stood for is not what it will stand for. */
function matchesOf({ key, branch, ignore, built, isVariable }: WatchedSource, event: ScmEvent, isAny: boolean): Match[] {
  const isMeant = (ref: string): boolean => (isAny && isVariable) || branchMatches(branch, ref);
  if (event.refs.length === 0) return [{ key, ref: null, commit: UNKNOWN, ignore, built }];
  return event.refs.flatMap(({ ref, after }) => (after === null || !isMeant(ref) ? [] : [{ key, ref, commit: after, ignore, built }]));
}

async function haveItLook({ now }: HandleOptions, tx: Tx, { item_id, seq, kind, state }: Waiting, cause: Cause): Promise<void> {
  await tx
    .updateTable('triggers')
    .set({ next_at: now(), ...(kind === 'push' ? { state: JSON.stringify({ ...parse<PollState>(state), cause } satisfies PollState) } : {}) })
    .where('item_id', '=', item_id)
    .where('seq', '=', seq)
    .execute();
}

async function note(tx: Tx, item: number, hits: readonly Hit[]): Promise<void> {
  const known = hits.map(({ trigger, matches }) => ({ trigger, matches: matches.filter((match) => match.commit !== UNKNOWN) }));
  await noteStarted(
    tx,
    item,
    known.flatMap(({ trigger, matches }) => (trigger.kind === 'repository' ? [] : matches)),
  );
  for (const { trigger, matches } of known)
    if (trigger.kind === 'repository' && matches[0] !== undefined)
      await tx
        .updateTable('triggers')
        .set({ state: JSON.stringify({ ...parse<PollState>(trigger.state), commit: matches[0].commit }) })
        .where('item_id', '=', item)
        .where('seq', '=', trigger.seq)
        .execute();
}

function causeOf({ provider, sender }: ScmEvent): Cause {
  const by = sender === null ? '' : ` by ${sender}`;
  switch (provider) {
    case 'github':
      return { type: 'com.cloudbees.jenkins.GitHubPushCause', text: `Started by GitHub push${by}` };
    case 'gitlab':
      return { type: 'com.dabsquared.gitlabjenkins.cause.GitLabWebHookCause', text: `Started by GitLab push${by}` };
    case 'bitbucket':
      return { type: 'com.cloudbees.jenkins.plugins.BitBucketPushCause', text: `Started by BitBucket push${by}` };
    case 'gitea':
    case 'gogs':
      return { type: 'org.jenkinsci.plugin.gitea.GiteaPushCause', text: `Started by ${provider === 'gitea' ? 'Gitea' : 'Gogs'} push${by}` };
    default:
      return { type: 'hudson.triggers.SCMTrigger$SCMTriggerCause', text: 'Started by an SCM change' };
  }
}
