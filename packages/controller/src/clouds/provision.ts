/**
 * What is to be made and ended, from what the database and the clouds say: a pure function, run by the holder of the duty
 * `provisioner`.
 *
 * - As many nodes as there are requests that no existing or coming executor will serve (supply.ts), in the order of the
 *   queue; over clouds and their offers in order, past those that are full or have failed a short while ago.
 * - A node for one request ends with that request; one that is kept ends when it was idle for its time and nothing waits
 *   that it could serve. One that runs something is never ended, unless its machine is gone already.
 * - A node that does not start where it was asked for is given up for the next place of its chain (move-on.ts).
 * - Warm pools are filled after all requests, and give way to them (warm.ts).
 * - What a cloud has and the database does not know is ended after a grace. What the database knows and the cloud does not
 *   have, twice as late and silent, is lost.
 * - Each request that has to do with a cloud has one reason, in the cloud's own words where there are any.
 */
import type { WaitState } from '../queue/timeline.ts';
import type { Why } from '../queue/why.ts';
import { why } from '../queue/why.ts';
import { CapCounts, isWithin, whyFull } from './caps.ts';
import type { Caps, CloudLine, Demand, MoveOn, Observed, Offer, Outcome, WarmPool } from './cloud.ts';
import { reasonToMoveOn } from './move-on.ts';
import type { Source, Wanted } from './supply.ts';
import { Supply, servesLabel } from './supply.ts';
import { againstSize, isOfPool, WARM, warmFor } from './warm.ts';

/** How long something may be unknown before it is ended, or missing before it is lost: `observe` may be late. */
export const GRACE_MS = 30_000;

export interface WaitingRequest extends Demand {
  readonly id: string;
  /** Keys of the lines that its build was told. */
  readonly told: ReadonlySet<string>;
  readonly priority: number;
  readonly since: number;
}

/** A cloud's node, as its row says. */
export interface CloudNode {
  readonly id: number;
  readonly name: string;
  readonly cloud: string;
  readonly template: string;
  /** Of the offer that it was made from. */
  readonly place: string | null;
  readonly moveOn: MoveOn | null;
  readonly namespace: string | null;
  /** Whose it is or was: of the request that it is for, and of the builds that have a part of it. */
  readonly jobs: readonly string[];
  readonly labels: readonly string[];
  readonly executors: number;
  readonly mode: 'normal' | 'exclusive';
  /** null: `provision` has not answered. */
  readonly ref: string | null;
  /** The one request that it is for, or WARM: for one that has not come yet; null: it serves several. */
  readonly lease: string | null;
  /** That request waits or is held. */
  readonly leaseLives: boolean;
  readonly idleMinutes: number | null;
  readonly connectMs: number;
  /** When it was made, or its ref came: what `observe` began before then says nothing about it. */
  readonly knownSince: number;
  readonly createdAt: number;
  /** Its agent has connected, ever. */
  readonly connected: boolean;
  /** Its agent is heard. */
  readonly online: boolean;
  /** When it was heard last. */
  readonly seenAt: number | null;
  /** False: temporarily offline. */
  readonly accepting: boolean;
  /** Held leases and open work. */
  readonly running: number;
  readonly busy: number;
  readonly idleSince: number | null;
  /** It is being ended. */
  readonly ending: Ending | null;
}
export interface Ending {
  readonly why: string;
  /** Its machine is gone: what runs on it is given up. */
  readonly lost: boolean;
  /** Of what is lost. */
  readonly outcome?: Outcome;
}

export interface CloudView {
  readonly name: string;
  readonly cap: number | null;
  readonly caps?: Caps | undefined;
  readonly plan: (demand: Demand) => readonly Offer[];
  /** What it shall have ready now. */
  readonly warm?: readonly WarmPool[];
  /** null: not known. `at`: when the answer was asked for. */
  readonly observed: { readonly at: number; readonly list: readonly Observed[] } | null;
}

