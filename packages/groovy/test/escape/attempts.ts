/**
 * Attempts to get out of the language: to JavaScript's own objects, to the machine, to Java's reflection, or to eat
 * the process's time and memory. Each tells what must come of it.
 */
export interface Attempt {
  readonly name: string;
  readonly script: string;
  /**
   * `refused`: the sandbox says `Scripts not permitted to use …`. `fails`: any exception of the language.
   * `prints`: it is harmless, and this is what it prints. `safe`: whatever, as long as nothing leaks.
   */
  readonly outcome: 'refused' | 'fails' | 'safe' | { readonly prints: string };
}

const refused = (name: string, script: string): Attempt => ({ name, script, outcome: 'refused' });
const fails = (name: string, script: string): Attempt => ({ name, script, outcome: 'fails' });
const safe = (name: string, script: string): Attempt => ({ name, script, outcome: 'safe' });
const prints = (name: string, script: string, text: string): Attempt => ({ name, script, outcome: { prints: text } });

/** Names that mean something to JavaScript. */
const NAMES = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'arguments',
  'caller',
  'callee',
  'eval',
  'await',
  'yield',
  'async',
  'let',
  'of',
  'get',
  'set',
  'undefined',
  'NaN',
  'Infinity',
  'globalThis',
  'global',
  'window',
  'process',
  'require',
  'module',
  'exports',
  'Function',
  'Symbol',
  'Proxy',
  'Reflect',
  '__defineGetter__',
  '__lookupGetter__',
  'apply',
  'bind',
  'length',
  'name',
  'delete',
  'typeof',
  'function',
  'var',
  'with',
  'debugger',
  'export',
  'vm',
  'rt',
  'self',
  'args',
  '$0',
  '_',
];

const RECEIVERS: Readonly<Record<string, string>> = {
  String: "'x'",
  Integer: '5',
  List: '[1]',
  Map: '[a: 1]',
  Closure: '{ 1 }',
  Class: 'String',
  GString: '"g${1}"',
  Boolean: 'true',
  Range: '(1..2)',
  Double: '1.5d',
  Date: 'new Date(0)',
  Set: '([1] as Set)',
  Exception: "new Exception('x')",
  Array: '([1] as int[])',
  BigInteger: '5G',
  Matcher: "('a' =~ /a/)",
};
const INTERNAL_PROPERTIES = [
  'constructor',
  '__proto__',
  'prototype',
  '$class',
  '$type',
  'items',
  'held',
  'table',
  'buckets',
  'fields',
  'code',
  'info',
  'run',
  'unscaled',
  'javaString',
  'javaEquals',
  'javaHash',
  'modCount',
  'typeName',
  'detail',
  'trace',
  'causedBy',
  'stack',
  'map',
  'ownMethods',
  'fill',
  'gen',
  'plain',
];
const INTERNAL_METHODS = [
  'constructor',
  'javaString',
  'javaEquals',
  'toLocaleString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupGetter__',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'apply',
  'bind',
  'call.call',
  'toArray.call',
  'ready',
  'fill',
];

function* properties(): Generator<Attempt> {
  for (const [type, receiver] of Object.entries(RECEIVERS)) {
    for (const name of INTERNAL_PROPERTIES) {
      yield safe(`${type}: property ${name}`, `println ${receiver}.'${name}'`);
      yield safe(`${type}: attribute ${name}`, `println ${receiver}.@'${name}'`);
    }
    for (const name of INTERNAL_METHODS.filter((n) => !n.includes('.'))) yield safe(`${type}: method ${name}`, `println ${receiver}.'${name}'()`);
    yield safe(`${type}: subscript constructor`, `println ${receiver}['constructor']`);
    yield safe(`${type}: assignment to __proto__`, `def o = ${receiver}; o.'__proto__' = [polluted: 1]; println o.polluted`);
  }
}

