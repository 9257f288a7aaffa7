interface Visitor { def visit(Num n); def visit(Add a) }
abstract class Node { abstract accept(Visitor v) }
class Num extends Node { def v; def accept(Visitor x) { x.visit(this) } }
class Add extends Node { Node l, r; def accept(Visitor x) { x.visit(this) } }
class Eval implements Visitor { def visit(Num n) { n.v }; def visit(Add a) { a.l.accept(this) + a.r.accept(this) } }
class Show implements Visitor { def visit(Num n) { "$n.v" }; def visit(Add a) { "(${a.l.accept(this)} + ${a.r.accept(this)})" } }
def e = new Add(l: new Num(v: 1), r: new Add(l: new Num(v: 2), r: new Num(v: 3)))
println e.accept(new Show()) + ' = ' + e.accept(new Eval())
class Emitter { private handlers = [:].withDefault { [] }; def on(String n, Closure c) { handlers[n] << c; this }; def emit(String n, Object... a) { handlers[n]*.call(*a) } }
def em = new Emitter()
em.on('x') { println "first $it" }.on('x') { println "second $it" }
em.emit('x', 5)
println em.emit('none')
class Machine { def state = 'idle'; static T = [idle: [start: 'running'], running: [pause: 'paused', stop: 'idle'], paused: [resume: 'running']]; def fire(ev) { def n = T[state][ev]; if (!n) throw new IllegalArgumentException("no $ev in $state"); println "$state -> $n"; state = n; this } }
def mc = new Machine().fire('start').fire('pause').fire('resume')
try { mc.fire('resume') } catch (ex) { println ex.message }
class Builder1 { private m = [:]; def methodMissing(String n, a) { m[n] = a[0]; this }; def build() { m.asImmutable() } }
println new Builder1().name('n').size(5).build()
class Account { final String id; private BigDecimal bal = 0; private hist = []; Account(id) { this.id = id }
  def deposit(BigDecimal a) { if (a <= 0) throw new IllegalArgumentException('amount'); bal += a; hist << "+$a"; this }
  def withdraw(BigDecimal a) { if (a > bal) throw new IllegalStateException("insufficient: $bal < $a"); bal -= a; hist << "-$a"; this }
  def getBalance() { bal }; def getHistory() { hist.asImmutable() } }
def acc = new Account('A1').deposit(100).deposit(50.25).withdraw(30)
println acc.balance
println acc.history
try { acc.withdraw(1000) } catch (ex) { println ex.message }
try { acc.deposit(-1) } catch (ex) { println "${ex.class.simpleName} ${ex.message}" }
try { acc.balance = 5 } catch (ex) { println ex.class.simpleName }
def compose = { Closure... fs -> fs.inject { f, g -> f >> g } }
println compose({ it + 1 }, { it * 2 }, { "<$it>" })(3)
def pipeline = [{ it.trim() }, { it.toUpperCase() }, { it.replace(' ', '_') }]
println pipeline.inject('  some text ') { v, f -> f(v) }
def cache = [:]
def memo = { f -> { x -> cache.containsKey(x) ? "cached ${cache[x]}" : (cache[x] = f(x)) } }
def sq = memo { it * it }
println sq(4)
println sq(4)
class Temp implements Comparable<Temp> { double deg; int compareTo(Temp o) { deg <=> o.deg }; boolean equals(o) { o instanceof Temp && deg == o.deg }; int hashCode() { deg.hashCode() }; String toString() { "${deg}°" } }
println([new Temp(deg: 20.5), new Temp(deg: -3)].sort())
println new Temp(deg: 1) == new Temp(deg: 1)
println([new Temp(deg: 1), new Temp(deg: 1)].unique().size())
class Registry1 { static final Map<String, Closure> FACTORY = [circle: { r -> "circle $r" }, rect: { w, h -> "rect ${w}x$h" }]; static make(String k, Object... a) { (FACTORY[k] ?: { throw new NoSuchElementException(k) })(*a) } }
println Registry1.make('circle', 2)
println Registry1.make('rect', 2, 3)
try { Registry1.make('hex') } catch (NoSuchElementException ex) { println "unknown ${ex.message}" }
