import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatted } from './change-tokens.ts';

test('formats are those of token-macro: %x by a table, %% and escapes of Java; what is unknown stays', () => {
  const values = { a: () => 'Ann', m: () => 'Fix %a \\n it' };
  assert.equal(formatted('[%a] %m\\n\\t%x 100%% \\q %', values), '[Ann] Fix %a \\n it\n\t%x 100% q %');
});

test('any format is taken, and nothing of a value is a format again', () => {
  const parts = ['%', '\\', 'a', 'p', 'n', '%%', '\\n', '%a', '%p', '$&', '$1', '\u{1F600}', '\n', '%constructor', '%_'];
  for (let seed = 1; seed < 5_000; seed++) {
    let rest = seed * 7_919;
    let format = '';
    while (rest > 0) {
      format += parts[rest % parts.length];
      rest = Math.floor(rest / parts.length);
    }
    const text = formatted(format, { a: () => '<%p\\n$&>', p: () => '<p>' });
    const wanted = (format.match(/%[^]|\\[^]/g) ?? []).filter((one) => one === '%a').length;
    assert.equal((text.match(/<%p\\n\$&>/g) ?? []).length, wanted, format);
  }
});