export interface ProvisionInput {
  readonly now: number;
  readonly waiting: readonly WaitingRequest[];
  readonly nodes: readonly CloudNode[];
  /** Free executors of other nodes that can be granted now. */
  readonly free: readonly Source[];
  readonly clouds: readonly CloudView[];
  /** By `backOffKey`. */
  readonly backOff: ReadonlyMap<string, { readonly until: number; readonly message: string; readonly isFull: boolean }>;
  /** By cloud and ref, since when something unknown is there. */
  readonly unknownSince: ReadonlyMap<string, number>;
}

export interface Decision {
  /** `job`: whose request it is for alone. */
  readonly provision: readonly {
    readonly cloud: string;
    readonly offer: Offer;
    readonly lease: string | null;
    readonly job: string | null;
    readonly pod: string | null;
  }[];
  /** Rows whose `provision` was never answered: it is asked again. */
  readonly resume: readonly CloudNode[];
  /** Machines of warm pools that are that request's from now on. */
  readonly bind: readonly { readonly node: CloudNode; readonly lease: string; readonly job: string }[];
  readonly terminate: readonly (Ended & { readonly node: CloudNode })[];
  readonly orphans: readonly { readonly cloud: string; readonly ref: string; readonly name: string }[];
  readonly idle: readonly { readonly node: CloudNode; readonly since: number | null }[];
  readonly timeline: readonly { readonly lease: string; readonly state: WaitState; readonly why: Why }[];
  /** What is new for the logs of builds that wait. */
  readonly lines: readonly { readonly lease: string; readonly lines: readonly CloudLine[] }[];
  /** When something is due that nothing wakes for. */
  readonly nextDue: number | null;
}

interface Ended {
  readonly why: string;
  readonly lost: boolean;
  /** Before its agent was heard. */
  readonly failed: boolean;
  /** Given up for another place. */
  readonly moved: boolean;
  readonly outcome: Outcome;
}

export function backOffKey(cloud: string, { template, place = null }: { readonly template: string; readonly place?: string | null }): string {
  return `${cloudKeys(cloud)}${template}${place === null ? '' : ` at ${place}`}`;
}
/** What the keys of all of a cloud's templates begin with. */
export function cloudKeys(cloud: string): string {
  return `${cloud}/`;
}
export function unknownKey(cloud: string, ref: string): string {
  return `${cloud} ${ref}`;
}

