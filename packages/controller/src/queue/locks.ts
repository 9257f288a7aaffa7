/**
 * Who gets which lock: the semantics of lockable-resources as pure decisions. The caller keeps the state and does what the
 * outcome says, in one transaction.
 *
 * - A request gets everything that it wants or nothing: nobody holds a part and waits for the rest.
 * - Waiters stand in line by priority, then by arrival; inversePrecedence goes to the very front
 *   (LockableResourcesManager.queueContext). As in Jenkins, whoever can be served is, even if somebody before cannot.
 * - Not as in Jenkins, where a waiter for several resources may starve behind a stream of small ones: one that was
 *   overtaken `PATIENCE` times has what is free of its wants set aside for it, each time that locks are given; nobody
 *   behind it gets these. What is missing comes free one by one and is set aside too, so it is served after so many
 *   releases as it wants resources. Only a higher priority or inversePrecedence still goes before it, which is what they are for.
 * - Setting aside must not make a deadlock that would not be there without it. A build that the patient one waits for,
 *   directly or through others (it holds what is wanted, or is waited for by who does), is not held back by what was set
 *   aside. And nothing is set aside for who could not be served by any release: a resource is reserved, or too few exist.
 * - A resource that is named and does not exist is made, and taken away when nobody holds, wants or reserves it.
 *
 * Deadlocks that a pipeline makes itself (x then y here, y then x there) stay, as in Jenkins.
 */
import { matching, pick } from './lock-picking.ts';
import type { Hold, LockRequest, LockState, Resource, Waiter } from './lock-state.ts';
import { blockTexts } from './lock-texts.ts';

export const PATIENCE = 8;

export interface LockOutcome {
  readonly state: LockState;
  readonly granted: readonly { readonly id: string; readonly resources: readonly string[] }[];
  /** skipIfLocked, and it is. */
  readonly skipped: readonly string[];
  readonly created: readonly string[];
  readonly removed: readonly string[];
  /** Lines for the console of the build, without the line's end. The step itself prints the others (steps/lock.ts). */
  readonly texts: readonly { readonly id: string; readonly text: string }[];
}

/** The same id again changes nothing: it is told what it holds, or goes on waiting. */
export function askForLock(state: LockState, request: LockRequest, now: number): LockOutcome {
  const held = state.holds.filter((h) => h.by === request.id).map((h) => h.resource);
  if (held.length > 0) return { ...unchanged(state), granted: [{ id: request.id, resources: held }] };
  if (state.waiters.some((w) => w.id === request.id)) return unchanged(state);

  const known = new Set(state.resources.map((r) => r.name));
  const missing = new Set(request.wants.flatMap(({ resource }) => (resource === null || known.has(resource) ? [] : [resource])));
  const made = [...missing].map((name): Resource => ({ name, labels: [], properties: {}, ephemeral: true, reservedBy: null, note: null }));
  const waiters = inLine(state.waiters, { ...request, since: now, overtaken: 0 });
  const before = { ...state, resources: [...state.resources, ...made], waiters };
  const settled = settle(before, now);
  const isGranted = settled.granted.some((g) => g.id === request.id);
  const texts = [...missing].map((name) => `Resource [${name}] did not exist. Created.`);
  if (!isGranted) texts.push(...blockTexts(request, before, settled.setAside));
  const skips = !isGranted && request.skip;
  const after = skips ? { ...settled.state, waiters: settled.state.waiters.filter((w) => w.id !== request.id) } : settled.state;
  return finished(state, after, settled.granted, {
    skipped: skips ? [request.id] : [],
    texts: texts.map((text) => ({ id: request.id, text })),
  });
}

/** The block has ended, or its build has; one that was still waiting leaves the line. An unknown id changes nothing. */
export function releaseLock(state: LockState, id: string, now: number): LockOutcome {
  const left = { ...state, holds: state.holds.filter((h) => h.by !== id), waiters: state.waiters.filter((w) => w.id !== id) };
  const settled = settle(left, now);
  return finished(state, settled.state, settled.granted);
}

/** Resources were declared, changed, reserved or given back. What is held stays held; what is held and no longer declared becomes ephemeral. */
export function changeResources(state: LockState, declared: readonly Resource[], now: number): LockOutcome {
  const names = new Set(declared.map((r) => r.name));
  const kept = state.resources.filter((r) => !names.has(r.name)).map((r) => ({ ...r, ephemeral: true, labels: [], reservedBy: null }));
  const settled = settle({ ...state, resources: [...declared, ...kept] }, now);
  return finished(state, settled.state, settled.granted);
}

