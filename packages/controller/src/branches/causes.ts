/** Why a scan or a build was started, as Jenkins' branch-api plug-in says it. */
import type { Cause } from '../builds/records.ts';

export const INDEXING: Cause = { type: 'jenkins.branch.BranchIndexingCause', text: 'Branch indexing' };

export function eventCause(text: string): Cause {
  return { type: 'jenkins.branch.BranchEventCause', text };
}

const MOST = 20;

/** Each text once, and not endlessly many. */
export function mergedTexts(known: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...known, ...more])].slice(0, MOST);
}
