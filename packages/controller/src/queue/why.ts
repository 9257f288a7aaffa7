import type { WhyCode } from '@millrace/protocol';

/**
 * Why something waits: a stable code for machines, a text for people (Jenkins' where Jenkins has one: CauseOfBlockage,
 * Messages.properties), and the values of the text as fields.
 */
export interface Why {
  /** Of WHY_CODES, or of another version's. */
  readonly code: string;
  readonly message: string;
  readonly fields: { readonly [name: string]: string | number | boolean | null | readonly string[] };
}

export function why(code: WhyCode, message: string, fields: Why['fields'] = {}): Why {
  return { code, message, fields };
}

/** Several reasons as one, as CompositeCauseOfBlockage tells them: each once, sorted, five at most. */
export function together(code: WhyCode, reasons: readonly Why[], fields: Why['fields'] = {}): Why {
  const texts = [...new Set(reasons.map((r) => r.message))].sort();
  const more = texts.length - MOST_TOLD;
  return why(code, texts.slice(0, MOST_TOLD).join('; ') + (more > 0 ? `; ... and ${more} more` : ''), fields);
}
const MOST_TOLD = 5;