function* names(): Generator<Attempt> {
  for (const name of NAMES) {
    const q = `'${name}'`;
    yield prints(
      `map key ${name}`,
      `def m = [:]; println m[${q}]; m[${q}] = 1; println m[${q}]; println m.size(); println m.containsKey(${q})`,
      'null\n1\n1\ntrue\n',
    );
    // A message that names it would look like a leak.
    if (name === 'undefined') continue;
    yield safe(`bare name ${name}`, `println binding.hasVariable(${q}); println this.${q}`);
    yield safe(`method ${name} of an object`, `class A { }; println new A().${q}()`);
    yield safe(`call of ${name}`, `this.${q}(1)`);
    if (
      /^(delete|typeof|function|var|with|debugger|export|await|yield|async|let|of|get|set|then|arguments|eval|constructor|__proto__|prototype|toString|valueOf|undefined|NaN|globalThis|process|require|module|exports|Function|apply|bind|length|name|vm|rt|self|_|\$0|caller|callee)$/.test(
        name,
      )
    ) {
      yield safe(`variable ${name}`, `def ${name} = 5; println ${name}; def c = { ${name} + 1 }; println c()`);
      yield safe(`field ${name}`, `class A { def ${name} = 3; def read() { ${name} } }; println new A().read(); println new A().${q}`);
      yield safe(`parameter ${name}`, `def f(${name}) { ${name} * 2 }; println f(4); println([1, 2].collect { ${name} -> ${name} + 1 })`);
      yield safe(`method named ${name}`, `def ${name}(x) { "m$x" }; println ${name}(1)`);
      yield safe(`label ${name}`, `${name}: for (i in 1..2) { continue ${name} }; println 'done'`);
    }
  }
}

/**
 * A trusted library as `lib` beside each attempt on it: it hands out what it may have, and runs what it is handed. None of
 * that may carry its rights along.
 */
