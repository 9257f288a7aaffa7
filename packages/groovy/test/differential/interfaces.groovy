interface Greeter { String greet(String n); static final int X = 5 }
interface Named { String getName() }
class En implements Greeter, Named { String name = 'en'; String greet(String n) { "Hello $n" } }
def e = new En()
println e.greet('a')
println e instanceof Greeter
println e instanceof Named
println Greeter.X
println En.X
def viaClosure = { "closure $it".toString() } as Greeter
println viaClosure.greet('b')
println viaClosure instanceof Greeter
def viaMap = [greet: { "map $it".toString() }, getName: { 'mapname' }] as Greeter
println viaMap.greet('c')
def m = [getName: { -> 'nm' }] as Named
println m.name
println m.getName()
try { ([:] as Greeter).greet('x') } catch (ex) { println ex.class.simpleName }
Greeter typed = { "typed $it".toString() }
println typed.greet('d')
def use(Greeter g) { g.greet('used') }
println use { "coerced $it".toString() }
println use(e)
interface Base { def a() }
interface Ext extends Base { def b() }
class Impl implements Ext { def a() { 'a' }; def b() { 'b' } }
println new Impl().a() + new Impl().b()
println new Impl() instanceof Base
println Ext.interfaces*.simpleName
println Impl.interfaces*.simpleName
def anon = new Greeter() { String greet(String n) { "anon $n" } }
println anon.greet('e')
def r = { println 'ran' } as Runnable
r.run()
def cmp = { a, b -> b <=> a } as Comparator
println([1, 3, 2].sort(cmp))
println cmp.compare(1, 2)
def callable = { 42 } as java.util.concurrent.Callable
println callable.call()
def cmp2 = [compare: { a, b -> a.size() <=> b.size() }] as Comparator
println(['ccc', 'a', 'bb'].sort(cmp2))
class Iter implements Iterable { Iterator iterator() { [7, 8].iterator() } }
println new Iter().collect { it }
for (x in new Iter()) print x
println()
println new Iter().toList()
class It implements Iterator { int n = 0; boolean hasNext() { n < 3 }; Object next() { n++ }; void remove() { } }
println new It().collect { it * 2 }
for (x in new It()) print x
println()
class Cmp implements Comparable<Cmp> { int v; int compareTo(Cmp o) { v <=> o.v }; String toString() { "c$v" } }
println([new Cmp(v: 2), new Cmp(v: 1)].sort())
println new Cmp(v: 1) < new Cmp(v: 2)
println new TreeSet([new Cmp(v: 2), new Cmp(v: 1)])
class CL implements Closeable { void close() { println 'closed' } }
new CL().withCloseable { println 'inside' }
java.util.function.Function f = { it + 1 }
println f.apply(1)
java.util.function.Supplier sup = { 'supplied' }
println sup.get()
java.util.function.Predicate pr = { it > 2 }
println pr.test(3)
println([1, 2, 3].stream().filter { it > 1 }.map { it * 2 }.collect(java.util.stream.Collectors.toList()))
