import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from './parser.ts';
import { CompilationError, format } from './syntax-error.ts';

function failure(source: string): CompilationError {
  try {
    parse(source, 'WorkflowScript');
  } catch (error) {
    assert.ok(error instanceof CompilationError, String(error));
    return error;
  }
  assert.fail(`accepted: ${source}`);
}

/**
 * What Groovy 2.4.21 says, recorded from it: line, column and message. `…` stands for the ` at line: 1 column: 1.
 * File: WorkflowScript` that it puts behind errors found in what is well-formed.
 */
const MESSAGES: readonly (readonly [source: string, message: string])[] = [
  ['x = 1 + )', "1:7 expecting EOF, found '+'"],
  ['x = 1 * )', '1:9 unexpected token: )'],
  ['foo(', '1:5 unexpected token: '],
  ['}', '1:1 unexpected token: }'],
  ['foo()\n}', '2:1 unexpected token: }'],
  ['foo {', '1:6 unexpected token: '],
  ["node {\n  sh 'x'\n", "3:1 expecting '}', found ''"],
  ["'abc", "1:5 expecting ''', found '<EOF>'"],
  ['"abc', '1:5 unexpected char: 0xFFFF'],
  ['"abc\nd"', "1:5 expecting anything but ''\\n''; got it anyway"],
  ["'abc\n'", "1:5 expecting ''', found '\\n'"],
  ["'", "1:1 unexpected char: '''"],
  ["x = '\n'", "1:5 unexpected char: '''"],
  ['"', `1:1 unexpected char: '"'`],
  ["def x = '''abc", "1:15 expecting ''', found '<EOF>'"],
  ['def x = """abc', '1:15 unexpected char: 0xFFFF'],
  ['/abc', '1:5 unexpected char: 0xFFFF'],
  ['x = /', '1:5 unexpected token: /'],
  ['x = #', "1:5 unexpected char: '#'"],
  ['x = §', '1:5 unexpected char: 0xA7'],
  ['x = ^', '1:5 unexpected token: ^'],
  ['f `a`', "1:3 unexpected char: '`'"],
  [
    '"$5"',
    '1:3 illegal string body character after dollar sign;\n   solution: either escape a literal dollar sign "\\$5" or bracket the value expression "${5}"',
  ],
  [
    'echo "costs 5$ now"',
    '1:1 illegal string body character after dollar sign;\n   solution: either escape a literal dollar sign "\\$5" or bracket the value expression "${5}"',
  ],
  [
    '"a${b\nc}"',
    `1:5 end of line reached within a simple string 'x' or "x" or /x/;\n   solution: for multi-line literals, use triple quotes '''x''' or """x""" or /x/ or $/x/$`,
  ],
  ["'a\\q'", "1:3 unexpected char: '\\'"],
  ['x = 1 \\n', "1:7 unexpected char: '\\'"],
  ['/* abc', "1:7 expecting '*', found '<EOF>'"],
  ['1_', "1:3 expecting token in range: '0'..'9', found '<EOF>'"],
  ['1e', '1:3 unexpected char: 0xFFFF'],
  ['foo)', '1:1 unexpected token: foo'],
  ['foo(a))', "1:7 expecting EOF, found ')'"],
  ['f(1,,)', '1:5 unexpected token: ,'],
  ['f(1 2)', '1:5 unexpected token: 2'],
  ['x = [1 2]', '1:8 unexpected token: 2'],
  ['x = [1, 2', '1:9 unexpected token: 2'],
  ['f(a, b', '1:6 unexpected token: b'],
  ['f(-1: 2)', '1:5 illegal colon after argument expression;\n   solution: a complex label expression before a colon must be parenthesized'],
  ['x = [,1]', '1:5 unexpected token: ['],
  ['x = [:a]', "1:7 expecting ']', found 'a'"],
  ['if (x', "1:6 expecting ')', found ''"],
  ['if x', "1:4 expecting '(', found 'x'"],
  ['if (a) else b', '1:8 unexpected token: else'],
  ['if (x) { }}', "1:11 expecting EOF, found '}'"],
  ['x = (String) foo(1', '1:18 unexpected token: 1'],
  ['a < b < c', '1:7 unexpected token: <'],
  ['a == ', '1:6 unexpected token: '],
  ['a &&', '1:5 unexpected token: '],
  ['a ? b', "1:6 expecting ':', found ''"],
  ['a ?: ', '1:3 unexpected token: ?:'],
  ['x ?[0]', "1:7 expecting ':', found ''"],
  ['x.y = = 3', '1:7 unexpected token: ='],
  ['a.', '1:2 unexpected token: .'],
  ['a?.', '1:2 unexpected token: ?.'],
  ['a.*b', '1:3 unexpected token: *'],
  ['a + b c', "1:7 expecting EOF, found 'c'"],
  ['foo bar\n  = 2', '2:3 unexpected token: ='],
  ['return foo bar', "1:12 expecting EOF, found 'bar'"],
  ['a !in b', "1:3 expecting EOF, found '!'"],
  ['a !instanceof B', "1:3 expecting EOF, found '!'"],
  ['do { } while(x)', '1:1 unexpected token: do'],
  ['A::b', '1:3 unexpected token: :'],
  ['int[] x = {1,2}', '1:12 unexpected token: 1'],
  ['try (x) { }', "1:5 expecting '{', found '('"],
  ['try { }', '1:1 A try statement must have at least one catch or finally block. …'],
  ['x = y ?= 1', '1:7 unexpected token: ?'],
  ['(a) -> b', "1:5 expecting EOF, found '->'"],
  [
    '{ }',
    '1:1 Ambiguous expression could be either a parameterless closure expression or an isolated open code block;\n   solution: Add an explicit closure parameter list, e.g. {it -> ...}, or force it to be treated as an open block by giving it a label, e.g. L:{...}',
  ],
  [
    'x;{ }',
    '1:3 Ambiguous expression could be either a parameterless closure expression or an isolated open code block;\n   solution: Add an explicit closure parameter list, e.g. {it -> ...}, or force it to be treated as an open block by giving it a label, e.g. L:{...}',
  ],
  ['def x = 1 def y = 2', "1:11 expecting EOF, found 'def'"],
  ['def', '1:1 unexpected token: def'],
  ['def 1', '1:1 unexpected token: def'],
  ['def (a,b)', "1:10 expecting '=', found ''"],
  ['def x = ;', '1:9 unexpected token: ;'],
  ['class', '1:1 unexpected token: class'],
  ['class A', '1:8 unexpected token: '],
  ['class A { def x = ; }', '1:19 unexpected token: ;'],
  ['class A { x }', '1:11 unexpected token: x'],
  ["class A { println 'x' }", '1:11 unexpected token: println'],
  ['def f() ', '1:1 You defined a method without body. Try adding a body, or declare it abstract. …'],
  ['class A { abstract def f() { } }', '1:11 Abstract methods do not define a body. …'],
  ['interface A { def f() { } }', '1:15 Abstract methods do not define a body. …'],
  [
    'def f() { def g() { } }',
    '1:11 Method definition not expected here. Please define the method at an appropriate place or perhaps try using a block/Closure instead. …',
  ],
  [
    'def f() { class A { } }',
    '1:11 Class definition not expected here. Please define the class at an appropriate place or perhaps try using a block/Closure instead. …',
  ],
  ['f { import a.B }', '1:5 Unknown type: IMPORT …'],
  ['def f(, a) { }', '1:7 unexpected token: ,'],
  ['def f(int... a, b) { }', '1:7 The var-arg parameter a must be the last parameter. …'],
  ['for (i;j) {}', '1:6 3 expressions are required for the classic for loop, you gave 2 …'],
  ['for (x) {}', '1:6 unexpected token: x'],
  ['for (x : y) {}', "1:8 Java-style for-each statement requires a type declaration.;\n   solution: Use the 'in' keyword, as for (x in y) {...}"],
  ['for (public x in y) {}', "1:6 Only the 'final' modifier is allowed in front of the for loop variable. …"],
  ['1 = 2', '1:3 \n[1] is a constant expression, but it should be a variable expression …'],
  ['a - b = 1', '1:7 \n(a - b) is a binary expression, but it should be a variable expression …'],
  ['f() = 1', '1:5 \n"this.f()" is a method call expression, but it should be a variable expression …'],
  ['"$a" = 1', '1:6 \n"$a" is a GString expression, but it should be a variable expression …'],
  ['[a: 1] = 2', "1:8 \n'[a:1]' is a map expression, but it should be a variable expression …"],
  [
    '[1] = 2',
    "1:5 \nclass org.codehaus.groovy.ast.expr.ListExpression, with its value '[1]', is a bad expression as the left hand side of an assignment operator …",
  ],
  [
    'new A() = 1',
    "1:9 \nclass org.codehaus.groovy.ast.expr.ConstructorCallExpression, with its value 'new A()', is a bad expression as the left hand side of an assignment operator …",
  ],
  ['f(a:1,a:2)', "1:3 Duplicate named parameter 'a' found. …"],
  ['x = [a:1, 2]', '1:11 Unexpected node type: EXPR found when expecting type: LABELED_ARG …'],
  ['x = [1, a: 2]', '1:6 Unexpected node type: EXPR found when expecting type: LABELED_ARG …'],
  ['x = (a; b)', '1:5 Expression list of the form (a; b; c) is not supported in this context. …'],
  ['switch(x){ default: 1; default: 2 }', '1:1 The default case is already defined. …'],
  ['switch (x) { case 1: }', '1:22 unexpected token: }'],
  ['switch (x) { foo }', "1:14 expecting '}', found 'foo'"],
  ['new Foo', '1:8 unexpected token: '],
  ['new int[]', '1:8 No expression for the array constructor call …'],
  ["new Foo() { println 'x' }", '1:13 unexpected token: println'],
  ['import', '1:1 unexpected token: import'],
  ['import a.b.', "1:12 expecting '*', found ''"],
  ['import a.b.*.c', "1:12 expecting '*', found '*.'"],
  ['package a.b\n}', '2:1 unexpected token: }'],
  ['@', '1:1 unexpected token: @'],
  ['@A', '1:3 unexpected token: '],
  ['@Foo(1,2) def x', '1:6 unexpected token: 1'],
  ['@A(x=1, x=2) def y', "1:9 Annotation member 'x' has already been associated with a value …"],
  ['else', '1:1 unexpected token: else'],
  ['case 1:', '1:1 unexpected token: case'],
  ['catch (e) { }', '1:1 unexpected token: catch'],
  ['"${x', "1:5 expecting '}', found ''"],
  ['"${x}', '1:6 unexpected char: 0xFFFF'],
  ['"$x.class"', "1:5 expecting an identifier, found 'class'"],
  ['"$class"', '1:3 unexpected token: class'],
  ['private private x = 1', '1:9 Cannot repeat modifier: private …'],
  ['public private x', '1:8 Cannot specify modifier: private when access scope has already been defined …'],
  ['synchronized class A { }', "1:1 Class has an incorrect modifier 'synchronized'. …"],
  ['class A { static A() { } }', "1:11 Constructor has an incorrect modifier 'static'. …"],
  ['this(1)', '1:6 Constructor call must be the first statement in a constructor. …'],
  ['f(return)', '1:3 Unknown type: "return" …'],
  ['Map<String x', "1:12 Missing closing bracket '>' for generics types;\n   solution: Please specify the missing bracket!"],
  ['List<int> x', '1:9 primitive type parameters not allowed here;\n   solution: use the corresponding wrapper type, such as Integer for int'],
  ['int(1)', '1:1 Primitive type literal: int cannot be used as a method name …'],
  ['goto x', '1:1 unexpected token: goto'],
  ['f(x:)', '1:5 unexpected token: )'],
  ["echo 'a', ", "1:9 expecting EOF, found ','"],
  ["pipeline {\n  agent any\n  stages {\n    stage('x') {\n      steps {\n        echo 'hello'\n      }\n    }\n  }\n", "10:1 expecting '}', found ''"],
  [
    "pipeline {\n  agent any\n  stages {\n    stage('x') {\n      steps {\n        echo 'a very long line that goes on' + ) + 'behind the fortieth column of it'\n      }\n    }\n  }\n}\n",
    "6:46 expecting '}', found '+'",
  ],
];

