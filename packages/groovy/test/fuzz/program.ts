/** Random scripts from a seed: legal Groovy for the most part, and wrong in its types as often as not. */

/** A small generator of numbers that is the same everywhere (mulberry32). */
export function numbers(seed: number): (n: number) => number {
  let a = seed >>> 0;
  return (n) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** Expressions that need no more than the variables and classes that a program begins with. */
export const ATOMS = [
  ...['null', 'true', 'false', '0', '1', '-1', '2', '7', '100', '2147483647', '5L', '-3L', '2.5', '0.0', '1e3', '1.5d', '2.5f', '7G', '1.0G'],
  ...["''", "'a'", "'abc'", "'1'", "'12.5'", "'a,b,c'", "'äöü'", "'x y z'", '"g${1 + 1}"', '"${x}-${y}"', '"${-> x}"', "'''m\nl'''"],
  ...['[]', '[1, 2, 3]', '[3, 1, 2]', "['b', 'a']", '[null]', '[[1], [2, 3]]', "[1, 'a', null, 2.5]", '[:]', "[a: 1, b: 'x']", '[a: [b: [c: 1]]]', '[(1): 2]'],
  ...[
    '1..3',
    "'a'..'d'",
    '3..1',
    '0..<0',
    '1..<4',
    '([1, 2] as Set)',
    "(['k', 'j'] as String[])",
    '([1, 2] as int[])',
    '([2, 1] as LinkedList)',
    "('q' as char)",
  ],
  ...['x', 'y', 'z', 'l', 'm', 's', 'n', 'c', 'p', 'String', 'Integer', 'Color', 'P', 'Color.RED', 'Math', 'new P(1)', 'new P(a: 2)', 'new Date(0)', 'this'],
  ...[
    '~/a(b)?/',
    "('abc' =~ /b/)",
    "('a1b2' =~ /(\\w)(\\d)/)",
    "new StringBuilder('sb')",
    'new Object()',
    '{ it }',
    '{ -> 1 }',
    '{ a, b -> a }',
    '{ a, b = 2 -> b }',
    '{ Object[] a -> a.length }',
    '{ int i -> i * 2 }',
    'Locale.US',
    'new ArrayList(l)',
    'new TreeMap(m)',
    'new HashMap(m)',
    'Collections.emptyList()',
    'l.iterator()',
    'm.entrySet()',
    'l.asImmutable()',
    'new Q()',
    'new Random(1)',
    'UUID.nameUUIDFromBytes([1] as byte[])',
    'java.time.LocalDate.of(2024, 1, 31)',
    'new Tuple2(1, 2)',
    "new RuntimeException('r')",
    'java.util.stream.Stream.of(1, 2)',
    'new java.text.SimpleDateFormat("yyyy")',
    'Optional.of(1)',
    'new StringReader("a\\nb")',
    "new URL('http://h/p')",
    'new groovy.json.JsonSlurper().parseText(\'[1,{"a":2}]\')',
    'new XmlSlurper().parseText(\'<a><b c="1">t</b></a>\')',
  ],
] as const;

const BINARY = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '**',
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '<=>',
  '&&',
  '||',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '>>>',
  '=~',
  '==~',
  'in',
  '..',
  '..<',
  '?:',
];
const TYPES = [
  'int',
  'long',
  'double',
  'String',
  'List',
  'Set',
  'Map',
  'char',
  'boolean',
  'BigDecimal',
  'BigInteger',
  'Integer',
  'int[]',
  'String[]',
  'Object',
  'P',
  'Color',
  'Closure',
  'Runnable',
  'Comparator',
  'Date',
  'Collection',
  'Number',
  'byte',
  'float',
  'short',
  'Character',
  'Iterable',
  'LinkedList',
  'TreeSet',
  'Stack',
];
const PROPERTIES = [
  'size',
  'class',
  'a',
  'b',
  'length',
  'empty',
  'first',
  'key',
  'value',
  'name',
  'keys',
  'metaClass',
  'properties',
  'bytes',
  'time',
  'message',
  'cause',
  'delegate',
  'owner',
  'ordinal',
  'from',
  'to',
  'count',
  'chars',
  'x',
  'text',
  'year',
];

export interface Methods {
  /** Names of methods that any class of the library has. */
  readonly names: readonly string[];
}

