import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printUnit } from '../../test/syntax/print-tree.ts';
import { parse } from './parser.ts';

/** Each pair is a source and its tree, as `print-tree.ts` writes it. */
function trees(pairs: readonly (readonly [source: string, tree: string])[]): void {
  for (const [source, tree] of pairs) assert.equal(printUnit(parse(source, 'Script')), tree, source);
}

test('newlines and semicolons separate statements', () => {
  trees([
    ['a; b\nc', 'a; b; c'],
    [';;a;\n;b', 'a; b'],
    ['#!/usr/bin/env groovy\na', 'a'],
    ['// c\na /* d\n */ ; b', 'a; b'],
    ['a \\\n b', '(command a b)'],
  ]);
});

test('if and else', () => {
  trees([
    ['if (a) b', '(if a b)'],
    ['if (a) b else c', '(if a b else c)'],
    ['if (a) { b } else if (c) { d } else { e }', '(if a { b } else (if c { d } else { e }))'],
    ['if (a) {\n}\nelse {\n}', '(if a {} else {})'],
    ['if (a)\n b\nelse\n c', '(if a b else c)'],
    ['if (a) b; else c', '(if a b else c)'],
  ]);
});

test('loops', () => {
  trees([
    ['while (a) b', '(while a b)'],
    ['while (a);', '(while a (empty))'],
    ['for (a in b) c', '(for a in b c)'],
    ['for (int i = 0; i < 3; i++) { }', '(for (var int i=0); (< i 3); (_++ i); {})'],
    ['for (;;) { break }', '(for ; ; ; { (break) })'],
    ['for (String a : b) c', '(for String a in b c)'],
    ['for (def a in 1..3) { }', '(for def a in (.. 1 3) {})'],
    ['for (a in b);', '(for a in b (empty))'],
    ['for (i = 0; i < 1; ) { }', '(for (= i 0); (< i 1); ; {})'],
    ['a: for (b in c) { continue a }', 'a: (for b in c { (continue a) })'],
  ]);
});

test('switch keeps its cases in order', () => {
  trees([
    ['switch (a) { case 1: b; break\n case 2: case [3]: c\n default: d }', '(switch a 1: { b; (break) } 2: {} [3]: { c } default: { d })'],
    ['switch (a) { default: b; case 1: c }', '(switch a default: { b } 1: { c })'],
    ['switch (a) { }', '(switch a)'],
  ]);
});

test('try, catch and finally', () => {
  trees([
    ['try { a } catch (e) { b }', '(try { a } catch  e { b })'],
    ['try { a } catch (A | B e) { b } finally { c }', '(try { a } catch A|B e { b } finally { c })'],
    ['try { a }\ncatch (final A e) { b }\nfinally { c }', '(try { a } catch A e { b } finally { c })'],
    ['try { } catch (def e) { }', '(try {} catch  e {})'],
  ]);
});

test('return, throw, assert, synchronized', () => {
  trees([
    ['return', '(return)'],
    ['return a', '(return a)'],
    ['return\na', '(return); a'],
    ['throw new A()', '(throw (new A))'],
    ['assert a', '(assert a)'],
    ['assert a : b', '(assert a b)'],
    ['assert a, b', '(assert a b)'],
    ['assert a == b', '(assert (== a b))'],
    ['synchronized (a) { b }', '(synchronized a { b })'],
    ['break', '(break)'],
    ['continue a', '(continue a)'],
  ]);
});

test('labels', () => {
  trees([
    ['a: b', 'a: b'],
    ['a: { b }', 'a: { b }'],
    ['a: { x -> b }', 'a: { x -> b }'],
    ['a: while (b) c', 'a: (while b c)'],
  ]);
});

test('variables', () => {
  trees([
    ['def x', '(var def x)'],
    ['def x = 1, y', '(var def x=1, y)'],
    ['int x = 1', '(var int x=1)'],
    ['String s', '(var String s)'],
    ['final x = 1', '(var final x=1)'],
    ['List<String> x = []', '(var List<String> x=[])'],
    ['Map<String, List<int[]>> x', '(var Map<String,List<int[]>> x)'],
    ['a.b.C x', '(var a.b.C x)'],
    ['String[] x', '(var String[] x)'],
    ['def (a, b) = c', '(var def [a, b]=c)'],
    ['def (a, int b) = c', '(var def [a, int b]=c)'],
    ['@Field def x = 1', '(var @Field def x=1)'],
    ["@Library('a') _", '(var @Library(value="a") _)'],
    ["@Grab('a')\nimport b.C", '@Grab(value="a") import b.C'],
    ['def\nx', '(var def x)'],
    ['foo bar', '(command foo bar)'],
    ['Foo bar', '(var Foo bar)'],
    ['def String x', '(var def String x)'],
    ['static x', '(var static x)'],
  ]);
});

test('imports and the package', () => {
  trees([
    ['package a.b\nimport c.D', 'package a.b; import c.D'],
    ['import a.b.*', 'import a.b.*'],
    ['import a.B as C', 'import a.B as C'],
    ['import static a.B.c', 'import static a.B#c'],
    ['import static a.B.*', 'import static a.B.*'],
    ['import static a.B.c as d', 'import static a.B#c as d'],
    ["@Library('a')\nimport b.C\nd", '@Library(value="a") import b.C; d'],
  ]);
});

test('methods of a script', () => {
  trees([
    ['def f() { }', 'def ? f() {}'],
    ['String f(a, int b = 1, String... c) { a }', 'String f(a, int b=1, String ...c) { a }'],
    ['private static def f() throws A, b.C { }', 'private static def ? f() throws A,b.C {}'],
    ["def 'a b'() { }", 'def ? a b() {}'],
    ['@NonCPS def f() { 1 }', '@NonCPS def ? f() { 1 }'],
    ['static <T> T f(T a) { a }', 'static <T> T f(T a) { a }'],
    ['void f(final a, @A b) { }', 'void f(final a, @A b) {}'],
    ['def f()\n{ }', 'def ? f() {}'],
    ['int[] f() { }', 'int[] f() {}'],
    ['def <T extends A> T f() { }', 'def <T<A>> T f() {}'],
  ]);
});
