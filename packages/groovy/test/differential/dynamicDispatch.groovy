class D {
  def f(Object o) { 'Object' }
  def f(String s) { 'String' }
  def f(Integer i) { 'Integer' }
  def f(int i, int j) { 'int,int' }
  def f(Number n) { 'Number' }
  def f(List l) { 'List' }
  def f(Map m) { 'Map' }
  def f(Closure c) { 'Closure' }
  def f(Object[] a) { 'Object[]' }
  def f(GString g) { 'GString' }
  def f(Date d) { 'Date' }
  def f(Collection c) { 'Collection' }
  def f(CharSequence c) { 'CharSequence' }
  def f(boolean b) { 'boolean' }
  def f(char c) { 'char' }
  def f(double d) { 'double' }
  def g(long l) { "long $l" }
  def g(double d) { "double $d" }
  def h(int... i) { "ints ${i.length}" }
  def h(int a) { 'one int' }
  def k(String s, Object... r) { "s+${r.length}" }
  def k(String s) { 's' }
  def p(a, b) { 'two' }
  def n(String s) { "str $s" }
}
def d = new D()
[1, 1L, 1.5, 1.5d, 1.5f, 1G, 'x', "g${1}", [1], [a: 1], [1] as Set, { }, new Date(0), true, 'c' as char, (byte) 1, (short) 1, 1..2, new Object(), [1, 2] as Object[], String].each { println "${it.getClass().simpleName} -> ${d.f(it)}" }
println d.f(1, 2)
println d.g(1)
println d.g(1.5)
println d.g(1.5f)
println d.h(1)
println d.h()
println d.h(1, 2)
println d.k('a')
println d.k('a', 1)
println d.k('a', 1, 2)
println d.p(1, 2)
println d.n(null)
println d.n("g${1}")
try { d.n(1) } catch (e) { println e.message.readLines()[0] }
try { d.f(null) } catch (e) { println e.class.simpleName }
Object o = 'typed as Object'
println d.f(o)
def name = 'f'
println d."$name"('dyn')
println d.with { f(2) }
class E extends D { def f(String s) { 'E.String' }; def f(Integer i) { 'E.' + super.f(i) } }
println new E().f('x')
println new E().f(1)
println new E().f([1])
