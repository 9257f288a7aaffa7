def t = { c -> try { println "ok ${c()}" } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { throw new Exception('plain') }
t { throw new RuntimeException() }
t { throw new IllegalStateException('state', new RuntimeException('cause')) }
t { throw new RuntimeException(new IOException('io')) }
t { throw new Error('error') }
t { assert false : 'msg' }
t { throw new AssertionError((Object) 'ae') }
t { throw new AssertionError(5) }
t { 1 / 0 }
t { null.foo() }
t { [1][5].foo }
t { [1, 2].get(9) }
t { 'abc'.substring(9) }
t { 'x'.toInteger() }
t { Integer.parseInt('12x') }
t { (Integer) 'x' }
t { 'abc' as Integer }
t { nope() }
t { nope }
t { new Date('x') }
t { Class.forName('no.such.Thing') }
t { [].iterator().next() }
t { new ArrayList(5).get(0) }
t { new int[-1] }
t { def a = new int[2]; a[5] }
t { def a = new int[2]; a[5] = 1 }
t { def a = [1, 2] as String[]; a[7] }
t { (1..3)[7] }
t { Collections.emptyList().add(1) }
t { [a: 1].foo() }
t { 'abc'.foo(1, 'x') }
t { Math.max('a', 1) }
t { new String(1, 2, 3, 4, 5) }
t { Integer.foo() }
t { Integer.foo }
t { throw new NumberFormatException('nf') }
t { Thread.sleep('x') }
def order = []
def f = { n ->
  try {
    order << "try$n"
    if (n == 1) throw new IOException('io')
    if (n == 2) throw new RuntimeException('rt')
    if (n == 3) return 'returned'
    order << 'end'
    'value'
  } catch (IOException e) {
    order << 'io'
    'caught io'
  } catch (RuntimeException | Error e) {
    order << 'rt'
    'caught rt'
  } finally {
    order << 'fin'
  }
}
(0..3).each { println "${f(it)} $order"; order.clear() }
def g() { try { return 'try' } finally { println 'finally runs' } }
println g()
def h() { try { throw new Exception('x') } catch (e) { return 'catch' } finally { return 'finally wins' } }
println h()
try { try { throw new Exception('inner') } finally { println 'cleanup' } } catch (e) { println e.message }
try { try { throw new Exception('first') } catch (e) { throw new RuntimeException('second', e) } } catch (e) { println "${e.message} <- ${e.cause.message} ${e.cause.class.simpleName}" }
def e1 = new Exception('msg')
println e1
println e1.toString()
println "$e1"
println e1.message
println e1.localizedMessage
println e1.cause
println new RuntimeException('a', e1).cause.is(e1)
println new RuntimeException(e1).message
println new Exception((String) null)
println new Exception().message
e1.addSuppressed(new Exception('sup'))
println e1.suppressed*.message
println e1.initCause(new Error('later')).cause
class Custom extends RuntimeException { def info; Custom(String m, i) { super(m); info = i }; String getMessage() { "custom: ${super.message}" } }
try { throw new Custom('boom', [1]) } catch (Custom c) { println "${c.message} ${c.info}"; println c }
class NoMsg extends Exception { }
try { throw new NoMsg() } catch (e) { println e }
try { throw new Custom('m', 1) } catch (IllegalArgumentException e) { println 'wrong' } catch (Exception e) { println 'right' }
def rethrow = { try { it() } catch (e) { throw e } }
try { rethrow { throw new IOException('again') } } catch (IOException e) { println e.message }
try { [1, 2].each { if (it == 2) throw new Exception("at $it") } } catch (e) { println e.message }
try { throw new MissingPropertyException('prop', String) } catch (e) { println e.message }
println new FileNotFoundException('f').message
println new UnsupportedOperationException().message
println new IndexOutOfBoundsException(3).message
println([new IOException('1'), new Error('2')]*.message)
println e1 instanceof Throwable
println(new IOException() instanceof Exception)
try { assert 1 == 2 } catch (AssertionError e) { println e.class.simpleName }
try { throw new Exception("g${1}string") } catch (e) { println e.message.class.simpleName }
throw new IllegalStateException('uncaught at the end')
