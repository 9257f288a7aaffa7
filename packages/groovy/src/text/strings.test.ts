import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runScript } from '../run-script.ts';

/** What the script prints, line by line. */
function run(source: string): string[] {
  let printed = '';
  runScript(source, {
    fileName: 'strings.groovy',
    print: (text) => {
      printed += text;
    },
  });
  return printed.split('\n');
}
const recorded = (name: string): string => readFileSync(new URL(`./recorded/${name}`, import.meta.url), 'utf8');

// The .txt files hold what Groovy 2.4.21 on JDK 17 prints for the scripts beside them.
for (const name of ['strings', 'calls']) {
  test(`${name}.groovy prints what Groovy prints`, () => {
    assert.deepEqual(run(recorded(`${name}.groovy`)), recorded(`${name}.txt`).split('\n'));
  });
}

test('appending to a builder a million times takes no time worth telling', () => {
  assert.deepEqual(
    run(`
    def sb = new StringBuilder()
    for (int i = 0; i < 300000; i++) { sb << 'x'; sb.append(i) }
    println sb.length()
    for (int i = 0; i < 100000; i++) sb.setCharAt(i, 'y' as char)
    println sb.substring(99998, 100002).startsWith('yy')
  `),
    ['1988890', 'true', ''],
  );
});

test('a script cannot make a text larger than its limits', () => {
  for (const expression of [
    "'x' * 2000000000",
    "'x'.padLeft(2000000000)",
    "'xx'.repeat(1000000000)",
    "'abc'.center(2147483647)",
    'new StringBuilder().setLength(2000000000)',
    "('a' * 1000).replaceAll('', 'b' * 10000000)",
  ]) {
    assert.deepEqual(run(`try { ${expression}; println 'made' } catch (OutOfMemoryError e) { println 'refused' }`), ['refused', ''], expression);
  }
});
