/**
 * Whatever a script does, the evaluator ends it in bounded work and tells what is wrong in Java's words: never with an
 * error of JavaScript, which the runtime turns into a `java.lang.InternalError`.
 *
 * `FUZZ_SCRIPTS=100000 FUZZ_SEED=7 node --test …` runs more than CI does; `FUZZ_TRACE=file` writes the seed that is at
 * work there, for one that does not end.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { collectionLibrary } from '../../src/collections/index.ts';
import { dataLibrary } from '../../src/data/index.ts';
import { CompilationError, JavaThrowable, runScript, standardIndex } from '../../src/index.ts';
import { numberLibrary } from '../../src/numbers/index.ts';
import { objectLibrary } from '../../src/objects/index.ts';
import { evaluatorLibrary } from '../../src/runtime/natives.ts';
import { textLibrary } from '../../src/text/index.ts';
import { timeLibrary } from '../../src/time/index.ts';
import { program } from './program.ts';

const SCRIPTS = Number(process.env.FUZZ_SCRIPTS ?? 500);
const FIRST = Number(process.env.FUZZ_SEED ?? 1) * 1_000_000;

/** Names of all methods that the library declares; those of every object come more often. */
function methodNames(): string[] {
  const names = new Set<string>();
  for (const library of [evaluatorLibrary, objectLibrary, numberLibrary, textLibrary, collectionLibrary, timeLibrary, dataLibrary]) {
    for (const table of [...library.classes.flatMap((c) => [c.methods, c.statics]), ...library.extensions.map((x) => x.methods)])
      for (const signature of Object.keys(table ?? {})) names.add(signature.slice(0, signature.indexOf('(')));
  }
  // These wait or make the text of everything there is.
  for (const name of ['sleep', 'wait', 'upto', 'downto', 'step']) names.delete(name);
  const often = [
    'each',
    'collect',
    'find',
    'findAll',
    'inject',
    'sort',
    'join',
    'toString',
    'plus',
    'minus',
    'replaceAll',
    'split',
    'with',
    'groupBy',
    'get',
    'put',
    'add',
    'remove',
    'size',
  ];
  return [...names, ...often, ...often, ...often].filter((n) => /^[a-zA-Z]\w*$/.test(n));
}

test('random scripts end within their limits and fail in no other way than Java does', () => {
  const methods = { names: methodNames() };
  const index = standardIndex();
  const found = new Map<string, number>();
  let compiled = 0;
  for (let seed = FIRST; seed < FIRST + SCRIPTS; seed++) {
    const source = program(seed, methods);
    let printed = '';
    let slices = 0;
    if (process.env.FUZZ_TRACE !== undefined) writeFileSync(process.env.FUZZ_TRACE, String(seed));
    const note = (what: string): void => {
      const kind = what.split('\n')[0]?.slice(0, 300) as string;
      if (!found.has(kind)) found.set(kind, seed);
    };
    try {
      runScript(source, {
        fileName: 'fuzz.groovy',
        sandbox: true,
        index,
        print: (text) => {
          if (printed.length < 100_000) printed += text;
        },
        limits: { slice: 2_000, allocation: 200_000, nestedSlices: 3, depth: 200 },
        interrupt: () => (++slices > 20 ? new JavaThrowable('java.lang.InterruptedException', 'enough') : null),
      });
      compiled++;
    } catch (failure) {
      if (failure instanceof JavaThrowable) {
        compiled++;
        if (failure.typeName === 'java.lang.InternalError') note(`${failure.detail}`);
      } else if (!(failure instanceof CompilationError)) note(`thrown: ${failure instanceof Error ? failure.stack : failure}`);
    }
    for (const line of printed.matchAll(/java\.lang\.InternalError: [^\n]*/g)) note(line[0]);
  }
  assert.deepEqual(
    [...found].map(([what, seed]) => `seed ${seed}: ${what}`),
    [],
  );
  assert.ok(compiled > SCRIPTS / 2, `only ${compiled} of ${SCRIPTS} scripts compiled`);
});