/** A script of a few statements. */
export function program(seed: number, methods: Methods): string {
  const pick = numbers(seed);
  const of = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
  const many = (n: number, make: () => string): string => Array.from({ length: n }, make).join(', ');

  function expression(depth: number): string {
    if (depth <= 0 || pick(6) === 0) return of(ATOMS);
    const e = (): string => expression(depth - 1);
    switch (pick(20)) {
      case 0:
      case 1:
        return `(${e()} ${of(BINARY)} ${e()})`;
      case 2:
        return `(${of(['!', '-', '~', '+'])}${e()})`;
      case 3:
        return `((${of(TYPES)}) ${paren(e())})`;
      case 4:
        return `(${e()} as ${of(TYPES)})`;
      case 5:
        return `(${e()} instanceof ${of(TYPES.filter((t) => /^[A-Z]/.test(t) && !t.endsWith(']')))})`;
      case 6:
        return `(${e()} ? ${e()} : ${e()})`;
      case 7:
        return `${paren(e())}[${e()}]`;
      case 8:
        return `${paren(e())}${of(['.', '?.', '*.'])}${of(PROPERTIES)}`;
      case 9:
        return `[${many(pick(4), e)}]`;
      case 10:
        return `[${many(1 + pick(3), () => `(${e()}): ${e()}`)}]`;
      case 11:
        return `"t\${${e()}}u"`;
      case 12:
        return closure(depth);
      case 13:
        return `${of(['f', 'g', 'h', 'println', 'String.valueOf', 'Math.max', 'Math.min', 'String.format', 'Integer.parseInt', 'Arrays.asList', 'String.join', 'Collections.max', 'Objects.equals', 'Integer.valueOf', 'sprintf', 'Integer.compare', 'Arrays.sort', 'Collections.nCopies', 'Collections.sort', 'groovy.json.JsonOutput.toJson'])}(${many(pick(3), e)})`;
      default: {
        const args = many(pick(3), e);
        const body = pick(3) === 0 ? ` ${closure(depth)}` : '';
        return `${paren(e())}${of(['.', '.', '.', '?.', '*.'])}${of(methods.names)}(${args})${body}`;
      }
    }
  }
  function paren(text: string): string {
    return /^[\w.]+$/.test(text) && !/^\d|^-/.test(text) ? text : `(${text})`;
  }
  function closure(depth: number): string {
    const head = of(['', 'it -> ', 'u -> ', 'u, v -> ', '-> ', 'u, v = 1 -> ', 'String u -> ', 'int u, v -> ', 'Object... u -> ']);
    const inner = of(['it', 'u', 'v', '']);
    const body = expression(depth - 1);
    return `{ ${head}${inner === '' || !new RegExp(`\\b${inner}\\b`).test(`${head} it`) ? body : of([body, inner, `${inner} ${of(BINARY)} ${body}`, `[${inner}, ${body}]`])} }`;
  }
  function statement(depth: number): string {
    const e = (): string => expression(3);
    const block = (): string => `{ ${statement(depth - 1)} }`;
    if (depth <= 0) return `x = ${e()}`;
    switch (pick(18)) {
      case 0:
        return `if (${e()}) ${block()} else ${block()}`;
      case 1:
        return `for (w in ${e()}) ${block()}`;
      case 2:
        return `for (int i = 0; i < 3; i++) ${block()}`;
      case 3:
        return `int k${depth} = 0; while (k${depth}++ < 3) ${block()}`;
      case 4:
        return `switch (${e()}) { case ${e()}: ${statement(depth - 1)}; break; default: ${statement(depth - 1)} }`;
      case 5:
        return `try ${block()} catch (${of(['e', 'RuntimeException e', 'Exception e', 'Throwable e', 'IllegalArgumentException | NullPointerException e'])}) { y = e } finally { z = ${e()} }`;
      case 6:
        return `${of(TYPES)} v${pick(1000)}${depth} = ${e()}`;
      case 7:
        return `def (d${pick(1000)}, e${pick(1000)}) = ${e()}`;
      case 8:
        return `${of(['x', 'y', 'z', 'l[0]', 'm.k', 'm[x]', 'p.a', 'p.b', 'l[5]', 's[0]'])} ${of(['=', '+=', '-=', '*=', '<<=', '%=', '**='])} ${e()}`;
      case 9:
        return `${of(['x', 'y', 'l[0]', 'm.a', 'p.a'])}${of(['++', '--'])}`;
      case 10:
        return `assert ${e()}`;
      case 11:
        return `throw ${of(["new IllegalStateException('t')", 'new Exception(x)', e()])}`;
      case 12:
        return `println(${e()})`;
      default:
        return of(['x', 'y', 'z']) + ` = ${e()}`;
    }
  }
  const guarded = (text: string): string => `try { ${text} } catch (Exception | Error problem) { println problem }`;
  return [
    'enum Color { RED, GREEN; def next2() { values().find { it != this } } }',
    `class P { def a = 1; String b = 'b'; int c; P() {}; P(x) { a = x }; def call(x) { ${expression(2)} }; String toString() { ${of(['"P$a"', expression(2)])} }; ${of(['', 'boolean equals(o) { a == o }; int hashCode() { 3 }', `int compareTo(o) { ${expression(1)} }`, `def plus(o) { ${expression(2)} }`, `def getAt(o) { ${expression(2)} }`, `def methodMissing(String n, args) { ${expression(2)} }`, `def propertyMissing(String n) { ${expression(2)} }`])} }`,
    `class Q ${of(['', 'extends P', 'implements Comparable', 'extends Exception', 'implements Iterable', 'extends ArrayList', 'extends LinkedHashMap', 'implements Runnable'])} { ${of(['int compareTo(o) { 1 }', 'Iterator iterator() { [1].iterator() }', 'void run() { }', 'def x = 3'])} }`,
    `def f(u) { ${expression(3)} }`,
    `def g(u = 1, v = 2) { ${expression(3)} }`,
    `def h(int u, Object... v) { ${expression(2)} }`,
    'x = 1; y = "a"; z = null',
    "def l = [3, 1, 2]; def m = [a: 1, k: 'v']; def s = 'str'; def n = 5; def c = { it }; def p = new P()",
    ...Array.from({ length: 3 + pick(4) }, () => guarded(statement(2))),
    expression(3),
  ].join('\n');
}
