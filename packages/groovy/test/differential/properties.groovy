class Temp {
  double c
  double getF() { c * 9 / 5 + 32 }
  void setF(double f) { c = (f - 32) * 5 / 9 }
  private int hits = 0
  int getHits() { ++hits }
  def readOnly = 1
  boolean active
  Boolean boxed = true
  String URL = 'u'
  def aProp = 'ap'
  static stat = 's'
  final fin = 'f'
  def getComputed() { 'comp' }
  def isFlag() { 'not bool' }
  boolean isOk() { true }
}
def t = new Temp(c: 100)
println t.f
t.f = 32
println t.c
println t.hits + t.hits
t.readOnly = 2
println t.readOnly
println t.active
println t.isActive()
println t.boxed
println t.getBoxed()
println t.URL
println t.getURL()
println t.aProp
println t.getaProp()
println t.stat
println Temp.stat
println t.fin
println t.computed
println t.ok
try { t.flag } catch (e) { println e.class.simpleName }
try { t.computed = 1 } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { t.fin = 1 } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
class Dyn {
  def store = [:]
  def propertyMissing(String n) { store.containsKey(n) ? store[n] : "missing $n" }
  def propertyMissing(String n, v) { store[n] = v }
}
def d = new Dyn()
println d.foo
d.foo = 5
println d.foo
d.foo += 1
println d.foo
class GetP { def a = 1; def getProperty(String n) { n == 'a' ? 'intercepted' : metaClass.getProperty(this, n) }; def b = 2 }
println new GetP().a
println new GetP().b
class SetP { def log = []; def x; void setProperty(String n, v) { if (n == 'log') return; log << "$n=$v".toString() } }
def sp = new SetP()
sp.x = 5
sp.anything = 6
println sp.log
def ex = new Expando(name: 'exp', hi: { -> "hi $name" })
println ex.name
println ex.hi()
ex.age = 5
println ex.age
println ex.nope
def m = [a: 1]
m.b = 2
m.'with space' = 3
m."dyn${1}" = 4
println m
println m.'with space'
println 'abc'.bytes.length
println 'abc'.class
println new Date(0).time
println 5.class
println 'x'.empty
println([].empty)
println([a: [b: 1]].a.b)
class Node1 { Node1 next; def v }
def n = new Node1(v: 1, next: new Node1(v: 2))
println n.next.v
println n.next.next?.v
n.next.v++
println n.next.v
n.next.v *= 10
println n.next.v
n.next.next = new Node1(v: 3)
println n.next.next.v
class Lazy1 { @Lazy def v = { println 'computing'; 42 }() }
def lz = new Lazy1()
println 'before'
println lz.v
println lz.v
