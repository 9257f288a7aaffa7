def helper(x) { "help $x" }
String typed(String s) { s.reverse() }
static util() { 'static util' }
println helper(1)
println typed('abc')
println util()
println this.helper(2)
def viaClosure = { helper(it) }
println viaClosure(3)
println([1, 2].collect { helper(it) })
println([1, 2].collect(this.&helper))
def rec(n) { n ? n + rec(n - 1) : 0 }
println rec(10)
def mutual(n) { n == 0 ? 'even' : mutual2(n - 1) }
def mutual2(n) { n == 0 ? 'odd' : mutual(n - 1) }
println mutual(7)
println later()
def later() { 'defined later' }
def overloaded(String s) { 's' }
def overloaded(int i) { 'i' }
println overloaded('x') + overloaded(1)
def withClosure(int n, Closure c) { (1..n).collect(c) }
println withClosure(3) { it * it }
def retry(int times, Closure body) {
  int attempt = 0
  while (true) {
    try { return body(++attempt) } catch (e) { if (attempt >= times) throw e; println "retry after ${e.message}" }
  }
}
println retry(3) { if (it < 3) throw new Exception("fail $it"); "ok at $it" }
def call() { 'script call' }
println call()
def timeit(Closure c) { def r = c(); "[$r]" }
println timeit { 'body' }
println((timeit { 1 + 1 }).size())
def (x, y) = [helper('a'), helper('b')]
println x + y
private hidden() { 'private ok' }
println hidden()
println binding.hasVariable('nothing')
println args.length
