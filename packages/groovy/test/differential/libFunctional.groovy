def add = { a, b -> a + b }
println add.curry(1)(2) + ' ' + add.rcurry('x')('y') + ' ' + add.ncurry(1, 9)(1)
def compose = { Closure... fs -> { x -> fs.inject(x) { acc, f -> f(acc) } } }
println compose({ it + 1 }, { it * 2 }, { "<$it>" })(3)
def calls = 0
def slow = { calls++; it * 2 }.memoize()
println([slow(2), slow(2), slow(3), calls])
println((1..10).step(3) + (10..1).step(4) + ('a'..'e').step(2))
1.step(10, 4) { print "$it " }
3.times { print it }
2.upto(4) { print it }
4.downto(2) { print it }
println()
println((1..3).collect { it * 2 }.with { [sum(), max(), size()] })
println 'x'.with { it * 3 }
def obj = new Expando(a: 1); obj.b = { -> a + 1 }; println obj.b()
println([1, 2, 3].each { }.collect { i -> i }.findAll().any())
def counter = { -> def n = 0; [inc: { ++n }, peek: { n }] }()
counter.inc(); counter.inc(); println counter.peek()
def fs = (1..3).collect { i -> { -> i * 10 } }
println fs*.call()
println([1, 2, 3, 4].takeWhile { it < 3 } + [1, 2, 3].dropWhile { it < 2 })
println([[1, 2], [3]].collect { it.sum() } + [1, 2].collectNested { it * 2 })
println((1..6).collate(2).collect { a, b -> a * b })
println([a: 1, b: 2].collect { k, v -> k * v })
println([a: 1, b: 2].find { k, v -> v == 2 }?.key)
println([1, 2, 3].inject { a, b -> a * b } + [[1, 2], [3, 4]].sum { a, b -> a * b })
def m = this.&helper
def helper(x) { "h$x" }
println([1, 2].collect(m) + [3].collect(this.&helper))
println(['1', '2'].collect(Integer.&valueOf))
println([3, 4].collect(Math.&sqrt).collect { it.round(2) })
def r = { int n -> n > 3 ? 'big' : 'small' } as java.util.function.Function
println r.apply(5)
println(({ it > 2 } as java.util.function.Predicate).test(1))
println((1..3).every { it } && ![0, null].any())
println([1, 2, 3].withIndex().collectEntries { v, i -> [(i): v] })
println((0..<5).findAll { it & 1 } + (5..<0).toList())
println({ a, b = a * 2 -> [a, b] }(1) + { Object... xs -> xs.size() }(1, 2, 3))
println({ it -> it }.parameterTypes.size() + { -> }.maximumNumberOfParameters)
