import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printExpression, printUnit } from '../../test/syntax/print-tree.ts';
import { SEEDS } from '../../test/syntax/seeds.ts';
import { walk } from '../../test/syntax/walk-tree.ts';
import type { Expression, Node, Span, Statement } from './ast.ts';
import { parse } from './parser.ts';

function first(source: string): Statement {
  return parse(source, 'Script').statements[0]!;
}

function expression(source: string): Expression {
  const statement = first(source);
  assert.ok(statement.kind === 'ExpressionStatement');
  return statement.expression;
}

const place = (s: Span): string => `${s.start}-${s.end} ${s.line}:${s.column}-${s.lastLine}:${s.lastColumn}`;

/** The place of an offset, counted without the parser's help. */
function position(source: string, offset: number): string {
  const before = source.slice(0, offset).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

test('a statement spans from its first to its last character', () => {
  assert.equal(place(first('\n  echo "a" // b\n').span), '3-11 2:3-2:11');
  assert.equal(place(first('a {\n b\n}').span), '0-8 1:1-3:2');
  assert.equal(place(first('  x = """a\nb"""').span), '2-15 1:3-2:5');
});

test('a call spans its receiver and its closures, its name has a span of its own', () => {
  const call = expression('  a.b(c) { d }');
  assert.ok(call.kind === 'MethodCall');
  assert.equal(place(call.span), '2-14 1:3-1:15');
  assert.equal(place(call.name.span), '4-5 1:5-1:6');
});

test('an operator has a span of its own', () => {
  const sum = expression('(a) +\n  b');
  assert.ok(sum.kind === 'Binary');
  assert.equal(place(sum.span), '0-9 1:1-2:4');
  assert.equal(place(sum.opSpan), '4-5 1:5-1:6');
  assert.equal(place(sum.left.span), '1-2 1:2-1:3');
});

test('columns count characters of the file, before and behind unicode escapes', () => {
  const call = expression("f('\\u0041') + b");
  assert.ok(call.kind === 'Binary');
  assert.equal(place(call.span), '0-15 1:1-1:16');
  assert.equal(place(call.right.span), '14-15 1:15-1:16');
});

test('lines end with \\n, \\r\\n or \\r', () => {
  assert.deepEqual(
    parse('a\r\nb\rc\nd', 'Script').statements.map((s) => s.span.line),
    [1, 2, 3, 4],
  );
});

test('every node lies in the one around it, and its lines and columns are those of its offsets', () => {
  for (const source of SEEDS) {
    walk(parse(source, 'Script'), (node, parent) => {
      const { start, end, line, column, lastLine, lastColumn } = node.span;
      const what = `${node.kind} ${source.slice(start, end)}`;
      assert.equal(`${line}:${column}`, position(source, start), what);
      assert.equal(`${lastLine}:${lastColumn}`, position(source, end), what);
      // Fields that are declared together share their type, which stands before the first.
      if (parent.kind === 'FieldDecl' && node.kind === 'TypeRef') return;
      assert.ok(start <= end && parent.span.start <= start && end <= parent.span.end, `${what} in ${parent.kind}`);
    });
  }
});

/** What can't be read by itself: names and types in their places, and what only an argument may be. */
function standsAlone(node: Node, parent: Node): node is Expression {
  switch (node.kind) {
    case 'Variable':
    case 'Type':
    case 'Spread':
      return false;
    case 'Constant':
      return node.type !== 'String' || node.quote !== '';
    case 'Map':
      return !node.named;
    case 'Closure':
      return parent.kind !== 'Call' && parent.kind !== 'GString';
    case 'Call':
    case 'List':
      return parent.kind !== 'GString' && parent.kind !== 'Assignment';
    case 'MethodCall':
      return node.name.kind !== 'Constant' || (node.name.value !== 'super' && node.name.value !== 'this');
    default:
      return 'operand' in node || 'left' in node || 'object' in node || node.kind === 'Ternary' || node.kind === 'GString' || node.kind === 'New';
  }
}

test("an expression's slice of the source is the same expression", () => {
  for (const source of SEEDS) {
    walk(parse(source, 'Script'), (node, parent) => {
      if (!standsAlone(node, parent) || source.slice(node.span.start, node.span.end) === '{}') return;
      const slice = source.slice(node.span.start, node.span.end);
      assert.equal(printUnit(parse(`x = ${slice}`, 'Script')), `(= x ${printExpression(node)})`, slice);
    });
  }
});
