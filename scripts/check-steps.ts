/** docs/steps.md says what the registry of steps says, and the registry holds each name once. */
import { existsSync, readFileSync } from 'node:fs';
import { STEPS } from '@millrace/pipeline';
import { STEPS_DOC, stepsDocument } from './steps-doc.ts';

export function checkSteps(): string[] {
  const problems: string[] = [];
  const names = STEPS.map((step) => step.name);
  for (const name of new Set(names)) if (names.filter((n) => n === name).length > 1) problems.push(`the step ${name} is registered twice`);
  const written = existsSync(STEPS_DOC) ? readFileSync(STEPS_DOC, 'utf8') : '';
  const wanted = stepsDocument();
  if (written !== wanted) {
    const a = written.split('\n'),
      b = wanted.split('\n');
    const line = b.findIndex((text, i) => text !== a[i]);
    problems.push(`${STEPS_DOC} is not what the registry says, from line ${line + 1} on: ${JSON.stringify(b[line] ?? '')}`);
  }
  return problems;
}