export function decide(input: ProvisionInput): Decision {
  const { now, clouds, backOff } = input;
  const due: number[] = [];
  const observed = new Map(clouds.map((c) => [c.name, new Map(c.observed?.list.map((o) => [o.name, o]))]));
  const terminate: Decision['terminate'][number][] = [];
  const timeline = new Map<string, Decision['timeline'][number]>();
  const waiting = [...input.waiting].sort((a, b) => b.priority - a.priority || a.since - b.since || (a.id < b.id ? -1 : 1));
  const requests = new Map(waiting.map((w) => [w.id, w]));
  const lines: Decision['lines'][number][] = [];
  const tellLines = (lease: string, seen: Observed | null): void => {
    const told = requests.get(lease)?.told;
    const fresh = told === undefined ? [] : (seen?.lines ?? []).filter((l) => !told.has(l.key));
    if (fresh.length > 0) lines.push({ lease, lines: fresh });
  };
  const tell = (lease: string, state: WaitState, reason: Why): void => {
    if (requests.has(lease)) timeline.set(lease, { lease, state, why: reason });
  };
  const tellProgress = (lease: string, node: CloudNode, seen: Observed | null): void => {
    const refused = node.ref === null ? backOff.get(backOffKey(node.cloud, node)) : undefined;
    if (refused === undefined) progress(tell, lease, node, seen);
    else tell(lease, 'waiting', why('cloud-failed', refused.message, { cloud: node.cloud, template: node.template, node: node.name }));
  };

  const alive: CloudNode[] = [];
  /** Requests of pipelines' own templates whose node has failed: whether they get another one is not decided here. */
  const undecided = new Set<string>();
  for (const node of input.nodes) {
    if (node.ending !== null) continue;
    const cloud = clouds.find((c) => c.name === node.cloud);
    const seen = observed.get(node.cloud)?.get(node.name) ?? null;
    const end = endOf(node, cloud ?? null, seen, now, due);
    if (node.lease !== null) tellLines(node.lease, seen);
    if (end === null) alive.push(node);
    else {
      terminate.push({ node, ...end });
      if (node.lease !== null && end.failed && requests.get(node.lease)?.pod != null) undecided.add(node.lease);
      if (node.lease !== null && end.failed)
        tell(node.lease, 'waiting', why('cloud-failed', `${node.name}: ${end.why}`, { cloud: node.cloud, template: node.template }));
    }
  }

  const caps = CapCounts.of(clouds, input.nodes);

  // What does not start where it is gives way to what can be asked now: no more of them than the next places take.
  const left = new Left();
  const then = caps.copy();
  for (const [i, node] of [...alive.entries()].reverse()) {
    if (node.connected || node.moveOn === null || node.running > 0 || node.lease === WARM) continue;
    const said = reasonToMoveOn({ moveOn: node.moveOn, createdAt: node.createdAt }, observed.get(node.cloud)?.get(node.name) ?? null, now);
    if (said === null) continue;
    if ('due' in said) {
      due.push(said.due);
      continue;
    }
    const request = node.lease === null ? waiting.find((w) => servesLabel(w.label)(node)) : requests.get(node.lease);
    const next = request === undefined ? null : choose(input, request, then, due, left, backOffKey(node.cloud, node));
    if (request === undefined || next === null || !('offer' in next)) continue;
    then.more(next.cloud, next.offer, request.job);
    left.add(node);
    alive.splice(i, 1);
    const to = next.offer.place === undefined ? next.cloud : `${next.cloud} (${next.offer.place})`;
    terminate.push({ node, ...QUIET, why: said.why, moved: true });
    if (node.lease !== null)
      tell(
        node.lease,
        'waiting',
        why('cloud-moved-on', `${node.name} is given up for ${to}: ${said.why}`, { cloud: node.cloud, template: node.template, place: node.place }),
      );
  }

  // Those that have their own node first, then what is free, then what comes.
  const supply = new Supply();
  for (const source of input.free) supply.add(source);
  const shared = alive.filter((n) => n.lease === null && n.accepting);
  const places = new Map<CloudNode, number>();
  const nodeAt = new Map<number | null, CloudNode>();
  for (const node of shared) {
    const place = supply.add({ ...node, free: node.connected && !node.online ? 0 : node.executors - node.busy });
    places.set(node, place);
    nodeAt.set(place, node);
  }
  const own = new Map(alive.flatMap((n) => (n.lease === null || n.lease === WARM ? [] : [[n.lease, n] as const])));
  // Where a folder's share of a cloud is taken the scheduler gives its builds no further node of that cloud.
  const wantedOf = ({ id, label, job }: WaitingRequest): Wanted => ({
    id,
    label,
    without: clouds.flatMap(({ name }) => (caps.folder(name, job) === null ? [] : [name])),
  });
  const unserved: WaitingRequest[] = [];
  const spare = alive.filter((n) => n.lease === WARM);
  const bind: Decision['bind'][number][] = [];
  for (const request of waiting) {
    const node = own.get(request.id);
    if (node !== undefined) tellProgress(request.id, node, observed.get(node.cloud)?.get(node.name) ?? null);
    else if (undecided.has(request.id)) continue;
    else if (supply.serve(wantedOf(request))) {
      const taken = nodeAt.get(supply.placeOf(request.id));
      if (taken !== undefined) caps.give(taken.cloud, taken.name, request.job);
    } else {
      const ready = warmFor(request, spare, clouds, caps);
      if (ready === null) unserved.push(request);
      else {
        spare.splice(spare.indexOf(ready), 1);
        caps.give(ready.cloud, ready.name, request.job);
        bind.push({ node: ready, lease: request.id, job: request.job });
        tellProgress(request.id, ready, observed.get(ready.cloud)?.get(ready.name) ?? null);
      }
    }
  }
  for (const [node, place] of places)
    if (!node.online)
      for (const { id } of supply.takersOf(place)) {
        const seen = observed.get(node.cloud)?.get(node.name) ?? null;
        tellProgress(id, node, seen);
        tellLines(id, seen);
      }

  const provision: Decision['provision'][number][] = [];
  const made = new Map<number, Decision['provision'][number]>();
  // A new node that several may use goes to those first that were refused before, as the next look would have it.
  const refused = new Map<WaitingRequest, Why | null>();
  for (const request of unserved) {
    // A machine that is made for it is its share.
    const wanted = wantedOf(request);
    while (!supply.serve(wanted)) {
      const chosen = choose(input, request, caps, due, left, left.of(request.id));
      if (!('offer' in chosen)) {
        refused.set(request, chosen.refusal);
        break;
      }
      const { cloud, offer } = chosen;
      const lease = offer.idleMinutes === null ? request.id : null;
      const one = { cloud, offer, lease, job: lease === null ? null : request.job, pod: request.pod?.key ?? null };
      provision.push(one);
      caps.more(cloud, offer, request.job);
      if (lease !== null) {
        if (!timeline.has(lease)) tell(lease, 'asked for', asked(cloud, offer.template));
        break;
      }
      made.set(supply.add({ name: null, cloud, ...offer, free: offer.executors }), one);
      for (const before of refused.keys()) if (supply.serve(wantedOf(before))) refused.delete(before);
    }
  }
  for (const [{ id }, reason] of refused) if (reason !== null && !timeline.has(id)) tell(id, 'waiting', reason);
  for (const [place, { cloud, offer }] of made) for (const { id } of supply.takersOf(place)) tell(id, 'asked for', asked(cloud, offer.template));

  // What is ready in a pool is in nobody's way: one for each request that a full cloud refuses, less those that go already.
  const giveUp = (node: CloudNode, reason: string): void => {
    spare.splice(spare.indexOf(node), 1);
    terminate.push({ node, why: reason, ...QUIET });
  };
  const room = new Map<string, number>();
  for (const node of [...input.nodes.filter((n) => n.ending !== null), ...terminate.map((t) => t.node)]) room.set(node.cloud, (room.get(node.cloud) ?? 0) + 1);
  const pools = clouds.flatMap((c) => (c.warm ?? []).map((pool) => ({ cloud: c, ...pool })));
  const wanted = new Set<string>();
  for (const request of spare.length + pools.length === 0 ? [] : refused.keys()) {
    const full = fullClouds(input, request, caps);
    for (const cloud of full.keys()) wanted.add(cloud);
    const going = [...full.keys()].find((cloud) => (room.get(cloud) ?? 0) > 0);
    if (going !== undefined) room.set(going, (room.get(going) ?? 0) - 1);
    else {
      const [victim] = againstSize(
        spare.filter((n) => full.get(n.cloud)?.(n) === true),
        0,
      ).surplus;
      if (victim !== undefined) giveUp(victim, 'given up for a build that waits');
    }
  }
  // One that waits for capacity in the cloud itself takes the place of a ready one too.
  for (const request of waiting) {
    const node = own.get(request.id);
    if (node === undefined || node.connected || observed.get(node.cloud)?.get(node.name)?.noCapacity !== true) continue;
    if ((room.get(node.cloud) ?? 0) > 0) {
      room.set(node.cloud, (room.get(node.cloud) ?? 0) - 1);
      continue;
    }
    const [victim] = againstSize(
      spare.filter((n) => n.cloud === node.cloud && n.connected),
      0,
    ).surplus;
    if (victim !== undefined) giveUp(victim, `given up for ${node.name}, for which there is no capacity`);
  }
  const kept = new Set<CloudNode>();
  for (const node of [...spare]) if (!pools.some((p) => isOfPool(node, p.cloud.name, p.offer))) giveUp(node, 'no warm pool wants it any more');
  for (const { cloud, offer, size } of pools) {
    const single = offer.idleMinutes === null;
    const ready = single
      ? spare.filter((n) => isOfPool(n, cloud.name, offer))
      : shared.filter((n) => isOfPool(n, cloud.name, offer) && n.running === 0 && supply.takersOf(places.get(n) as number).length === 0);
    const { surplus, missing } = againstSize(ready, size);
    if (single) for (const node of surplus) giveUp(node, `the warm pool keeps ${size}`);
    else for (const node of ready) if (!surplus.includes(node)) kept.add(node);
    const back = backOff.get(backOffKey(cloud.name, offer));
    if (wanted.has(cloud.name) || (back !== undefined && back.until > now)) continue;
    for (let i = 0; i < missing; i++) {
      if (caps.room(cloud, offer) !== null) break;
      caps.more(cloud.name, offer, null);
      provision.push({ cloud: cloud.name, offer, lease: single ? WARM : null, job: null, pod: null });
    }
  }

  const idle: Decision['idle'][number][] = [];
  for (const [node, place] of places) {
    const isIdle = node.online && node.running === 0;
    if (isIdle !== (node.idleSince !== null)) idle.push({ node, since: isIdle ? now : null });
    if (!isIdle || node.idleSince === null || kept.has(node) || supply.takersOf(place).length > 0) continue;
    const until = node.idleSince + (node.idleMinutes ?? 0) * 60_000;
    if (until <= now) terminate.push({ node, why: `idle for ${node.idleMinutes ?? 0} minutes`, ...QUIET });
    else due.push(until);
  }

  return {
    provision,
    bind,
    resume: alive.filter((n) => n.ref === null && clouds.some((c) => c.name === n.cloud)),
    terminate,
    orphans: orphansOf(input, due),
    idle,
    timeline: [...timeline.values()],
    lines,
    nextDue: due.length === 0 ? null : due.reduce((a, b) => Math.min(a, b)),
  };
}