export const TRUSTED_LIBRARY = `
def runs(Closure body) { body() }
def runsWith(delegate, Closure body) { body.delegate = delegate; body.resolveStrategy = Closure.DELEGATE_FIRST; body() }
def each(List list, Closure body) { list.each(body) }
def sorted(List list, Closure by) { list.sort(by) }
def meta(x) { x.metaClass }
def shell() { new GroovyShell() }
def pointer() { this.&evaluate }
def pointerTo(x, String name) { x.&"$name" }
def adds(Closure body) { String.metaClass.added = body }
def addsProperty(x) { Integer.metaClass.extra = x }
def text(x) { x.toString() + "$x".toString() }
def compares(a, b) { a == b }
def evaluates(String text) { evaluate(text) }
def reads(x) { x.secret }
def evaluatesWith(shell, String text) { shell.evaluate(text) }
def shellWith(binding) { new GroovyShell(binding).evaluate('1') }
def invokesBy(cls, x, String name) { cls.metaClass.invokeMethod(x, name, null) }
def readsBy(cls, x, String name) { cls.metaClass.getProperty(x, name) }
def writesBy(cls, x, String name, value) { cls.metaClass.setProperty(x, name, value) }
def methodOf(cls, x, String name) { cls.metaClass.getMetaMethod(name).invoke(x) }
def bindingOf(Map map) { new Binding(map).variables }
def calls(x, String name, List args) { x."$name"(*args) }
def given() { return { text -> text.size() } }
class Point { final int x = 5 }
def point() { new Point() }
class Base { def template() { step() }
  def step() { 1 } }
def base() { Base }
def runsTemplate(x) { x.template() }
`;
const trusted = (name: string, script: string): Attempt => ({ name: `beside a trusted library: ${name}`, script, outcome: 'refused' });
const BESIDE_TRUSTED: readonly Attempt[] = [
  trusted('a closure that it calls', "lib.runs { 'ls'.execute() }"),
  trusted('a closure that evaluates', "lib.runs { Eval.me('1') }"),
  trusted('a closure whose delegate is the library', "lib.runsWith(lib) { evaluate('1') }"),
  trusted('a closure with the library as delegate of its own', "def c = { evaluate('1') }; c.delegate = lib; c.resolveStrategy = Closure.DELEGATE_ONLY; c()"),
  trusted('with on the library', "lib.with { evaluate('1') }"),
  trusted('a closure that it hands to each', "lib.each([1]) { Eval.x(it, 'x') }"),
  trusted('a closure that it sorts by', "lib.sorted([2, 1]) { Class.forName('java.lang.Runtime'); it }"),
  trusted('its evaluate, called from outside', "lib.evaluate('1')"),
  trusted('its evaluate by a dynamic name', "def n = 'evaluate'; lib.\"$n\"('1')"),
  trusted('its evaluate by a spread', "[lib]*.evaluate('1')"),
  trusted('its evaluate by a pointer of its own', "lib.pointer()('1')"),
  trusted('its evaluate by a pointer from outside', "def f = lib.&evaluate; f('1')"),
  trusted('a pointer to what only it may call', "lib.pointerTo('ls', 'getMetaClass')()"),
  trusted('its metaClass', 'lib.metaClass'),
  trusted('its metaClass by a method', 'lib.getMetaClass()'),
  trusted('a metaclass that it handed out, read', 'lib.meta(String).methods'),
  trusted('a metaclass that it handed out, written', "lib.meta(String).foo = { 'x' }"),
  trusted('a metaclass that it handed out, called', "lib.meta('x').invokeMethod('x', 'execute', null)"),
  trusted('a metaclass that it handed out, with with', "lib.meta(String).with { foo = { 'x' } }"),
  trusted('a metaclass that it handed out, by a subscript', "lib.meta(String)['foo'] = { 'x' }"),
  trusted('a shell that it handed out', "lib.shell().evaluate('1')"),
  trusted('a shell that it handed out, to parse', "lib.shell().parse('1')"),
  trusted('a shell of its own', 'new GroovyShell()'),
  trusted('the class of a shell', 'lib.shell().getClass().newInstance()'),
  trusted('a closure that it adds to a class', "lib.adds { 'ls'.execute() }; 'x'.added()"),
  trusted('a closure that it adds, with this for a script', "lib.adds { Eval.me('1') }; lib.runs { 'x'.added() }"),
  trusted('toString that it calls', "class T { String toString() { Eval.me('1') } }; lib.text(new T())"),
  trusted('equals that it calls', "class T { boolean equals(o) { Eval.me('1') } }; lib.compares(new T(), new T())"),
  trusted('a getter that it calls', "class T { def getSecret() { Eval.me('1') } }; lib.reads(new T())"),
  trusted('propertyMissing that it calls', "class T { def propertyMissing(String n) { Eval.me('1') } }; lib.reads(new T())"),
  trusted('an inherited method that calls ours', "class T { def template() { step() }; def step() { Eval.me('1') } }; lib.runsTemplate(new T())"),
  trusted(
    'metaClass in a class of ours that it calls',
    "class T { def template() { String.metaClass.x = { 1 } }; }; try { lib.runsTemplate(new T()) } catch (MissingPropertyException e) { Eval.me('1') }",
  ),
  trusted('a category', "class C { static String now(String s) { Eval.me('1') } }; use(C) { lib.runs { 'x'.now() } }"),
  trusted('a closure of its own that is bound to a shell', "def c = lib.runs { lib.given() }; c.delegate = lib.shell(); c('1'); lib.shell().evaluate('1')"),
  trusted('super of its class', "class T extends Script { def run() { super.evaluate('1') } }; lib.calls(new T(), 'run', [])"),
  trusted('a method of ours of a class that extends a shell', "class S extends GroovyShell { def go() { super.evaluate('1') } }; lib.calls(new S(), 'go', [])"),
  trusted('a delegate that is a shell', "class D { @Delegate GroovyShell s }; new D(s: lib.shell()).evaluate('1')"),
  trusted('a category of what is refused', "use(Eval) { '1 + 1'.me() }"),
  trusted('a trait', "trait T { def go() { Eval.me('1') } }; class U implements T { }; lib.calls(new U(), 'go', [])"),
  trusted('a text that it evaluates, asked to evaluate', "def s = lib.evaluates('this'); s.evaluate('1')"),
  trusted('a variable of its binding', "lib.binding.setVariable('more', { Eval.me('1') }); lib.more()"),
  trusted('a method of it that a variable stands for', "lib.other = { Eval.me('1') }; lib.other()"),
  trusted('a text whose parts are closures', 'lib.text("${-> Eval.me(\'1\')}")'),
  trusted('its closure moved to it', "def c = { evaluate('1') }.rehydrate(lib, lib, lib); c()"),
  trusted('a static import', "import static groovy.util.Eval.me\nme('1')"),
  trusted('a cast to a shell', 'GroovyShell shell = []'),
  trusted('a metaclass, as JSON', 'groovy.json.JsonOutput.toJson(lib.meta(String))'),
  fails('beside a trusted library: a method by the metaclass of another class', "lib.invokesBy(String, 5, 'trim')"),
  fails('beside a trusted library: a method of another class as an object', "lib.methodOf(ArrayList, 'x', 'clear')"),
  fails(
    'beside a trusted library: a property by the metaclass of another class',
    "class A { def a = 1 }; class B { def b = 2; def a = 3 }; lib.readsBy(A, new B(), 'a')",
  ),
  fails('beside a trusted library: a property by the metaclass of another class, written', "class A { def a = 1 }; lib.writesBy(A, lib.point(), 'a', 9)"),
  fails('beside a trusted library: a property of what has no fields', "class A { def a = 1 }; lib.readsBy(A, 'x', 'a')"),
  safe(
    'beside a trusted library: a binding of a map that is none',
    `class M implements Map {
      int size() { 1 }; boolean isEmpty() { false }; boolean containsKey(Object k) { true }; boolean containsValue(Object v) { true }
      Object get(Object k) { 1 }; Object put(Object k, Object v) { 1 }; Object remove(Object k) { 1 }; void putAll(Map m) { }; void clear() { }
      Set keySet() { ['a'] as Set }; Collection values() { [1] }; Set entrySet() { [1, 'x'] as Set }
    }
    println lib.bindingOf(new M())`,
  ),
  fails('beside a trusted library: variables of a binding of ours', 'class B extends Binding { }; new B().variables'),
  fails('beside a trusted library: a variable of a binding of ours', "class B extends Binding { }; new B().getVariable('x')"),
  fails('beside a trusted library: a variable set in a binding of ours', "class B extends Binding { }; new B().setVariable('x', 1)"),
  fails('beside a trusted library: a binding of ours asked for a variable', "class B extends Binding { }; new B().hasVariable('x')"),
  fails('beside a trusted library: what is nowhere, through a text that it evaluates', 'lib.evaluates("\'ls\'.execute()")'),
  fails('beside a trusted library: a shell of ours', "class S extends GroovyShell { }; lib.evaluatesWith(new S(), '1')"),
  fails('beside a trusted library: a binding of ours', 'class B extends Binding { }; lib.shellWith(new B())'),
  fails('beside a trusted library: a file, through a text that it evaluates', 'lib.evaluates("new File(\'/etc/passwd\').text")'),
  fails('beside a trusted library: exit, through a text that it evaluates', 'lib.evaluates("System.exit(1)")'),
  fails('beside a trusted library: a process, through a text that it evaluates', 'lib.evaluates("Runtime.runtime.exec(\'ls\')")'),
  fails('beside a trusted library: JavaScript, through a text that it evaluates', 'lib.evaluates("globalThis.process")'),
  prints(
    'beside a trusted library: a text that ends the compiled code',
    `println lib.evaluates("'\\"); globalThis.escaped = 1; (\\"'")`,
    '"); globalThis.escaped = 1; ("\n',
  ),
  fails('beside a trusted library: a text without end', "lib.evaluates('x' * 3000000)"),
  fails('beside a trusted library: texts without end', 'lib.evaluates(\'evaluate("1"); \' * 100000)'),
  fails('beside a trusted library: recursion through evaluate', 'lib.evaluates(\'def f; f = { evaluate(it); f(it) }; f("1")\')'),
  prints('beside a trusted library: a text that it evaluates', "println lib.evaluates('1 + 1')", '2\n'),
];

