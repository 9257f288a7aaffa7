class Conf { String name; int port; List items = []; def item(x) { items << x; this }; String toString() { "$name:$port:$items" } }
def build(Closure c) { def conf = new Conf(); c.delegate = conf; c.resolveStrategy = Closure.DELEGATE_FIRST; c(); conf }
println build { name = 'srv'; port = 80; item 'a'; item('b') }
def conf2 = new Conf().with { name = 'w'; port = 1; it }
println conf2
class A { def who() { 'A' }; def clos = { who() }; def nestedC = { { -> who() } } }
class B { def who() { 'B' } }
def a = new A()
println a.clos()
a.clos.delegate = new B()
println a.clos()
a.clos.resolveStrategy = Closure.DELEGATE_FIRST
println a.clos()
a.clos.resolveStrategy = Closure.DELEGATE_ONLY
println a.clos()
a.clos.resolveStrategy = Closure.OWNER_ONLY
println a.clos()
println a.nestedC()()
def c = { delegate }
println c().is(this)
println c.owner.is(this)
println c.thisObject.is(this)
def inner = { { -> owner } }
println inner()().is(inner)
c.delegate = 'str'
println c()
def len = { length() }
len.delegate = 'four'
println len()
def up = { toUpperCase() + size() }
up.delegate = 'xy'
println up()
def m = { aa + bb }
m.delegate = [aa: 1, bb: 2]
println m()
def setter = { v = 5 }
def target = new Expando()
setter.delegate = target
setter.resolveStrategy = Closure.DELEGATE_FIRST
setter()
println target.v
try { def z = { missingThing }; z() } catch (e) { println "${e.class.simpleName}: ${e.property}" }
try { def z = { missingCall(1) }; z() } catch (e) { println "${e.class.simpleName}: ${e.method}" }
println Closure.OWNER_FIRST + ' ' + Closure.DELEGATE_FIRST + ' ' + Closure.OWNER_ONLY + ' ' + Closure.DELEGATE_ONLY + ' ' + Closure.TO_SELF
class Html {
  def out = []
  def depth = 0
  def methodMissing(String name, args) {
    def body = args ? args[-1] : null
    if (body instanceof Closure) {
      out << ('  ' * depth + "<$name>")
      depth++
      body.delegate = this
      body.resolveStrategy = Closure.DELEGATE_FIRST
      body()
      depth--
      out << ('  ' * depth + "</$name>")
    } else out << ('  ' * depth + "<$name>${body ?: ''}</$name>")
  }
}
def h = new Html()
h.html { head { title 'T' }; body { p 'one'; p 'two'; br() } }
println h.out.join('\n')
def list = []
list.with { add(1); add(2); println size() }
println list
println 'x'.with { it + it }
println([1, 2].with { a1 -> a1.sum() })
