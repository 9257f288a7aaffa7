/** Sources that nobody writes: broken ones, deep ones, long ones. They end in a CompilationError, soon. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SEEDS } from '../../test/syntax/seeds.ts';
import { parse } from './parser.ts';
import { CompilationError } from './syntax-error.ts';

/** Parses; whatever else than a CompilationError comes out fails the test. */
function survives(source: string): string {
  try {
    parse(source, 'Script');
    return '';
  } catch (error) {
    assert.ok(error instanceof CompilationError, `${String(error)} of ${source.slice(0, 2000)}`);
    const { line, column } = error.errors[0]!;
    assert.ok(line >= 1 && column >= 1, error.message);
    return error.errors[0]!.message;
  }
}

/** A small generator of numbers below 2^32 (mulberry32): the same ones in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '"',
  "'",
  '$',
  '${',
  '/',
  '$/',
  '/$',
  '"""',
  "'''",
  '\\',
  '\n',
  ' ',
  ',',
  ';',
  ':',
  '.',
  '?.',
  '*',
  '->',
  '<',
  '>',
  '>>',
  '=',
  '==',
  '+',
  '++',
  '-',
  '!',
  '@',
  '#',
  '1',
  '0x',
  '1e',
  'x',
  'X',
  'def',
  'class',
  'enum',
  'new',
  'in',
  'as',
  'if',
  'else',
  'for',
  'case',
  'return',
  '\u00e9',
  '\\u0041',
  '//',
  '/*',
];

test('broken sources end in a compilation error', () => {
  const next = numbers(20240421);
  for (let round = 0; round < 3000; round++) {
    let source = SEEDS[next() % SEEDS.length]!;
    for (let changes = 1 + (next() % 3); changes > 0; changes--) {
      const at = next() % source.length;
      const piece = PIECES[next() % PIECES.length]!;
      switch (next() % 4) {
        case 0:
          source = source.slice(0, at) + source.slice(at + 1 + (next() % 5));
          break;
        case 1:
          source = source.slice(0, at) + piece + source.slice(at);
          break;
        case 2:
          source = source.slice(0, at) + piece + source.slice(at + 1);
          break;
        default:
          source = next() % 8 === 0 ? source.slice(0, at + 1) : source.slice(0, at) + source.slice(at, at + 20) + source.slice(at);
      }
    }
    survives(source);
  }
});

test('what nests too deep is refused', () => {
  for (const piece of [
    '(',
    '[',
    '{',
    'f {',
    '{->',
    '!',
    '(A)',
    'a ? b : ',
    'a ?: ',
    'a = ',
    'new A(',
    '"${',
    'a: ',
    '@A(',
    'class A {',
    'if (a) b else ',
    'try {',
    '((A)b.c ',
    'new A<A<',
  ]) {
    assert.notEqual(survives(`x = 1; ${piece.repeat(20_000)}`), '', piece);
  }
  assert.match(survives('('.repeat(20_000)), /^nested too deep/);
});

test('what a person would write is not too deep', () => {
  assert.equal(survives(`x = ${'('.repeat(200)}1${')'.repeat(200)}`), '');
  assert.equal(survives(`${'f {'.repeat(200)}${'}'.repeat(200)}`), '');
  assert.equal(survives(`x = 'a'${" + 'b'".repeat(2000)}`), '');
});

test('chains that would make too deep a tree are refused', () => {
  for (const piece of ['+ 1', '.a', '()', '[1]', '** 2', ' a']) assert.match(survives(`x = a${piece.repeat(50_000)}`), /^expression too long/, piece);
});

test('what has failed once is not tried again, however deep', () => {
  for (const source of ['((A)'.repeat(150) + 'x(', 'a b {'.repeat(300) + ' )', 'for (a in {'.repeat(300) + ';', '{ a = { b = '.repeat(150) + '-> ->'])
    survives(source);
});
