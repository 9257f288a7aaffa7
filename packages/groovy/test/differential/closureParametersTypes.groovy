def f = { int a, String b, List<Integer> c, Map d = [x: 1] -> "$a $b $c $d" }
println f(1, 'b', [2])
println f(1L as int, "g${1}", [3], [y: 2])
println f.parameterTypes*.simpleName
println f.maximumNumberOfParameters
try { f('x', 'y', []) } catch (e) { println e.class.simpleName }
def g = { ...xs -> xs.size() }
println g(1, 2)
def h = { a, Object... r -> "$a ${r.length}" }
println h(1)
println h(1, 2, 3)
def k = { Map o, a -> "$o $a" }
println k(x: 1, 'p')
def d = { a, b = a + 1, c = 7 -> [a, b, c] }
println d(1)
println d(1, 5)
println d(1, 5, 6)
def n = { String s -> s?.size() }
println n(null)
println n('four')
def e = { Integer i -> i == null }
println e(null)
println([1: 'a'].collect { Map.Entry en -> en.value })
println([[1, 'x']].collect { int i, String s -> s * i + s })
