/** The conditions of `retry(conditions: [...])`. */
import { JavaThrowable } from '@millrace/groovy';
import type { Described } from './described.ts';

/** Codes of failures that came from the machine and not from what ran on it. */
const AGENT_CODES: ReadonlySet<string> = new Set(['MR_NODE_LOST', 'MR_CONTAINER_LOST', 'MR_POD_ENDED']);
/** As KubernetesAgentErrorCondition: a pod that ended by what ran in it, or at its deadline, would do so again. */
const POD_CODES: ReadonlySet<string> = new Set(['MR_NODE_LOST', 'MR_CONTAINER_LOST']);

/** Whether that machine, and no other one, was lost, in a way that another one may be spared. */
export function isLossOf(error: unknown, lease: string): error is JavaThrowable {
  return error instanceof JavaThrowable && hasCode(error, POD_CODES) && (error.data as { readonly lease?: unknown }).lease === lease;
}

export function matchesConditions(error: JavaThrowable, conditions: readonly (Described | null)[]): boolean {
  return conditions.some((condition) => {
    switch (condition?.kind) {
      case 'agent':
      case 'AgentErrorCondition':
        return hasCode(error, AGENT_CODES);
      case 'kubernetesAgent':
      case 'KubernetesAgentErrorCondition':
        return hasCode(error, POD_CODES);
      // Steps that a restart of the server ended: there are none here.
      default:
        return false;
    }
  });
}

function hasCode(error: JavaThrowable, codes: ReadonlySet<string>): boolean {
  const code = (error.data as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && codes.has(code);
}
