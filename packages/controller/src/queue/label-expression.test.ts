import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabelExpressionError, labelText, parseLabelExpression } from './label-expression.ts';
import { random } from './testing/random.ts';

const LABELS = new Set(['linux', 'docker', 'x86-64', 'my node']);
for (const [expression, expected, text] of [
  ['linux', true, 'linux'],
  ['windows', false, 'windows'],
  ['linux && docker', true, 'linux&&docker'],
  ['linux&&!docker', false, 'linux&&!docker'],
  ['windows || docker', true, 'windows||docker'],
  ['!(windows || mac)', true, '!(windows||mac)'],
  ['x86-64', true, 'x86-64'],
  ['"my node"', true, '"my node"'],
  ['"linux"', true, 'linux'],
  ['linux -> docker', true, 'linux->docker'],
  ['windows -> mac', true, 'windows->mac'],
  ['linux->windows', false, 'linux->windows'],
  ['linux <-> windows', false, 'linux<->windows'],
  ['windows<->mac<->linux', true, 'windows<->mac<->linux'],
  ['linux && (mac || docker)', true, 'linux&&(mac||docker)'],
  ['((linux))', true, '((linux))'],
  // && before ||, both before ->, that before <->
  ['linux || windows && mac', true, 'linux||windows&&mac'],
  ['linux -> windows || docker', true, 'linux->windows||docker'],
  ['windows <-> linux -> mac', true, 'windows<->linux->mac'],
  ['a--b || -', false, 'a--b||-'],
  ['a#b:1', false, '"a#b:1"'],
  ['"a\\"b\\\\" || linux', true, '"a\\"b\\\\"||linux'],
] as const) {
  test(`${expression} is ${expected}`, () => {
    const parsed = parseLabelExpression(expression);
    assert.equal(parsed.matches(LABELS), expected);
    assert.equal(parsed.text, text);
  });
}

for (const [wrong, column, reason] of [
  ['', 1, 'a label is missing at the end'],
  ['&& a', 1, 'a label is expected, not &&'],
  ['a b', 3, 'an operator is expected, not b'],
  ['(a', 3, 'a closing parenthesis is missing at the end'],
  ['a)', 2, 'an operator is expected, not )'],
  ['a ||', 5, 'a label is missing at the end'],
  ['"', 1, 'the quotation does not end'],
  ['a & b', 3, 'unexpected &'],
  ["'a'", 1, "unexpected '"],
  ['!!a', 2, 'a label is expected, not !'],
  ['a -> b -> c', 8, 'an operator is expected, not ->'],
  [`${'('.repeat(100_000)}a`, 201, 'more than 200 parentheses are open'],
] as const) {
  test(`“${wrong.slice(0, 20)}” is no label expression: ${reason}`, () => {
    assert.throws(
      () => parseLabelExpression(wrong),
      (e: unknown) => e instanceof LabelExpressionError && e.code === 'MR_LABEL_EXPRESSION' && e.column === column && e.reason === reason,
    );
  });
}

test('the labels of an expression are known', () => {
  assert.deepEqual([...parseLabelExpression('a && !(b || "c d") -> a').labels], ['a', 'b', 'c d']);
});

test('a chain of any length is read and matched', () => {
  const names = Array.from({ length: 50_000 }, (_, i) => `l${i}`);
  assert.equal(parseLabelExpression(names.join('||')).matches(new Set(['l49999'])), true);
  assert.equal(parseLabelExpression(names.join(' && ')).matches(new Set(names)), true);
});

test('every name comes back from its written form', () => {
  const rnd = random(7);
  for (let round = 0; round < 5000; round++) {
    let name = '';
    for (let n = 1 + rnd(6); n > 0; n--) name += rnd.pick(['a', '-', '>', '"', '\\', "'", ' ', '\n', '\t', '.', '&', '(', 'é', ':', '#', '\f']);
    assert.deepEqual([...parseLabelExpression(labelText(name)).labels], [name], JSON.stringify(name));
  }
});

test('whatever is read, it is an expression whose normal form means the same, or a coded error', () => {
  const rnd = random(20261128);
  const pieces = ['a', 'b', 'c', '&&', '||', '!', '->', '<->', '(', ')', '"a"', '"', ' ', '-', '\\', '&', '\t'];
  let good = 0;
  for (let round = 0; round < 30_000; round++) {
    let source = '';
    for (let n = rnd(9); n >= 0; n--) source += rnd(40) === 0 ? String.fromCharCode(rnd(0x2fff)) : rnd.pick(pieces);
    try {
      const parsed = parseLabelExpression(source);
      const again = parseLabelExpression(parsed.text);
      assert.equal(again.text, parsed.text);
      for (const labels of [[], ['a'], ['b'], ['a', 'b'], ['a', 'b', 'c']])
        assert.equal(again.matches(new Set(labels)), parsed.matches(new Set(labels)), JSON.stringify(source));
      good++;
    } catch (e) {
      assert.ok(e instanceof LabelExpressionError, `${JSON.stringify(source)}: ${String(e)}`);
      assert.ok(e.column >= 1 && e.column <= source.length + 1);
    }
  }
  assert.ok(good > 1000);
});
