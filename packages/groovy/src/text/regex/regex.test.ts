import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JavaThrowable } from '../../runtime/values.ts';
import { newBudget } from './machine.ts';
import { JavaMatcher } from './matcher.ts';
import { JavaPattern } from './pattern.ts';
import type { Match } from './regex.ts';

/** `[pattern, flags, text, answer]`; an answer is JDK 17's error message, or whether the text matches and each find's groups' ends. */
type Row = readonly [string, number, string, string | readonly [number, ...number[][]]];
const rows: Row[] = readFileSync(new URL('./jdk17-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

const ends = (match: Match, groups: number): number[] => Array.from({ length: groups + 1 }, (_, i) => [match.startOf(i), match.endOf(i)]).flat();

function answer(pattern: string, flags: number, text: string): unknown {
  let compiled: JavaPattern;
  try {
    compiled = new JavaPattern(pattern, flags);
  } catch (failure) {
    assert.ok(failure instanceof JavaThrowable);
    return failure.detail;
  }
  const finds: number[][] = [];
  const matcher = new JavaMatcher(compiled, text);
  while (matcher.find()) finds.push(Array.from({ length: matcher.groupCount + 1 }, (_, i) => [matcher.start(i), matcher.end(i)]).flat());
  return [compiled.matches(text) ? 1 : 0, ...finds];
}

test('finds, groups and error messages are those of JDK 17', () => {
  for (const [pattern, flags, text, expected] of rows) assert.deepEqual(answer(pattern, flags, text), expected, JSON.stringify([pattern, flags, text]));
});

test('the fast way gives what the own engine gives', () => {
  const random = generator(7);
  const pick = (items: readonly string[]): string => items[Math.floor(random() * items.length)] as string;
  const parts = ['a', 'b', '[ab]', '.', '\\d', '[^a]', '(a)', '(a|b)', '(?:ab)', '\\b', '^', '$', '\\s', '(?=a)', '(?<!b)', 'é', '(?m)$', '(?i)B'];
  const endings = ['', '', '*', '+', '?', '*?', '{1,2}', '{2}'];
  for (let i = 0; i < 1500; i++) {
    let source = '';
    for (let n = 0; n < 4; n++) source += pick(parts) + (random() < 0.5 ? pick(endings) : '') + (random() < 0.1 ? '|' : '');
    let text = '';
    for (let n = 0; n < 12; n++) text += pick(['a', 'b', 'B', '1', ' ', '\n', '\r', 'é']);
    let pattern: JavaPattern;
    try {
      pattern = new JavaPattern(source);
    } catch (failure) {
      assert.ok(failure instanceof JavaThrowable);
      continue;
    }
    const input = { text, from: 0, to: text.length, anchoring: true, transparent: false, lastEnd: 0 };
    for (const mode of ['search', 'at', 'whole'] as const) {
      for (let at = 0; at <= (mode === 'search' ? text.length : 0); at++) {
        const fast = pattern.regex.match(input, at, mode, newBudget());
        const slow = pattern.regex.matchSlowly(input, at, mode, newBudget());
        const show = (m: Match | null): unknown =>
          m && [...ends(m, pattern.regex.groups), ...Array.from({ length: pattern.regex.groups + 1 }, (_, g) => m.group(g))];
        assert.deepEqual(show(fast), show(slow), JSON.stringify([source, text, mode, at]));
      }
    }
  }
});

test('whatever is given as a pattern, only Java exceptions come out', () => {
  const random = generator(3);
  const characters = [...'ab1(){}[]*+?|^$.\\-&,<>=!:#PpxukQEdRXNc \n', '\ud83d', '😀', '(?', '(?<', '\\p{', '[^', '&&', '\\x{', '{1,'];
  for (let i = 0; i < 5000; i++) {
    let source = '';
    for (let n = Math.floor(random() * 12); n >= 0; n--) source += characters[Math.floor(random() * characters.length)];
    try {
      new JavaPattern(source, Math.floor(random() * 512)).matches('ab1 \n😀');
    } catch (failure) {
      assert.ok(failure instanceof JavaThrowable, `${JSON.stringify(source)}: ${String(failure)}`);
    }
  }
});

test('a catastrophic pattern ends with an error that names it', () => {
  for (const [pattern, text] of [
    ['(.*a){20}', `${'a'.repeat(300)}b`],
    ['(a|a\\1?)*(b|c)\\2', 'a'.repeat(60)],
  ] as const) {
    assert.throws(() => new JavaPattern(pattern).matches(text), { typeName: 'java.lang.Error', detail: `Regular expression took too many steps: ${pattern}` });
  }
});

test('the usual catastrophic patterns do no harm', () => {
  assert.equal(new JavaPattern('(a+)+b').matches('a'.repeat(500)), false);
  assert.equal(new JavaPattern('(a|aa)+$').matches(`${'a'.repeat(500)}b`), false);
  assert.equal(new JavaPattern('^(([a-z])+.)+[A-Z]([a-z])+$').matches('a'.repeat(200)), false);
});

test('long texts need no deep stack', () => {
  assert.equal(new JavaPattern('(?:a|b)*').matches('ab'.repeat(200_000)), true);
  assert.equal(new JavaPattern('(a|b)*?c').matches(`${'ab'.repeat(100_000)}c`), true);
  assert.throws(() => new JavaPattern('('.repeat(5000)), { typeName: 'java.lang.StackOverflowError' });
});

test('patterns of any size are read in time, or refused as Java would', () => {
  const size = 30_000;
  const letters = Array.from({ length: size }, (_, i) => String.fromCharCode(0x4e00 + (i % 0x5000)) + 'x').join('');
  const cases = [
    `[${letters}]+`,
    `[${'\\p{L}'.repeat(2000)}]`,
    `[${'\\p{L}&&'.repeat(3000)}a]`,
    'a|'.repeat(size * 5),
    'ab'.repeat(size * 5),
    '[^[^a]b]'.repeat(size),
    '(a?)'.repeat(size),
  ];
  for (const pattern of cases) {
    try {
      new JavaPattern(pattern).matches('é');
    } catch (failure) {
      assert.ok(failure instanceof JavaThrowable, `${pattern.slice(0, 20)}: ${String(failure)}`);
    }
  }
});

test('a region hides the rest of the text, as its bounds say', () => {
  const matcher = new JavaMatcher(new JavaPattern('^b$'), 'abc').region(1, 2);
  assert.equal(matcher.find(), true);
  matcher.region(1, 2).anchoring = false;
  assert.equal(matcher.find(), false);
  const ahead = new JavaMatcher(new JavaPattern('b(?=c)'), 'abc').region(1, 2);
  assert.equal(ahead.find(), false);
  ahead.region(1, 2).transparent = true;
  assert.equal(ahead.find(), true);
});

test('hitEnd tells whether more text could matter', () => {
  const hits = (pattern: string, text: string): boolean => {
    const matcher = new JavaMatcher(new JavaPattern(pattern), text);
    matcher.matches();
    return matcher.hitEnd;
  };
  assert.equal(hits('abc', 'ab'), true);
  assert.equal(hits('abc', 'ax'), false);
});

/** A small generator of numbers from 0 to 1, the same each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
