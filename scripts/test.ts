/**
 * Runs the tests: all of them, or the files and folders given. `npm test`, `npm test -- packages/groovy`. Those that need a
 * Kubernetes cluster are `npm run test:kubernetes`. Those after `--then` are run when all others are over, one file at a time.
 * Says what failed and what was skipped, and ends with `N passed, N failed`.
 */
import { globSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { run } from 'node:test';

// Each file is a process of its own, and reads hundreds of modules: what their types are stripped to, and V8 makes of it, is kept.
process.env['NODE_COMPILE_CACHE'] ??= path.resolve('node_modules/.cache/compile');

const args = process.argv.slice(2);
const then = args.indexOf('--then');
const together = then === -1 ? args : args.slice(0, then);
const alone = then === -1 ? [] : args.slice(then + 1);
const files = (args.length === 0 ? ['packages', 'test', 'scripts'] : together)
  .flatMap((path) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory()
      ? globSync(`${path}/**/*.test.ts`, { exclude: (name) => name === 'node_modules' || name.endsWith('.kubernetes.test.ts') })
      : [path],
  )
  .sort();

interface Result {
  readonly name: string;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined; readonly error?: { readonly message: string; readonly cause?: unknown } | undefined };
}

let passed = 0;
let failed = 0;
const skipped: string[] = [];
await runAll(files, Math.max(1, availableParallelism()));
await runAll(alone, 1);

for (const line of skipped) process.stdout.write(`skipped: ${line}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function runAll(files: readonly string[], concurrency: number): Promise<void> {
  if (files.length === 0) return;
  const stream = run({ files, concurrency, forceExit: false });
  stream.on('test:pass', (result: Result) => {
    if (result.details.type === 'suite') return;
    if (result.skip !== undefined && result.skip !== false) skipped.push(`${result.name}: ${result.skip === true ? 'no reason given' : result.skip}`);
    else passed++;
  });
  stream.on('test:fail', (result: Result) => {
    if (result.details.type === 'suite') return;
    failed++;
    const cause = result.details.error?.cause;
    process.stdout.write(
      `\nFAILED ${result.name}\n  ${result.file ?? ''}\n${cause instanceof Error ? cause.stack : String(cause ?? result.details.error?.message)}\n`,
    );
  });
  stream.on('test:stderr', (data: { readonly message: string }) => {
    process.stderr.write(data.message);
  });
  for await (const _ of stream) {
    /* the listeners above read it */
  }
}