/** Places that were left in this pass. */
class Left {
  private readonly keys = new Set<string>();
  private readonly byRequest = new Map<string, string>();
  add(node: CloudNode): void {
    const key = backOffKey(node.cloud, node);
    this.keys.add(key);
    if (node.lease !== null) this.byRequest.set(node.lease, key);
  }
  has(key: string): boolean {
    return this.keys.has(key);
  }
  /** Where that request was; what comes before it is not tried again. */
  of(request: string): string | null {
    return this.byRequest.get(request) ?? null;
  }
}

/** The first offer that may be taken (of those after one, where that is there still), or why none may; null: there is none. */
function choose(
  { clouds, backOff, now }: ProvisionInput,
  request: WaitingRequest,
  caps: CapCounts,
  due: number[],
  left: Left,
  after: string | null,
): { readonly cloud: string; readonly offer: Offer } | { readonly refusal: Why | null } {
  const serves = servesLabel(request.label);
  const all = clouds.flatMap((cloud) => cloud.plan(request).map((offer) => ({ cloud, offer, key: backOffKey(cloud.name, offer) })));
  let refusal: Why | null = null;
  for (const { cloud, offer, key } of all.slice(all.findIndex((o) => o.key === after) + 1)) {
    if (!serves({ name: null, ...offer }) || left.has(key)) continue;
    const back = backOff.get(key);
    const fields = { cloud: cloud.name, template: offer.template, ...(offer.place === undefined ? {} : { place: offer.place }) };
    const full = caps.full(cloud, offer, request.job);
    if (back !== undefined && back.until > now) {
      due.push(back.until);
      refusal ??= why('cloud-failed', back.message, fields);
    } else if (full !== null) refusal ??= whyFull(cloud.name, full, fields);
    else return { cloud: cloud.name, offer };
    if (offer.moveOn?.quota === false && (full !== null || back?.isFull === true)) break;
  }
  return { refusal };
}

