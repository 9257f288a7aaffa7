/** What the server finds wrong with a script while it is typed: asked some 300 ms after the last key, shown at its place. */
import type { Diagnostic } from '@codemirror/lint';
import { linter, lintGutter, lintKeymap } from '@codemirror/lint';
import type { Extension, Text } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { ask } from '../api/client.ts';
import type { CheckedScript } from '../api/shapes.ts';

const AFTER_TYPING_MS = 300;

/** Null: it could not be checked. */
export type Verdict = CheckedScript | null;

export function scriptCheck(told: (verdict: Verdict) => void): Extension {
  let under: AbortController | null = null;
  return [
    linter(
      async (view) => {
        under?.abort();
        under = new AbortController();
        const { doc } = view.state;
        try {
          const checked = await ask<CheckedScript>(['validate'], { method: 'POST', body: { script: doc.toString() }, signal: under.signal });
          told(checked);
          return checked.errors.map((error) => diagnosticOf(doc, error));
        } catch (error) {
          // What was typed on is asked about anew.
          if ((error as Error).name !== 'AbortError') told(null);
          return [];
        }
      },
      { delay: AFTER_TYPING_MS },
    ),
    lintGutter(),
    keymap.of(lintKeymap),
  ];
}

/** From its place to the end of the word there; of what lies behind the end, the last character. */
export function diagnosticOf(doc: Text, { line, column, message }: CheckedScript['errors'][number]): Diagnostic {
  const at = doc.line(Math.min(line, doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  const word = /^\w+/.exec(at.text.slice(from - at.from))?.[0].length ?? 1;
  return { from, to: Math.min(from + word, at.to), severity: 'error', message };
}
