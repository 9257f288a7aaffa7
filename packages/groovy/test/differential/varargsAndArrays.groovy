def f(String... s) { s.join('+') }
println f()
println f('a')
println f('a', 'b')
println f(['x', 'y'] as String[])
println f(*['p', 'q'])
println f("g${1}", 's')
def g(int a, Object... r) { "$a:${r.toList()}" }
println g(1)
println g(1, null, 2)
println g(1, [2, 3])
println g(1, [2, 3] as Object[])
def h(List l, String... s) { l.size() + s.length }
println h([1, 2], 'a', 'b')
println String.format('%s-%s', *['a', 'b'])
println Arrays.asList(1, 2, 3)
println Arrays.asList([1, 2] as Integer[])
println Math.max(*[1, 5])
println([*1..3].toString())
static sum(int... n) { n.length ? n.sum() : 0 }
println sum() + sum(1) + sum(1, 2, 3)
class V { V(Object... a) { println a.length } }
new V()
new V(1, 2)
new V([1, 2])
new V([1, 2] as Object[])
