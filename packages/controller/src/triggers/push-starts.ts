/**
 * What a push starts: jobs whose own repository it is, those that wait for it by name, and as the git and github plug-ins have it those whose
 * last good build has checked it out. Where a delivery does not tell enough (which commit it is, which files have changed), the
 * trigger is due for a look by polling, in the same transaction.
 */
import type { Cause } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import { repositoryAddress } from '../scm/repository-address.ts';
import type { ScmEvent } from '../scm/scm-event.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { branchMatches, patternMatches } from './branch-match.ts';
import type { Delivered } from './delivery.ts';
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

/** A branch that a trigger waits for, and what it is at now. */
interface Match extends SeenCommit {
  readonly ignore: IgnoreRules | undefined;
  readonly built: string | null;
}

const UNKNOWN = 'unknown',
  MOST_ADDRESSES = 20;

/** Of the jobs after `after`, `startsAtOnce` of which start. */
export async function startPushed(
  options: HandleOptions,
  tx: Tx,
  wakes: Wakes,
  after: number,
  { event, job, hash }: Extract<Delivered, { kind: 'scm' }>,
): Promise<Done> {
  const addresses = [...new Set(event.urls.flatMap((url) => repositoryAddress(url) ?? []))].slice(0, MOST_ADDRESSES);
  if (addresses.length === 0) return { outcomes: [], next: null };
  const outcomes: Outcome[] = [];
  let started = 0,
    last = after;
  for (const triggers of await waitingJobs(tx, addresses, after, job)) {
    if (started >= options.startsAtOnce) return { outcomes, next: last };
    const [first] = triggers as [Waiting];
    last = first.item_id;
    const said = await ofJob(options, tx, wakes, triggers, { event, hash, addresses });
    if (said === null) continue;
    outcomes.push({ item: first.job, ...said });
    if (said.queue !== null) started++;
  }
  return { outcomes, next: null };
}

/** By two indexes: whoever is told of a repository costs as much as it has jobs. */
async function waitingJobs(tx: Tx, addresses: readonly string[], after: number, job: string | null): Promise<Waiting[][]> {
  const all = tx
    .selectFrom('triggers')
    .innerJoin('items', 'items.id', 'triggers.item_id')
    .selectAll('triggers')
    .select('items.full_name as job')
    .where('triggers.item_id', '>', after);
  const of = job === null ? all : all.where('items.full_name', '=', job);
  const own = await of.where('triggers.repository', 'in', addresses).execute();
  const checkedOut = await of
    .innerJoin('watched_repositories', 'watched_repositories.item_id', 'triggers.item_id')
    .where('watched_repositories.address', 'in', addresses)
    .where('triggers.kind', 'in', ['push', 'poll'])
    .execute();
  const found = new Map<number, Map<number, Waiting>>();
  for (const row of [...own, ...checkedOut]) {
    const rows = found.get(row.item_id) ?? new Map<number, Waiting>();
    found.set(row.item_id, rows.set(row.seq, row));
  }
  return [...found].sort(([a], [b]) => a - b).map(([, rows]) => [...rows.values()].sort((a, b) => a.seq - b.seq));
}

interface Pushed {
  readonly event: ScmEvent;
  readonly hash: string | null;
  readonly addresses: readonly string[];
}

interface Hit {
  readonly trigger: Waiting;
  readonly matches: readonly Match[];
}

/** Null: it is none of its business. */
async function ofJob(options: HandleOptions, tx: Tx, wakes: Wakes, triggers: readonly Waiting[], pushed: Pushed): Promise<Omit<Outcome, 'item'> | null> {
  const { event, hash, addresses } = pushed;
  const [{ item_id: item }] = triggers as [Waiting];
  const nothing = (what: string): Omit<Outcome, 'item'> => ({ queue: null, what });
  const sources = await checkedOutSources(tx, item, (url) => addresses.includes(repositoryAddress(url) ?? ''));
  const hits: Hit[] = [];
  let why: string | null = null;
  for (const trigger of triggers) {
    const spec = parse<Spec>(trigger.spec);
    if (spec.kind === 'poll' && !spec.hooks) continue;
    const isOwn = trigger.repository !== null && addresses.includes(trigger.repository);
    const beside = spec.kind === 'push' || spec.kind === 'poll' ? sources : [];
    if (!isOwn && beside.length === 0) continue;
    if (trigger.hash !== null && trigger.hash !== hash) {
      why = 'It did not come with the token of this job';
      continue;
    }
    const matches = [...(isOwn ? ownMatches(spec, event) : []), ...beside.flatMap((source) => matchesOf(source, event))];
    if (matches.length === 0) why ??= 'Another branch';
    else hits.push({ trigger, matches });
  }
  const states = hits.map(({ trigger }) => parse<PollState>(trigger.state));
  const isKnown = (match: Match): boolean => match.commit !== UNKNOWN && (match.built === match.commit || states.some((state) => hasStarted(state, match)));
  for (const { trigger, matches } of hits) {
    const fresh = matches.filter((match) => !isKnown(match));
    if (fresh.length === 0) continue;
    if (fresh.every((match) => match.ignore !== undefined || (match.key !== null && match.commit === UNKNOWN))) {
      await haveItLook(options, tx, trigger, causeOf(event));
      return nothing(
        fresh.some((match) => match.ignore !== undefined) ? 'It is looked at whether the changes are to be ignored' : 'It is looked at for changes',
      );
    }
    const said = await start(tx, wakes, options.enqueue, item, causeOf(event));
    if (said.queue !== null) await note(tx, item, hits);
    return said;
  }
  const [first] = hits[0]?.matches ?? [];
  if (first !== undefined) return nothing(`${first.commit} was started already`);
  return why === null ? null : nothing(why);
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

function matchesOf({ key, branch, ignore, built }: WatchedSource, event: ScmEvent): Match[] {
  if (event.refs.length === 0) return [{ key, ref: null, commit: UNKNOWN, ignore, built }];
  return event.refs.flatMap(({ ref, after }) => (after === null || !branchMatches(branch, ref) ? [] : [{ key, ref, commit: after, ignore, built }]));
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
