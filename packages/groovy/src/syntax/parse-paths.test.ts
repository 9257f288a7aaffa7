import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printUnit } from '../../test/syntax/print-tree.ts';
import { parse } from './parser.ts';

/** Each pair is a source and its tree, as `print-tree.ts` writes it. */
function trees(pairs: readonly (readonly [source: string, tree: string])[]): void {
  for (const [source, tree] of pairs) assert.equal(printUnit(parse(source, 'Script')), tree, source);
}

test('names follow dots of all kinds', () => {
  trees([
    ['a.b.c', '(. (. a b) c)'],
    ['a?.b', '(?. a b)'],
    ['a*.b', '(*. a b)'],
    ['a.@b', '(.@ a b)'],
    ['a.&b', '(.& a b)'],
    ["a.'b c'", '(. a "b c")'],
    ['a."$b"', '(. a (gstring "" b ""))'],
    ['a.(b)', '(. a b)'],
    ['a.class', '(. a class)'],
    ['x.in', '(. x in)'],
    ['a.default.new', '(. (. a default) new)'],
    ['a.this', '(. a this)'],
    ['a*.@b', '(*.@ a b)'],
  ]);
});

test('a path goes on at a dot on the next line', () => {
  trees([
    ['a\n.b()\n?.c', '(?. (call a.b) c)'],
    ['a.\nb', '(. a b)'],
    ['a\n\n*.b', '(*. a b)'],
    ['a // c\n .b', '(. a b)'],
  ]);
});

test('calls take arguments, named ones first as one map', () => {
  trees([
    ['f()', '(call f)'],
    ['f(1, a: 2, 3)', '(call f [a:2] 1 3)'],
    ['f(*x, *:y)', '(call f [*:y] (* x))'],
    ['a.f(1)', '(call a.f 1)'],
    ['a?.f(1)', '(call a?.f 1)'],
    ['a*.f()', '(call a*.f)'],
    ["'f'(1)", '(call "f" 1)'],
    ['a."$f"(1)', '(call a.(gstring "" f "") 1)'],
    ['f(a: 1)', '(call f [a:1])'],
    ['f(in: 2, class: 3)', '(call f [in:2, class:3])'],
    [`f('a b': 1, (k): 2, "$x": 3)`, '(call f ["a b":1, k:2, (gstring "" x ""):3])'],
    ['f(1,)', '(call f 1)'],
    ['a.<String>f()', '(call a.f)'],
  ]);
});

test('closures behind a call are its last arguments', () => {
  trees([
    ['f { }', '(call f {})'],
    ['f(1) { } { }', '(call f 1 {} {})'],
    ['f {} {}', '(call f {} {})'],
    ['a.b { it }', '(call a.b { it })'],
    ['f { } .g()', '(call (call f {}).g)'],
    ['f\n{ x }', '(call f { x })'],
    ['f(1)\n{ x }', '(call f 1 { x })'],
    ['x = f\n{ y }', '(= x (call f { y }))'],
  ]);
});

test('a value that is no name is applied', () => {
  trees([
    ['f()(1)', '(apply (call f) 1)'],
    ['f(1)()', '(apply (call f 1))'],
    ['a[0](1)', '(apply (index a 0) 1)'],
    ['a.@b(1)', '(apply (.@ a b) 1)'],
    ['x.(y)(1)', '(call x.y 1)'],
    ['(a.b + 1)(2)', '(apply (+ (. a b) 1) 2)'],
    ['a.&b()', '(apply (.& a b))'],
  ]);
});

test('brackets index, empty ones name a type', () => {
  trees([
    ['a[1]', '(index a 1)'],
    ['a[1, 2]', '(index a 1 2)'],
    ['a[1..3]', '(index a (.. 1 3))'],
    ['a[-1][b]', '(index (index a -1) b)'],
    ['String[]', 'type:String[]'],
    ['a.b.C[].class', '(. type:a.b.C[] class)'],
    ['int', 'type:int'],
    ['int.class', '(. type:int class)'],
    ['int[]', 'type:int[]'],
    ['a[*b]', '(index a (* b))'],
  ]);
});

test('new makes objects, arrays and anonymous classes', () => {
  trees([
    ['new A()', '(new A)'],
    ['new a.b.C(1, x: 2)', '(new a.b.C [x:2] 1)'],
    ['new A<String>()', '(new A<String>)'],
    ['new A<>()', '(new A)'],
    ['new int[3]', '(new int[] 3)'],
    ['new A[2][]', '(new A[][] 2)'],
    ['new A() { def f() { 1 } }', '(new A class  <def ? f() { 1 }>)'],
    ['new A().b', '(. (new A) b)'],
    ['new Thread({ x })', '(new Thread { x })'],
    ['new\nA\n()', '(new A)'],
  ]);
});

test('calls without parentheses', () => {
  trees([
    ["echo 'x'", '(command echo "x")'],
    ['sh script: x, returnStdout: true', '(command sh [script:x, returnStdout:true])'],
    ['a b c d', '(command (command a b).c d)'],
    ['a b c', '(. (command a b) c)'],
    ['a b, c d', '(. (command a b c) d)'],
    ['f a { b }', '(command f (call a { b }))'],
    ['pipeline { agent any }', '(call pipeline { (command agent any) })'],
    ['x = f a', '(= x (command f a))'],
    ['x = f a b', '(= x (. (command f a) b))'],
    ['a(b) c d', '(command (call a b).c d)'],
    ['a.b c', '(command a.b c)'],
    ['a.b c d.e f', '(. (. (. (command a.b c) d) e) f)'],
    ['a b c[0] d', '(. (index (. (command a b) c) 0) d)'],
    ['a b c() d e', '(command (call (command a b).c).d e)'],
    ['f a: 1, b', '(command f [a:1] b)'],
    ['f(1) g', '(. (call f 1) g)'],
    ['f -1', '(- f 1)'],
    ['f [1]', '(index f 1)'],
    ['f([1])', '(call f [1])'],
    ['timeout(1) { x }', '(call timeout 1 { x })'],
    ['f in: 2', '(command f [in:2])'],
    ['f as: 1', '(command f [as:1])'],
    ['f !a', '(command f (! a))'],
    ['f ~/x/', '(command f (~ "x"))'],
    ['def x = f a', '(var def x=(command f a))'],
    ['f a ? b : c', '(command f (? a b c))'],
    ['f new A()', '(command f (new A))'],
    ['f null', '(command f null)'],
    ['f "x"', '(command f "x")'],
    ['f a,\n b', '(command f a b)'],
    ['f 1, 2', '(command f 1 2)'],
    ['f a.b, c()', '(command f (. a b) (call c))'],
    ['@Field def x = f a', '(var @Field def x=(command f a))'],
  ]);
});

test('a command ends at else', () => {
  trees([['if (a) f else g', '(if a f else g)']]);
});
