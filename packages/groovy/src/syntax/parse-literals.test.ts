import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printUnit } from '../../test/syntax/print-tree.ts';
import { parse } from './parser.ts';

/** Each pair is a source and its tree, as `print-tree.ts` writes it. */
function trees(pairs: readonly (readonly [source: string, tree: string])[]): void {
  for (const [source, tree] of pairs) assert.equal(printUnit(parse(source, 'Script')), tree, source);
}

test('numbers have the type that holds them', () => {
  trees([
    ['1', '1'],
    ['2147483648', '2147483648L'],
    ['9223372036854775808', '9223372036854775808G'],
    ['1_000', '1000'],
    ['0xFF', '255'],
    ['0b101', '5'],
    ['017', '15'],
    ['0', '0'],
    ['1L', '1L'],
    ['1g', '1G'],
    ['1i', '1'],
    ['1.5', '1.5M'],
    ['1.5f', '1.5f'],
    ['1.5d', '1.5d'],
    ['1.5g', '1.5M'],
    ['1e3', '1e3M'],
    ['1.5E-3', '1.5E-3M'],
    ['1f', '1f'],
    ['1d', '1d'],
    ['1..3', '(.. 1 3)'],
    ['1..<3', '(..< 1 3)'],
    ['1.abs()', '(call 1.abs)'],
    ['0xFFFFFFFF', '4294967295L'],
    ['0x7fffffffL', '2147483647L'],
    ['07.5', '07.5M'],
  ]);
});

test('quotes of all kinds', () => {
  trees([
    ["'a'", '"a"'],
    ['"a"', '"a"'],
    ["'''a\nb'''", '"a\\nb"'],
    ['"""a"b"""', '"a\\"b"'],
    ['/a\\/b\\d/', '"a/b\\\\d"'],
    ['$/a/b$$c$/d/$', '"a/b$c/d"'],
    ["''", '""'],
    ['""', '""'],
    ["'a\\n\\t\\u0041\\101\\\\'", '"a\\n\\tAA\\\\"'],
    ["'a\\\nb'", '"ab"'],
    ["'$a'", '"$a"'],
    ['x = /a b/', '(= x "a b")'],
    ['"\\$a"', '"$a"'],
    ["'''\\\na'''", '"a"'],
  ]);
});

test('strings with values', () => {
  trees([
    ['"a $b c"', '(gstring "a " b " c")'],
    ['"$a.b.c."', '(gstring "" (. (. a b) c) ".")'],
    ['"${a + 1}b"', '(gstring "" (+ a 1) "b")'],
    ['"${}"', '(gstring "" null "")'],
    ['"${a; b}"', '(gstring "" (apply { -> a; b }) "")'],
    ['"${-> a}"', '(gstring "" { -> a } "")'],
    ['"${ x -> a}"', '(gstring "" { x -> a } "")'],
    ['"$this"', '(gstring "" this "")'],
    ['"""$a\n${b}"""', '(gstring "" a "\\n" b "")'],
    ['/$a\\d/', '(gstring "" a "\\\\d")'],
    ['$/$a/$', '(gstring "" a "")'],
    ['"${"${a}"}"', '(gstring "" (gstring "" a "") "")'],
    ['"$a$b"', '(gstring "" a "" b "")'],
    ['"${f { it }}"', '(gstring "" (call f { it }) "")'],
    ['/a$/', '"a$"'],
    ['"${a}.b"', '(gstring "" a ".b")'],
    ['"$a.1"', '(gstring "" a ".1")'],
  ]);
});

test('lists and maps', () => {
  trees([
    ['[]', '[]'],
    ['[1, 2]', '[1, 2]'],
    ['[1, *a]', '[1, (* a)]'],
    ['x = [:]', '(= x [:])'],
    ['x = [a: 1]', '(= x [a:1])'],
    [`x = ['a': 1, (b): 2, 3: 4, "$c": 5]`, '(= x ["a":1, b:2, 3:4, (gstring "" c ""):5])'],
    ['x = [default: 1, *: m]', '(= x [default:1, *:m])'],
    ['x = [1,]', '(= x [1])'],
    ['x = [a: [b: 1]]', '(= x [a:[b:1]])'],
    ['x = [[1]: 2]', '(= x [[1]:2])'],
    ['f [:]', '(command f [:])'],
    ['x = [\na: 1,\nb: 2,\n]', '(= x [a:1, b:2])'],
  ]);
});

test('closures', () => {
  trees([
    ['x = { }', '(= x {})'],
    ['x = { it }', '(= x { it })'],
    ['x = { -> }', '(= x { ->})'],
    ['x = { a, b -> a }', '(= x { a, b -> a })'],
    ['x = { int a, String... b = 1 -> }', '(= x { int a, String ...b=1 ->})'],
    ['x = { a = { 1 } -> a }', '(= x { a={ 1 } -> a })'],
    ['x = {\n a ->\n b\n}', '(= x { a -> b })'],
    ['x = { final def a -> }', '(= x { final def a ->})'],
    ['f { def a = 1; a }', '(call f { (var def a=1); a })'],
  ]);
});

test('unicode escapes stand for their characters anywhere', () => {
  trees([
    ["x = '\\u0041'", '(= x "A")'],
    ['def \\u0061b = 1', '(var def ab=1)'],
    ["x = '\\\\u0041'", '(= x "\\\\u0041")'],
    ["x = \\uu0027a'", '(= x "a")'],
  ]);
});
