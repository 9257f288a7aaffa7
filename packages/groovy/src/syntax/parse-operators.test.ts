import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printUnit } from '../../test/syntax/print-tree.ts';
import { parse } from './parser.ts';

/** Each pair is a source and its tree, as `print-tree.ts` writes it. */
function trees(pairs: readonly (readonly [source: string, tree: string])[]): void {
  for (const [source, tree] of pairs) assert.equal(printUnit(parse(source, 'Script')), tree, source);
}

test('operators bind from assignment to power', () => {
  trees([
    ['a = b ?: c || d && e | f ^ g & h', '(= a (?: b (|| c (&& d (| e (^ f (& g h)))))))'],
    ['a =~ b == c', '(=~ a (== b c))'],
    ['a == b < c', '(== a (< b c))'],
    ['a < b << c', '(< a (<< b c))'],
    ['a..b + 1', '(.. a (+ b 1))'],
    ['a + b * c', '(+ a (* b c))'],
    ['a * b ** c', '(* a (** b c))'],
    ['a ==~ b', '(==~ a b)'],
    ['a <=> b', '(<=> a b)'],
    ['a === b', '(=== a b)'],
    ['a !== b', '(!== a b)'],
  ]);
});

test('operators associate to the left, assignments to the right', () => {
  trees([
    ['a - b - c', '(- (- a b) c)'],
    ['2 ** 3 ** 2', '(** (** 2 3) 2)'],
    ['a = b = c', '(= a (= b c))'],
    ['a += b -= c', '(+= a (-= b c))'],
    ['a ? b : c ? d : e', '(? a b (? c d e))'],
    ['a ?: b ?: c', '(?: a (?: b c))'],
  ]);
});

test('a sign takes in a power at the start of an operand, not behind *', () => {
  trees([
    ['-a ** 2', '(- (** a 2))'],
    ['b * -a ** 2', '(* b (** (- a) 2))'],
    ['-a * b', '(* (- a) b)'],
    ['-a.b', '(- (. a b))'],
    ['!a.b', '(! (. a b))'],
    ['!!a', '(! (! a))'],
    ['~a', '(~ a)'],
    ['++a', '(++_ a)'],
    ['a++', '(_++ a)'],
    ['+a', '(+ a)'],
  ]);
});

test('a sign before a number belongs to it', () => {
  trees([
    ['-1', '-1'],
    ['-2147483648', '-2147483648'],
    ['x = -1.5', '(= x -1.5M)'],
    ['-1L', '-1L'],
    ['+1', '1'],
    ['-(1)', '(- 1)'],
    ['1-1', '(- 1 1)'],
    ['a -1', '(- a 1)'],
    ['- 1 ** 2', '(- (** 1 2))'],
  ]);
});

test('there is one relational operator in a row', () => {
  trees([
    ['a in b', '(in a b)'],
    ['a instanceof B', '(instanceof a B)'],
    ['a as B', '(as a B)'],
    ['a as List<String>', '(as a List<String>)'],
    ['a as int[]', '(as a int[])'],
    ['(a as B).c', '(. (as a B) c)'],
    ['a instanceof B && c', '(&& (instanceof a B) c)'],
    ['1 as String == c', '(== (as 1 String) c)'],
  ]);
});

test('what looks like a cast is one when an operand follows', () => {
  trees([
    ['(A) b', '(cast A b)'],
    ['(a) b', '(cast a b)'],
    ['(a) - b', '(- a b)'],
    ['(int) - b', '(cast int (- b))'],
    ['(A) [1]', '(cast A [1])'],
    ['(A[]) b', '(cast A[] b)'],
    ['(a.B) c.d', '(cast a.B (. c d))'],
    ['(A) (B) c', '(cast A (cast B c))'],
    ['(A) b + c', '(+ (cast A b) c)'],
    ['(a).b', '(. a b)'],
    ['(a)(b)', '(cast a b)'],
    ['(x + y)(b)', '(apply (+ x y) b)'],
    ['(List<String>) a', '(cast List<String> a)'],
    ['(A) !b', '(cast A (! b))'],
  ]);
});

test('a ternary may go on on the next line', () => {
  trees([
    ['a\n ? b\n : c', '(? a b c)'],
    ['a\n ?: b', '(?: a b)'],
    ['x = a ? [b: 1] : { it }', '(= x (? a [b:1] { it }))'],
  ]);
});

test('a binary operator ends no line', () => {
  trees([
    ['a +\n b', '(+ a b)'],
    ['a &&\n\n b', '(&& a b)'],
    ['x =\n 1', '(= x 1)'],
    ['a\n+ b', 'a; (+ b)'],
  ]);
});

test('several variables are assigned at once', () => {
  trees([
    ['(a, b) = [b, a]', '(= [a, b] [b, a])'],
    ['(a,\n b) = c = d', '(= [a, b] (= c d))'],
  ]);
});
