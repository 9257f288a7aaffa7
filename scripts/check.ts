/** Everything that can be checked without running a test: `npm run check`. Each failure names the command that mends it. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { checkErrorCodes } from './check-errors.ts';
import { checkImports } from './check-imports.ts';
import { checkSteps } from './check-steps.ts';
import { checkTexts } from './check-texts.ts';

interface Check {
  readonly name: string;
  readonly mend: string;
  readonly run: () => readonly string[] | Promise<readonly string[]>;
}

function command(...words: readonly string[]): () => readonly string[] {
  return () => {
    const r = spawnSync(words[0] as string, words.slice(1), { encoding: 'utf8', maxBuffer: 64 << 20 });
    return r.status === 0 ? [] : `${r.stdout}${r.stderr}`.trimEnd().split('\n');
  };
}

const CHECKS: readonly Check[] = [
  { name: 'types', mend: 'see the messages', run: command('node_modules/.bin/tsc', '-p', 'tsconfig.json') },
  { name: 'types of the page', mend: 'see the messages', run: command('node_modules/.bin/tsc', '-p', 'packages/web/tsconfig.json', '--noEmit') },
  { name: 'lint and format', mend: 'npm run format', run: command('node_modules/.bin/biome', 'ci', '--max-diagnostics=40', '--colors=off') },
  { name: 'imports', mend: 'move the code to the room that may have it, or change the table in scripts/check-imports.ts with an ADR', run: checkImports },
  { name: 'error codes', mend: 'add the code to docs/errors.md, or take it out there', run: checkErrorCodes },
  { name: 'docs/steps.md', mend: 'npm run docs:steps', run: checkSteps },
  { name: 'texts', mend: 'see the messages', run: checkTexts },
];

let failures = 0;
for (const check of CHECKS) {
  const problems = await check.run();
  process.stdout.write(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${check.name}\n`);
  if (problems.length > 0) {
    failures++;
    process.stdout.write(`${problems.map((p) => `  ${p}`).join('\n')}\n  to mend: ${check.mend}\n`);
  }
}
process.exitCode = failures === 0 ? 0 : 1;