export const ATTEMPTS: readonly Attempt[] = [
  ...BESIDE_TRUSTED,
  // ---- Java's ways out
  refused('execute on a String', "'ls'.execute()"),
  refused('execute on a List', "['ls', '-l'].execute()"),
  refused('class loader', 'getClass().classLoader'),
  refused('class loader by method', "''.getClass().getClassLoader()"),
  refused('forName', "Class.forName('java.lang.Runtime')"),
  refused('newInstance', 'String.newInstance()'),
  refused('getMethods', 'String.getMethods()'),
  refused('methods as a property', 'String.methods'),
  refused('declaredFields', 'String.declaredFields'),
  refused('getResource', "String.getResource('/x')"),
  refused('Runtime', 'Runtime.getRuntime()'),
  refused('Runtime as a property', 'Runtime.runtime'),
  refused('exit', 'System.exit(1)'),
  refused('getenv', 'System.getenv()'),
  fails('getenv as a property', 'System.env'),
  refused('getProperty', "System.getProperty('user.home')"),
  refused('properties of System', 'System.properties'),
  refused('nanoTime', 'System.nanoTime()'),
  refused('new File', "new File('/etc/passwd')"),
  refused('new File, spelled out', "new java.io.File('/etc/passwd').text"),
  refused('as File', "'/etc/passwd' as File"),
  refused('cast to File by a list', "File f = ['/etc/passwd']"),
  refused('cast to File by as', "['/etc/passwd'] as File"),
  refused('FileReader', "new FileReader('/etc/passwd')"),
  refused('FileOutputStream', "new FileOutputStream('/tmp/x')"),
  refused('PrintWriter on a path', "new PrintWriter('/tmp/x')"),
  refused('Paths', "java.nio.file.Paths.get('/etc/passwd')"),
  refused('ProcessBuilder', "new ProcessBuilder('ls')"),
  refused('ProcessBuilder by cast', "ProcessBuilder p = ['ls']"),
  refused('Thread', 'new Thread({ })'),
  refused('Thread.start', 'Thread.start { }'),
  refused('Socket', "new Socket('localhost', 22)"),
  refused('GroovyShell', 'new GroovyShell()'),
  refused('GroovyClassLoader', 'new GroovyClassLoader()'),
  refused('Eval', "Eval.me('1')"),
  refused('Eval.x', "Eval.x(1, 'x')"),
  fails('evaluate', "evaluate('1 + 1')"),
  refused('InetAddress', 'InetAddress.localHost'),
  refused('Jenkins', 'jenkins.model.Jenkins.instance'),
  refused('Jenkins by getInstance', 'jenkins.model.Jenkins.getInstance()'),
  refused('Hudson', 'hudson.model.Hudson.getInstance()'),
  refused('User', 'hudson.model.User.current()'),
  refused('addShutdownHook', 'addShutdownHook { }'),
  refused('metaClass of a String', "'x'.metaClass"),
  fails('metaClass of a class', 'String.metaClass'),
  fails('metaClass, changed', "String.metaClass.foo = { 'x' }"),
  refused('getMetaClass', "'x'.getMetaClass()"),
  refused('Thread.sleep', 'Thread.sleep(1000)'),
  refused('method pointer to exit', 'def f = System.&exit; f(1)'),
  refused('method pointer to execute', "def f = 'ls'.&execute; f()"),
  refused('method pointer to forName', "def f = Class.&forName; f('java.lang.Runtime')"),
  refused('spread call of execute', "['ls']*.execute()"),
  refused('dynamic name', "def n = 'exe' + 'cute'; 'ls'.\"$n\"()"),
  refused('dynamic static name', "def n = 'ex' + 'it'; System.\"$n\"(1)"),
  refused('inside a closure', "[1].each { 'ls'.execute() }"),
  refused('inside toString', 'class T { String toString() { \'ls\'.execute() } }; println "${new T()}"'),
  refused('inside a comparator', '[1, 2].sort { a, b -> System.exit(1) }'),
  refused('inside a static initialiser', 'class T { static x = System.exit(1) }; println T.x'),
  refused('inside a field initialiser', "class T { def x = 'ls'.execute() }; new T()"),
  refused('inside a default argument', 'def f(a = System.exit(1)) { a }; f()'),
  refused('inside a constructor', 'class T { T() { System.exit(1) } }; new T()'),
  refused('with a delegate', "'ls'.with { execute() }"),
  refused('static import', 'import static java.lang.System.exit\nexit(1)'),
  refused('static star import', 'import static java.lang.System.*\ngetenv()'),
  refused('alias import', "import java.io.File as F\nnew F('/etc/passwd')"),
  refused('type cast to Class', "(Class) 'java.lang.Runtime'"),
  refused('as Class', "'java.lang.Runtime' as Class"),
  refused('class of a class', "''.class.class.forName('java.lang.Runtime')"),
  refused('subclass that calls super', 'class L extends ClassLoader { }\nClassLoader.getSystemClassLoader()'),
  fails('grab', "@Grab('x:y:1')\nimport x.Y\nY.foo()"),
  fails('AST transformation', '@groovy.transform.ASTTest(value = { System.exit(1) })\ndef x = 1\nprintln x\nSystem.exit(1)'),
  fails('unknown native class', 'sun.misc.Unsafe.getUnsafe()'),
  fails('Java reflection', 'java.lang.reflect.Proxy.newProxyInstance(null, null, null)'),

  // ---- JavaScript's ways out
  fails('constructor of a String', "''.constructor"),
  fails('constructor twice', "''.constructor.constructor('return process')()"),
  fails('constructor of a closure', '({ }).constructor'),
  fails('toString.call', '({ }).toString.call(1)'),
  fails('process', 'process.exit(1)'),
  fails('globalThis', 'globalThis.process'),
  fails('require', "require('fs')"),
  fails('import call', "new Function('return 1')()"),
  fails('Function', 'Function("return process")()'),
  prints('a string that ends the compiled code', 'println \'"); globalThis.escaped = 1; ("\'', '"); globalThis.escaped = 1; ("\n'),
  prints('a template string', "println '`${globalThis.escaped = 1}`'", '`${globalThis.escaped = 1}`\n'),
  prints('a backslash at the end', "println 'a\\\\'", 'a\\\n'),
  prints('line separators', "println 'a\\u2028b\\u2029c'.length()", '5\n'),
  prints('a comment end in a string', "println '*/ globalThis.escaped = 1; /*'", '*/ globalThis.escaped = 1; /*\n'),
  prints('script tags', "println '</script><!--'", '</script><!--\n'),
  safe('a method name with quotes', "def \"x'); globalThis.escaped = 1; ('\"() { 'odd' }\nprintln \"x'); globalThis.escaped = 1; ('\"()"),
  safe('a property name with quotes', 'def m = [:]; m."a\']; globalThis.escaped = 1; m[\'" = 1; println m.size()'),
  safe('a label-like map key', 'println(["x: (globalThis.escaped = 1)": 1].size())'),
  safe('unicode names', 'def é = 1; def 变量 = 2; println é + 变量'),
  safe('escaped names', 'def \\u0061b = 1; println ab'),
  safe('dollar names', 'def $x = 1, $$ = 2, x$y = 3; println $x + x$y'),
  safe('a class named Object', "class Object1 { }; class Error { }; class Map1 { }; println new Error().toString().startsWith('Error')"),
  safe('a class named constructor', 'class constructor { def x = 1 }; println new constructor().x'),
  safe('a class named Promise', 'class Promise { def then(f) { f(1) } }; println new Promise().then { it + 1 }'),
  prints('an object with then', "class T { def then(a, b) { println 'called'; a(1) } }; def t = new T(); def f = { t }; println f() instanceof T", 'true\n'),
  prints('a map with then', "def m = [then: { throw new Exception('x') }]; def f = { m }; println f().size()", '1\n'),
  prints('a pending look-alike', 'def m = [pending: true]; def f = { m }; println f()', '[pending:true]\n'),
  prints('__proto__ in a map literal', "def m = ['__proto__': [x: 1]]; println m.x; println m.size(); println m", 'null\n1\n[__proto__:[x:1]]\n'),
  prints('__proto__ merged', "def m = [:]; m.putAll(['__proto__': [polluted: true]]); println([:].polluted)", 'null\n'),
  prints(
    'JSON with __proto__',
    'def o = new groovy.json.JsonSlurper().parseText(\'{"__proto__": {"polluted": 1}, "constructor": 2}\'); println o.polluted; println o.constructor',
    'null\n2\n',
  ),
  prints('named arguments with __proto__', "def f(Map m) { m.size() }; println f('__proto__': 1, constructor: 2)", '2\n'),
  prints('groupBy of odd keys', "println(['__proto__', 'constructor'].groupBy { it }.size()); println(['__proto__'].countBy { it })", '2\n[__proto__:1]\n'),
  safe('with property constructor', 'class A { def constructor = 7 }; println new A().constructor'),

  // ---- time and memory
  fails('endless recursion', 'def f(n) { f(n + 1) }; f(0)'),
  fails('endless recursion of closures', 'def c; c = { c(it) }; c(1)'),
  fails('endless recursion in toString', 'class T { String toString() { "${this}" } }; println new T()'),
  fails('endless recursion in equals', 'class T { boolean equals(o) { this == o } }; println new T() == new T()'),
  fails('endless recursion in hashCode', 'class T { int hashCode() { hashCode() } }; [(new T()): 1]'),
  fails('endless recursion in a getter', 'class T { def getX() { x } }; println new T().x'),
  fails('endless recursion in propertyMissing', 'class T { def propertyMissing(String n) { this."$n" } }; println new T().x'),
  fails('endless recursion in methodMissing', 'class T { def methodMissing(String n, a) { this."$n"(1) } }; new T().x()'),
  fails('a list in itself, printed through another', 'def a = [], b = [a]; a << b; println a'),
  fails('a list in itself, hashed', 'def a = []; a << a; println a.hashCode()'),
  fails('lists in each other, compared', 'def a = [], b = []; a << b; b << a; println a == b'),
  fails('a huge string', "println(('x' * 2000000000).size())"),
  fails('a string doubled for ever', "def s = 'xxxxxxxxxx'; while (true) s += s"),
  fails('a huge array', 'def a = new int[2000000000]; println a.length'),
  fails('a huge two-dimensional array', 'def a = new int[100000][100000]; println a.length'),
  fails('a huge range as a list', 'println((1..2000000000).toList().size())'),
  fails('a huge list by multiplication', 'println(([1] * 2000000000).size())'),
  fails('padLeft', "println 'x'.padLeft(2000000000).size()"),
  fails('a huge power', 'println((9 ** 999999999).toString().size())'),
  fails('a huge BigDecimal', "println new BigDecimal('1e1000000000').toBigInteger()"),
  fails('a huge shift', 'println(1G.shiftLeft(2000000000).bitLength())'),
  fails('a huge format width', "println String.format('%2000000000d', 1).size()"),
  fails('a list put far out', 'def l = []; l[2000000000] = 1; println l.size()'),
  fails('permutations', 'println((1..20).toList().permutations().size())'),
  fails('subsequences', 'println((1..40).toList().subsequences().size())'),
  fails('combinations', 'println([(1..1000), (1..1000), (1..1000)].combinations().size())'),
  safe('a slow regular expression', "println(('a' * 28 + 'b') ==~ /(a+)+c/)"),
  ...properties(),
  ...names(),
];
