class Counter { static int n = 0; static next() { ++n }; static reset() { n = 0 }; static Map reg = [:]; static final List L = [1, 2].asImmutable(); int mine = next() }
println Counter.next()
println Counter.next()
new Counter(); new Counter()
println Counter.n
Counter.n = 10
println Counter.next()
Counter.reset()
println Counter.n
Counter.reg.a = 1
println Counter.reg
println Counter.L
println new Counter().mine
println new Counter().n
class Util { static twice(x) { x * 2 }; static twice(String s) { s + s }; static cl = { it + 1 }; static fact(int n) { n <= 1 ? 1 : n * fact(n - 1) }; static self() { this } }
println Util.twice(2)
println Util.twice('ab')
println Util.cl(1)
println Util.fact(5)
println Util.self()
println Util.self() == Util
import static java.lang.Math.max
import static java.lang.Math.*
println max(1, 2)
println abs(-3)
println PI > 3
println([1, 2].collect(Util.&twice))
class Singleton1 { private static inst; static get() { inst = inst ?: new Singleton1() } }
println Singleton1.get().is(Singleton1.get())
class Consts { static final A = 'a', B = A + 'b' }
println Consts.B
class Order { static log = []; static { log << 'static' }; { log << 'instance' }; Order() { log << 'ctor' } }
new Order(); new Order()
println Order.log
class Par { static v = 'par'; static show() { v } }
class Chi extends Par { static v = 'chi' }
println Chi.show()
println Chi.v
println Par.v
