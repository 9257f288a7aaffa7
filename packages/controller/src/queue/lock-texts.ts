/** What the console and the page say about a lock that is not free: LockStepExecution.printBlockCause and LockableResource.getLockCauseDetail. */
import { matching } from './lock-picking.ts';
import type { LockRequest, LockState, Resource, Waiter, Want } from './lock-state.ts';
import { dateText, timeText } from './moment-text.ts';
import type { Why } from './why.ts';
import { why } from './why.ts';

/** `setAside`: resource → the waiter that it is kept for. */
export function blockTexts(request: LockRequest, state: LockState, setAside: ReadonlyMap<string, Waiter>): string[] {
  const texts = request.wants.flatMap((want) => causeOf(want, state, setAside, request) ?? []);
  if (!request.skip) texts.push(`[${request.name}] is not free, waiting for execution ...`);
  return texts;
}

/** Null where nobody waits under this id. */
export function whyWaiting(state: LockState, id: string): Why | null {
  const waiter = state.waiters.find((w) => w.id === id);
  if (waiter === undefined) return null;
  const causes = waiter.wants.flatMap((want) => causeOf(want, state, new Map(), waiter) ?? []);
  const position = state.waiters.indexOf(waiter) + 1;
  return why('lock', causes.length > 0 ? causes.join(' ') : `[${waiter.name}] is not free, waiting for execution ...`, { lock: waiter.name, position });
}

function causeOf(want: Want, { resources, holds }: LockState, setAside: ReadonlyMap<string, Waiter>, request: LockRequest): string | null {
  const all = matching(want, resources);
  const isFree = (r: Resource): boolean => r.reservedBy === null && !holds.some((h) => h.resource === r.name);
  const kept = (r: Resource): Waiter | null => {
    const keeper = setAside.get(r.name);
    return keeper === undefined || keeper.id === request.id ? null : keeper;
  };
  if (want.resource === null) {
    const amount = want.quantity > 0 ? want.quantity : all.length;
    if (all.length < amount)
      return `WARNING: Found ${all.length} possible resource(s). Waiting for correct amount: ${amount}.This may remain stuck, until you create enough resources`;
    const free = all.filter((r) => isFree(r) && kept(r) === null).length;
    return free < amount || amount === 0 ? `Found ${free} available resource(s). Waiting for correct amount: ${amount}.` : null;
  }
  const [resource] = all;
  if (resource === undefined) return null;
  if (resource.reservedBy !== null) return `The resource [${resource.name}] is reserved by ${resource.reservedBy}.`;
  const hold = holds.find((h) => h.resource === resource.name);
  if (hold !== undefined) {
    const { fullDisplayName, displayName } = hold.build;
    // Jenkins prints the name and then a link whose text is the short one.
    return `The resource [${resource.name}] is locked by build ${fullDisplayName} ${displayName} since ${dateText(hold.since)}, ${timeText(hold.since, false)}.`;
  }
  const keeper = kept(resource);
  return keeper === null ? null : `The resource [${resource.name}] is set aside for build ${keeper.build.fullDisplayName}, which was overtaken too often.`;
}
