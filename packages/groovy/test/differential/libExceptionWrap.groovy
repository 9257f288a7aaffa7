class BuildError extends RuntimeException { int code; BuildError(String m, int c, Throwable t = null) { super(m, t); code = c } }
class Sub extends BuildError { Sub() { super('sub', 9) } }
def run(Closure c) { try { c() } catch (BuildError e) { "B:$e.message:$e.code:${e.cause?.class?.simpleName}" } catch (IOException | IllegalStateException e) { "IO:${e.class.name}" } catch (Exception e) { "E:${e.class.simpleName}:$e.message" } finally { print '[f]' } }
println run { throw new BuildError('x', 3, new IOException('io')) }
println run { throw new Sub() }
println run { throw new FileNotFoundException('f') }
println run { throw new IllegalStateException() }
println run { null.foo() }
println run { [1][5].bar }
println run { 1 / 0 }
println run { Integer.parseInt('x') }
println run { 'abc'.substring(9) }
println run { [].first() }
println run { new ArrayList().iterator().next() }
println run { (String) null; 'ok' }
println run { Object o = 'x'; (Integer) o }
println run { [1, 2].asImmutable() << 3 }
println run { throw new Exception('with cause', new Error('inner')) }
def root(Throwable t) { while (t.cause) t = t.cause; t }
println root(new RuntimeException(new Exception(new Error('deep')))).message
println new RuntimeException(new Exception('c')).message
println new RuntimeException((String) null).message
def e = new Exception('a'); e.addSuppressed(new Error('s')); println e.suppressed*.message
println e.stackTrace.size() > 0
def fin() { try { return 'try' } finally { println 'fin' } }
println fin()
def nested() { try { try { throw new Exception('1') } finally { println 'inner' } } catch (x) { try { throw new Exception('2', x) } catch (y) { y.message + y.cause.message } } }
println nested()
try { assert 1 == 2 : 'msg' } catch (AssertionError x) { println x.message.readLines()[0] }
try { throw new Sub() } catch (RuntimeException x) { println x instanceof BuildError; println x }
