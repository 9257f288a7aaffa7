/**
 * Chains of places: a node pool, then a serverless one, then another cluster. A node that its cloud cannot start is given up for
 * the next offer that serves the same request and can be asked now; where there is none it goes on waiting. Pure.
 */
import type { MoveOn, Observed } from './cloud.ts';

/** Of a node whose agent has never been heard: why it is to be given up now, or when that is to be looked at again; null: never. */
export function reasonToMoveOn(
  { moveOn, createdAt }: { readonly moveOn: MoveOn; readonly createdAt: number },
  seen: Observed | null,
  now: number,
): { readonly why: string } | { readonly due: number } | null {
  const hasStarted = seen?.state === 'connecting' || seen?.state === 'running';
  if (hasStarted) return null;
  const { pendingSeconds = null, noCapacitySeconds = null } = moveOn;
  const words = seen?.why == null ? '' : `: ${seen.why}`;
  const dues: number[] = [];
  const isDue = (seconds: number): boolean => {
    const at = createdAt + seconds * 1_000;
    if (at <= now) return true;
    dues.push(at);
    return false;
  };
  if (noCapacitySeconds !== null && seen?.noCapacity === true && isDue(noCapacitySeconds)) return { why: `there is no capacity for it${words}` };
  if (pendingSeconds !== null && isDue(pendingSeconds)) return { why: `it has not started within ${pendingSeconds} s${words}` };
  return dues.length === 0 ? null : { due: Math.min(...dues) };
}
