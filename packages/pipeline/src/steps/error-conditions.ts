/** The conditions of `retry(conditions: [...])`. */
import type { JavaThrowable } from '@millrace/groovy';
import type { Described } from './described.ts';

/** Codes of failures that came from the machine and not from what ran on it. */
const AGENT_CODES: ReadonlySet<string> = new Set(['MR_NODE_LOST']);

export function matchesConditions(error: JavaThrowable, conditions: readonly (Described | null)[]): boolean {
  return conditions.some((condition) => {
    switch (condition?.kind) {
      case 'agent':
      case 'kubernetesAgent':
      case 'AgentErrorCondition':
      case 'KubernetesAgentErrorCondition': {
        const code = (error.data as { code?: unknown } | null | undefined)?.code;
        return typeof code === 'string' && AGENT_CODES.has(code);
      }
      // Steps that a restart of the server ended: there are none here.
      default:
        return false;
    }
  });
}
