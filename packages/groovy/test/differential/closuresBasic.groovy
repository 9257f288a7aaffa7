def c = { it * 2 }
println c(3)
println c.call(4)
println c.doCall(5)
def noArg = { -> 'none' }
println noArg()
def two = { a, b -> "$a-$b" }
println two(1, 2)
println two([3, 4])
def typed = { int a, String b = 'dflt' -> "$a$b" }
println typed(1)
println typed(1, 'x')
def varargs = { Object... xs -> xs.length }
println varargs()
println varargs(1, 2, 3)
def listParam = { List l -> l.size() }
println listParam([1, 2])
println({ it }.call('direct'))
println({ -> 5 }())
def x = 10
def adder = { x += it; x }
println adder(5)
println x
def counter = { def n = 0; return { ++n } }()
println counter()
println counter()
def fact
fact = { n -> n <= 1 ? 1 : n * fact(n - 1) }
println fact(10)
println c.maximumNumberOfParameters
println noArg.maximumNumberOfParameters
println two.maximumNumberOfParameters
println typed.parameterTypes
println two.parameterTypes*.simpleName
println c.getClass().superclass.name
println c instanceof Closure
println c instanceof Runnable
def ret = { if (it > 1) return 'big'; 'small' }
println ret(2)
println ret(1)
def early = { [1, 2, 3].each { if (it == 2) return }; 'end' }
println early(0)
println([1, 2, 3].collect { if (it == 2) return 'two'; it })
try { noArg(1) } catch (e) { println e.class.name }
try { two(1) } catch (e) { println e.class.name }
def nested = { a -> { b -> a + b } }
println nested(1)(2)
println([1, 2].collect(c))
println([1, 2].collect(c.&call))
def m = 'abc'.&toUpperCase
println m()
def plus = 5.&plus
println plus(3)
def st = Math.&max
println st(3, 7)
println([1, -2].collect(Math.&abs))
println(['a', 'b'].collect('x'.&concat))
def withDef = { a, b = a * 2 -> a + b }
println withDef(1)
println withDef(1, 1)
Closure<Integer> gen = { Integer i -> i + 1 }
println gen(1)
def it2 = { it == null ? 'null' : it }
println it2()
println it2(null)
println it2('v')
def run = { Closure cl -> cl() }
println run { 'passed' }
println(run({ 'passed2' }))
def multi(Closure a, Closure b) { a() + b() }
println multi({ 1 }) { 2 }
println multi({ 1 }, { 2 })
def opts(Map m, Closure cl) { "$m ${cl()}" }
println opts(a: 1) { 'body' }
println opts([a: 1], { 'body' })
def (p, q) = [{ 1 }, { 2 }]
println p() + q()
println([{ 1 }, { 2 }]*.call())
println([a: { 'in map' }].a())
println c.curry(5)()
println({ a, b, cc -> "$a$b$cc" }.rcurry('z')('x', 'y'))
println({ a, b, cc -> "$a$b$cc" }.ncurry(1, 'm')('x', 'y'))
println((c >> { it + 1 })(5))
println((c << { it + 1 })(5))
println({ 1 }.with { it() })
println c.clone()(2)
println two.curry(1).curry(2)()
println({ Object[] a -> a.toList() }.curry(1, 2)(3))
