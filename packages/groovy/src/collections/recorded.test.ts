/**
 * Scripts of many small checks, each printing `name => class value` or what it threw, against the answers of
 * Groovy 2.4.21 on JDK 17 (`recorded/`).
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runScript } from '../run-script.ts';

for (const name of ['basics', 'corners']) {
  const read = (ext: string): string => readFileSync(new URL(`./recorded/${name}.${ext}`, import.meta.url), 'utf8');
  test(`collections answer as Groovy does: ${name}`, () => {
    let output = '';
    runScript(read('groovy'), {
      fileName: 'checks.groovy',
      print: (text) => {
        output += text;
      },
    });
    const got = output.split('\n'),
      expected = read('txt').split('\n');
    for (const [i, line] of expected.entries()) assert.equal(got[i], line);
    assert.equal(got.length, expected.length);
  });
}