/** Clouds that would serve it and are full, by a cap or by their own word; and which of their nodes would make room. */
function fullClouds({ clouds, backOff, now }: ProvisionInput, request: WaitingRequest, caps: CapCounts): Map<string, (node: CloudNode) => boolean> {
  const serves = servesLabel(request.label);
  const full = new Map<string, (node: CloudNode) => boolean>();
  for (const cloud of clouds) {
    // Where its folder has no share left, room is of no use to it.
    if (caps.folder(cloud.name, request.job) !== null) continue;
    for (const offer of cloud.plan(request)) {
      const cap = caps.room(cloud, offer);
      const back = backOff.get(backOffKey(cloud.name, offer));
      if (!serves({ name: null, ...offer }) || (cap === null && !(back !== undefined && back.until > now && back.isFull))) continue;
      const before = full.get(cloud.name);
      full.set(cloud.name, (node) => before?.(node) === true || cap === null || isWithin(node, cap));
    }
  }
  return full;
}

/** Nobody misses it. */
const QUIET = { lost: false, failed: false, moved: false, outcome: 'lost' } as const;

function endOf(node: CloudNode, cloud: CloudView | null, seen: Observed | null, now: number, due: number[]): Ended | null {
  // What the cloud itself says to have ended runs nothing any more.
  if (seen?.state === 'failed' || seen?.state === 'gone')
    return {
      why: seen.why ?? (seen.state === 'gone' ? 'it is gone' : 'it failed'),
      lost: true,
      failed: !node.connected,
      moved: false,
      outcome: seen.outcome ?? 'lost',
    };
  const isMissing = cloud?.observed != null && seen === null && node.ref !== null && !node.online;
  if (isMissing && cloud.observed.at > node.knownSince + GRACE_MS)
    return { why: `${node.cloud} does not have it any more`, lost: true, failed: !node.connected, moved: false, outcome: 'lost' };
  if (isMissing) due.push(node.knownSince + GRACE_MS + 1);
  if (node.running > 0) return null;
  if (node.lease !== null && node.lease !== WARM && !node.leaseLives) return { why: 'its build is done with it', ...QUIET };
  if (node.connected) {
    const silentUntil = (node.seenAt ?? node.createdAt) + node.connectMs;
    if (node.online) return null;
    if (silentUntil <= now) return { why: 'its agent is not heard any more', ...QUIET };
    due.push(silentUntil);
    return null;
  }
  const until = node.createdAt + node.connectMs;
  if (until <= now)
    return {
      why: `its agent did not connect within ${Math.round(node.connectMs / 1_000)} s${seen?.why == null ? '' : `: ${seen.why}`}`,
      lost: false,
      failed: true,
      moved: false,
      outcome: 'lost',
    };
  due.push(until);
  return null;
}

