class A { int x; String toString() { "A($x)" }; boolean equals(o) { o instanceof A && x == o.x }; int hashCode() { x } }
def a = new A(x: 1)
println a
println "$a"
println a.toString()
println '' + a
println([a, a])
println([k: a])
println a.hashCode()
println a == new A(x: 1)
println a.equals(null)
println([a].contains(new A(x: 1)))
println([a] - [new A(x: 1)])
println([a, new A(x: 1), new A(x: 2)].unique())
println([a, new A(x: 1)].toSet().size())
println([(a): 'v'][new A(x: 1)])
println([new A(x: 2), a].indexOf(new A(x: 1)))
println([a] == [new A(x: 1)])
println([a: a] == [a: new A(x: 1)])
println a.getClass()
println a.class == A
println A
println A.class
println "${A}"
println A.toString()
println([A, String, int])
println a instanceof A
println A.isInstance(a)
println a in A
class B { }
println new B().toString() ==~ /B@[0-9a-f]+/
println new B().hashCode() == new B().hashCode() ? 'same' : 'differs'
println new B().equals(new B())
class C extends A { String toString() { "C:" + super.toString() } }
println new C(x: 3)
println new C(x: 1) == a
println a == new C(x: 1)
class T { String toString() { throw new RuntimeException('in toString') } }
try { println "${new T()}" } catch (e) { println e.message }
class E1 { boolean equals(Object o) { true } }
println new E1() == 5
println new E1() == null
println 5 == new E1()
println new E1() != 'x'
println a.with { x }
println a.x.class
println a.properties.x
a.x += 5
println a
println a?.x
println new A().x
println new A(x: 2).with { it.x = 9; it }
println([1, 2].clone())
println([a: 1].clone())
