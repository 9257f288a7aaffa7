/** For tests: runs expressions in one script and holds what they print against what Groovy printed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runScript } from '../../run-script.ts';

export interface Answers {
  readonly imports?: string;
  /** Statements before the expressions. */
  readonly prelude?: string;
  readonly answers: readonly (readonly [expression: string, printed: string])[];
}

/** The moment at which the scripts run: Sat Nov 21 02:06:02 UTC 2026. */
export const NOW = 1_795_226_762_345;
const END = '\u0001';
const ANSWER = `def answer = { question ->
  try { print(String.valueOf(question())) } catch (Throwable t) { print(t.class.name + ': ' + t.message) }
  print('\\u0001')
}`;

/** What each expression prints; an exception as its class and message. */
export function printed({ imports = '', prelude = '' }: Omit<Answers, 'answers'>, expressions: readonly string[]): string[] {
  let text = '';
  const source = [imports, ANSWER, prelude, ...expressions.map((expression) => `answer { ${expression} }`)].join('\n');
  runScript(source, {
    fileName: 'answers.groovy',
    print: (part) => {
      text += part;
    },
    world: { now: () => NOW, timeZone: () => 'Etc/UTC' },
  });
  return text.split(END).slice(0, -1);
}

/** One test for each expression. */
export function checkAnswers(spec: Answers): void {
  const actual = printed(
    spec,
    spec.answers.map(([expression]) => expression),
  );
  spec.answers.forEach(([expression, expected], i) => {
    test(expression, () => {
      assert.equal(actual[i], expected);
    });
  });
}