function inLine(waiters: readonly Waiter[], waiter: Waiter): Waiter[] {
  let at = 0;
  if (!waiter.inverse || waiter.priority !== 0) {
    at = waiters.length;
    while (at > 0 && (waiters[at - 1] as Waiter).priority < waiter.priority) at--;
  }
  return waiters.toSpliced(at, 0, waiter);
}

interface Settled {
  readonly state: LockState;
  readonly granted: { readonly id: string; readonly resources: readonly string[] }[];
  /** Resource → the waiter that it is kept for. */
  readonly setAside: ReadonlyMap<string, Waiter>;
}

/** Once through the line. Nothing comes free meanwhile, so once is enough. */
function settle(state: LockState, now: number): Settled {
  const { resources } = state;
  const holders = new Map(state.holds.map((h) => [h.resource, h]));
  const granted: Settled['granted'] = [],
    waiting: Waiter[] = [];
  const patient = state.waiters.filter((w) => w.overtaken >= PATIENCE && pick(w.wants, resources, (r) => r.reservedBy === null).complete);
  const setAside = new Map<string, Waiter>(),
    needed = new Map<Waiter, ReadonlySet<string>>();
  for (const waiter of state.waiters) {
    const chosen = pick(waiter.wants, resources, (resource) => {
      if (resource.reservedBy !== null || holders.has(resource.name)) return false;
      const keeper = setAside.get(resource.name);
      return keeper === undefined || [waiter.build.id, ...waiter.build.waitedForBy].some((b) => needed.get(keeper)?.has(b));
    });
    if (chosen.complete) {
      granted.push({ id: waiter.id, resources: chosen.resources });
      for (const resource of chosen.resources) holders.set(resource, { resource, by: waiter.id, build: waiter.build, since: now });
      waiting.forEach((other, i) => {
        if (wantsAny(other, new Set(chosen.resources), resources)) waiting[i] = { ...other, overtaken: other.overtaken + 1 };
      });
      continue;
    }
    waiting.push(waiter);
    if (!patient.includes(waiter)) continue;
    needed.set(waiter, buildsAheadOf(waiter, patient, state, holders));
    for (const resource of chosen.resources) if (!setAside.has(resource)) setAside.set(resource, waiter);
  }
  return { state: { resources, holds: [...holders.values()], waiters: waiting }, granted, setAside };
}

function wantsAny(waiter: Waiter, names: ReadonlySet<string>, resources: readonly Resource[]): boolean {
  return waiter.wants.some((want) => matching(want, resources).some((r) => names.has(r.name)));
}

/**
 * Builds that must get on before this waiter can be served: who holds what it wants, and whatever these wait for in turn:
 * holders, builds that they wait for, and patient waiters before them in line, for which something may be set aside.
 */
function buildsAheadOf(waiter: Waiter, patient: readonly Waiter[], { waiters, resources }: LockState, holders: ReadonlyMap<string, Hold>): ReadonlySet<string> {
  const ahead = new Set<string>();
  const seen = new Set<Waiter>([waiter]);
  // Grows while it is gone through.
  for (const next of seen) {
    const names = new Set(next.wants.flatMap((want) => matching(want, resources)).map((r) => r.name));
    for (const name of names) {
      const build = holders.get(name)?.build.id;
      if (build === undefined || ahead.has(build)) continue;
      ahead.add(build);
      for (const w of waiters) if (w.build.id === build || w.build.waitedForBy.includes(build)) seen.add(w);
    }
    for (const other of patient) if (waiters.indexOf(other) < waiters.indexOf(next) && wantsAny(other, names, resources)) seen.add(other);
  }
  return ahead;
}

function unchanged(state: LockState): LockOutcome {
  return { state, granted: [], skipped: [], created: [], removed: [], texts: [] };
}
function finished(
  before: LockState,
  after: LockState,
  granted: LockOutcome['granted'],
  rest: Pick<LockOutcome, 'skipped' | 'texts'> = { skipped: [], texts: [] },
): LockOutcome {
  const used = new Set([...after.holds.map((h) => h.resource), ...after.waiters.flatMap((w) => w.wants.map((want) => want.resource))]);
  const resources = after.resources.filter((r) => !r.ephemeral || r.reservedBy !== null || used.has(r.name));
  const namesBefore = new Set(before.resources.map((r) => r.name)),
    names = new Set(resources.map((r) => r.name));
  return {
    state: { ...after, resources },
    granted,
    created: [...names].filter((name) => !namesBefore.has(name)),
    removed: [...namesBefore].filter((name) => !names.has(name)),
    ...rest,
  };
}
