def log = []
def f1() { try { throw new Exception('a') } catch (e) { 'caught' } finally { 'ignored' } }
println f1()
def f2(log) { for (i in 1..3) { try { if (i == 2) return "ret$i" } finally { log << i } } }
println f2(log)
println log
def f3() { def x = 1; try { return x } finally { x = 2 } }
println f3()
def f4() { try { try { throw new IOException('inner') } finally { throw new RuntimeException('replaced') } } catch (e) { e.message } }
println f4()
def f5(n) { try { if (n) throw new Exception('x'); 'no throw' } catch (IOException e) { 'io' } }
println f5(0)
try { f5(1) } catch (e) { println "escaped ${e.message}" }
def f6() { while (true) { try { break } finally { log2 = 'fin' } }; log2 }
println f6()
def f7() { try { [1, 2, 3].each { if (it == 2) throw new Exception("$it") } } catch (Exception e) { "stopped at ${e.message}" } }
println f7()
class Res implements Closeable { def n; Res(n) { this.n = n; println "open $n" }; void close() { println "close $n" } }
new Res('r').withCloseable { println "using ${it.n}" }
try { new Res('s').withCloseable { throw new Exception('in use') } } catch (e) { println e.message }
def nested = { ->
  try {
    try { throw new IllegalArgumentException('deep') }
    catch (IllegalStateException e) { println 'not this' }
    finally { println 'inner finally' }
  } catch (IllegalArgumentException e) { println "outer ${e.message}"; 'value' }
}
println nested()
def multi = { c -> try { c() } catch (IOException | IllegalStateException e) { "multi ${e.class.simpleName}" } catch (Throwable t) { "other ${t.class.simpleName}" } }
println multi { throw new IOException() }
println multi { throw new IllegalStateException() }
println multi { throw new Error() }
println multi { 'fine' }
def e2 = null
try { throw new Exception('keep') } catch (e) { e2 = e }
println e2.message
try { try { throw new Exception('1') } finally { println 'f1' } } catch (ignored) { println 'c1' } finally { println 'f2' }