function orphansOf({ now, nodes, clouds, unknownSince }: ProvisionInput, due: number[]): Decision['orphans'][number][] {
  const names = new Set(nodes.map((n) => n.name));
  const out: Decision['orphans'][number][] = [];
  for (const { name: cloud, observed } of clouds)
    for (const { ref, name, state } of observed?.list ?? []) {
      if (names.has(name) || state === 'gone') continue;
      const since = unknownSince.get(unknownKey(cloud, ref));
      if (since === undefined) continue;
      // Seen once more after the grace: an old answer says nothing about now.
      if (now >= since + GRACE_MS && (observed?.at ?? 0) >= since + GRACE_MS) out.push({ cloud, ref, name });
      else due.push(Math.max(now + 1, since + GRACE_MS));
    }
  return out;
}

function asked(cloud: string, template: string, words = ''): Why {
  return why('cloud-asked', `A node is asked for from ${cloud} (${template})${words}`, { cloud, template });
}

function progress(tell: (lease: string, state: WaitState, reason: Why) => void, lease: string, node: CloudNode, seen: Observed | null): void {
  const { name, cloud, template } = node;
  const fields = { cloud, template, node: name };
  const words = seen?.why == null ? '' : `: ${seen.why}`;
  const state = seen?.state ?? 'asked for';
  if (node.online || (node.connected && state === 'running')) return;
  if (state === 'scheduled') tell(lease, 'scheduled', why('cloud-scheduled', `${name} is scheduled by ${cloud}${words}`, fields));
  else if (state === 'pulling') tell(lease, 'pulling', why('cloud-pulling', `${name} pulls its image${words}`, fields));
  else if (state === 'connecting' || state === 'running')
    tell(lease, 'connecting', why('cloud-connecting', `${name} is up, its agent connects${words}`, fields));
  else tell(lease, 'asked for', asked(cloud, template, words));
}