test('errors have the words and the place of Groovy 2.4.21', () => {
  for (const [source, expected] of MESSAGES) {
    const error = failure(source).errors[0]!;
    const message = error.message.replace(/ at line: (\d+) column: (\d+)\. File: WorkflowScript$/, (_, line, column) => {
      assert.equal(`${line}:${column}`, `${error.line}:${error.column}`);
      return ' …';
    });
    assert.equal(`${error.line}:${error.column} ${message}`, expected, source);
  }
});

test('the whole text is the one that Jenkins prints', () => {
  assert.equal(
    failure('node {\n  echo 1\n}\n   }').message,
    'startup failed:\nWorkflowScript: 4: unexpected token: } @ line 4, column 4.\n      }\n      ^\n\n1 error\n',
  );
});

test('a line that the source does not have is left out', () => {
  assert.equal(failure('node {\n').message, 'startup failed:\nWorkflowScript: 2: unexpected token:  @ line 2, column 1.\n1 error\n');
});

test('a long line is cut around the column', () => {
  const source = `echo '${'a'.repeat(40)}' + ) + '${'b'.repeat(40)}'`;
  assert.equal(failure(source).message.split('\n').slice(2, 4).join('\n'), `   ${source.slice(18, 58)}\n   ${' '.repeat(30)}^`);
});

test('others report errors of their own in the same form', () => {
  const source = 'pipeline {\n  agent any\n}';
  const text = format(
    [
      { message: 'Missing required section "stages"', line: 1, column: 1 },
      { message: 'No stages specified', line: 2, column: 3 },
    ],
    'WorkflowScript',
    source,
  );
  assert.equal(
    text,
    'startup failed:\n' +
      'WorkflowScript: 1: Missing required section "stages" @ line 1, column 1.\n   pipeline {\n   ^\n\n' +
      'WorkflowScript: 2: No stages specified @ line 2, column 3.\n     agent any\n     ^\n\n2 errors\n',
  );
});

test('a unicode escape without four digits is told with its place', () => {
  const { message, line } = failure("a\nx = '\\u12'").errors[0]!;
  assert.match(message, /^Did not find four digit hex character code\./);
  assert.equal(line, 2);
});
