import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runScript } from '../run-script.ts';

function printed(source: string): string {
  let out = '';
  runScript(source, {
    fileName: 'a.groovy',
    print: (text) => {
      out += text;
    },
  });
  return out;
}

test('a labelled block leaves its loops alone', () => {
  assert.equal(printed('body: { for (a in [1]) { for (b in [1, 2]) { println b; break } } }'), '1\n');
});

test('break leaves a labelled switch, break and continue name a loop', () => {
  assert.equal(printed('out: switch (1) { case 1: for (i in 1..3) { if (i == 2) break out; println i } }'), '1\n');
  assert.equal(
    printed('outer: for (a in 1..3) { inner: for (b in 1..3) { if (b == 2) continue outer; if (a == 3) break outer; println "$a$b" } }'),
    '11\n21\n',
  );
});
