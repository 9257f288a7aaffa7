import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printUnit } from '../../test/syntax/print-tree.ts';
import { parse } from './parser.ts';

/** Each pair is a source and its tree, as `print-tree.ts` writes it. */
function trees(pairs: readonly (readonly [source: string, tree: string])[]): void {
  for (const [source, tree] of pairs) assert.equal(printUnit(parse(source, 'Script')), tree, source);
}

test('classes and their members', () => {
  trees([
    ['class A { }', 'class A <>'],
    ['class A<T extends B> extends C<T> implements D, E { }', 'class A<T<B>> extends C<T> implements D,E <>'],
    ['class A { def a; int b = 1, c; private final String d }', 'class A <def ? a; int b=1; int c; private final String d>'],
    ['class A { A() { super(1); a }\n A(x) { this() } }', 'class A <? <init>() { (call super 1); a }; ? <init>(x) { (call this) }>'],
    ['class A { static { a }\n { b } }', 'class A <static { a }; { b }>'],
    ['class A { class B { } }', 'class A <class B <>>'],
    ['abstract class A { abstract def f() }', 'abstract class A <abstract def ? f()>'],
    ['class A { def f() { new A() } }', 'class A <def ? f() { (new A) }>'],
    ['@A @B(c = 1) class D { @E def f }', '@A @B(c=1) class D <@E def ? f>'],
    ['class A { static int f(int a) { a }\n String g() { } }', 'class A <static int f(int a) { a }; String g() {}>'],
    ['class A {\n int b\n def c() { }\n}', 'class A <int b; def ? c() {}>'],
  ]);
});

test('interfaces, traits, annotations', () => {
  trees([
    ['interface A extends B, C { int X = 1\n def f() }', 'interface A implements B,C <int X=1; def ? f()>'],
    ['trait A { def f() { } }', 'trait A <def ? f() {}>'],
    ['@interface A { String a() default "x"; int b() }', 'annotation A <String a() default "x"; int b()>'],
    ["@Grapes([@Grab('a'), @Grab('b')]) class A { }", '@Grapes(value=[@Grab(value="a"), @Grab(value="b")]) class A <>'],
    ['@A(@B) def x', '(var @A(value=@B) def x)'],
    ['@A(x = { y }) def z', '(var @A(x={ y }) def z)'],
  ]);
});

test('enums', () => {
  trees([
    ['enum A { B, C }', 'enum A <B(); C()>'],
    ['enum A { B(1), C(2) { def f() { } }\n A(x) { } }', 'enum A <B(1); C(2)class  <def ? f() {}>; ? <init>(x) {}>'],
    ['enum A { B, C; def f() { } }', 'enum A <B(); C(); def ? f() {}>'],
    ['enum A implements B { C }', 'enum A implements B <C()>'],
    ['enum A {\n B,\n C,\n}', 'enum A <B(); C()>'],
    ['enum A { }', 'enum A <>'],
  ]);
});
