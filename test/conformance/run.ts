/**
 * Runs conformance cases: what Jenkins itself does, read out of its plug-ins' own tests.
 * `npm run conformance -- FILE.jsonl… [--only TEXT] [--verbose]`
 *
 * The cases stay where they are; this folder holds the ledger of accepted differences (`ledger.txt`: the case's id, a
 * tab, the reason). The run fails when a case that is not listed fails, or a listed one passes.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { EvalCase } from './eval-case.ts';
import { differencesOfEval } from './eval-case.ts';
import { readLedger } from './ledger.ts';
import type { RunCase } from './run-case.ts';
import { differencesOfRun } from './run-case.ts';

type Case = EvalCase | RunCase;

const args = process.argv.slice(2);
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : null;
const verbose = args.includes('--verbose');
const files = args.filter((a, i) => !a.startsWith('--') && args[i - 1] !== '--only');
if (files.length === 0) {
  process.stderr.write('usage: npm run conformance -- FILE.jsonl… [--only TEXT] [--verbose]\n');
  process.exit(64);
}

const ledger = readLedger('ledger.txt');

let passed = 0;
let failed = 0;
for (const file of files) {
  const cases = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
    .filter((c) => only === null || c.id.includes(only));
  let good = 0;
  let listed = 0;
  const results = await Promise.all(inTurns(cases, 2));
  for (const { c, differences } of results) {
    const reason = ledger.get(c.id);
    if (differences.length === 0) {
      good++;
      if (reason === undefined) passed++;
      else {
        failed++;
        process.stdout.write(`PASSES, though ledger.txt lists it: ${c.id}\n`);
      }
    } else if (reason !== undefined) {
      listed++;
      if (verbose) process.stdout.write(`listed ${c.id}: ${reason}\n`);
    } else {
      failed++;
      process.stdout.write(`\nFAILED ${c.id}\n${differences.map((d) => `  ${d.replaceAll('\n', '\n  ')}`).join('\n')}\n`);
    }
  }
  process.stdout.write(
    `${path.basename(file)}: ${good} of ${cases.length} (${((100 * good) / Math.max(1, cases.length)).toFixed(1)} %), ${listed} listed in the ledger\n`,
  );
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** Starts at most `width` cases at a time; results in the cases' order. */
function inTurns(cases: readonly Case[], width: number): Promise<{ readonly c: Case; readonly differences: readonly string[] }>[] {
  const turns: Promise<unknown>[] = [];
  return cases.map((c, i) => {
    const before = turns[i - width] ?? Promise.resolve();
    const result = before.then(async () => ({ c, differences: await differences(c) }));
    turns.push(result);
    return result;
  });
}

async function differences(c: Case): Promise<readonly string[]> {
  try {
    return c.kind === 'eval' ? differencesOfEval(c) : await differencesOfRun(c);
  } catch (e) {
    return [`the harness failed: ${e instanceof Error ? e.stack : String(e)}`];
  }
}
