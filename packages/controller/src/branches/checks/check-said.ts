/** What a check run says, as `check_runs.said` keeps it. Words and limits are those of https://docs.github.com/en/rest/checks/runs */

import type { CheckRequest } from '@millrace/pipeline';

export type CheckConclusion = NonNullable<CheckRequest['conclusion']>;
export type CheckAnnotation = CheckRequest['annotations'][number];
export type CheckAction = CheckRequest['actions'][number];
export type CheckOutput = NonNullable<CheckRequest['output']>;

export interface CheckSaid {
  readonly status: CheckRequest['status'];
  /** Of one that is completed. */
  readonly conclusion: CheckConclusion | null;
  /** An address, or a path below the root address. */
  readonly url: string;
  /** `build`: it is made of the build's stages and log when it is sent. */
  readonly output: CheckOutput | 'build' | null;
  /** With the last lines of failed steps. */
  readonly logs: boolean;
  /** All of its life: GitHub adds those of each request to what it has. */
  readonly annotations: readonly CheckAnnotation[];
  readonly actions: readonly CheckAction[];
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  /** Asks that have said something here: none says it twice. */
  readonly asks: readonly string[];
}

/** Of one text, in characters. */
export const LARGEST_TEXT = 65_535;
/** Of one run; further ones are left out. */
export const MOST_ANNOTATIONS = 2_000;

export const CUT = '\n\nOutput truncated.';

export function cutText(text: string, largest = LARGEST_TEXT): string {
  if (text.length <= largest) return text;
  const cut = text.slice(0, largest - CUT.length);
  // Not in the middle of a character of two parts.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}${CUT}`;
}
