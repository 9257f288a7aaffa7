def log = []
[3, 1].each { log << it }
[a: 1].each { k, v -> log << "$k$v" }
println log
println([1, 2, 3].collect { x -> { y -> x + y } }*.call(10))
println([1, 2, 3].findResult { it > 1 ? "r$it" : null })
println([1, 2, 3].findResults { it > 1 ? "r$it" : null })
println([1, 2, 3].collect([0]) { it * 2 })
println([1, 2, 3].inject { a, b -> a > b ? a : b })
println([1, 2, 3].any())
println([0, null].any())
println([1, 2].every())
println([[1, 2], [3, 4]].inject(0) { acc, p -> acc + p.sum() })
println([1, 2, 3, 4].findIndexValues { it % 2 == 0 })
println([1, 2, 3, 4].sum { it > 2 ? it : 0 })
println(['x', 'y'].eachWithIndex { it2, i -> }.size())
println([5, 6].withIndex().collectEntries { v, i -> [i, v] })
println([5, 6].indexed().collect { i, v -> "$i:$v" })
println([1, 2, 3].groupBy({ it % 2 }, { it > 1 }))
println(['a1', 'b2'].collectEntries { [it[0], it[1] as int] })
println([1, 2, 3, 4].countBy { it > 2 })
println([1, 2, 3].min { -it })
println([a: 2, b: 1].min { it.value }.key)
println([1, [2, 3]].collectNested { it + 1 })
println([1, 2, 3].collectMany { it > 1 ? [it] * it : [] })
println([1, 2, 3, 4, 5].dropWhile { it < 3 })
println([4, 5, 1].takeWhile { it > 3 })
println([1, 2, 3].split { it == 2 })
println([1, 2, 3, 4].removeAll { it > 2 })
def rl = [1, 2, 3, 4]
rl.removeAll { it % 2 }
println rl
rl.retainAll { it > 2 }
println rl
println rl.addAll([7, 8])
println rl
rl.replaceAll { it + 1 }
println rl
println rl.removeIf { it > 8 }
println rl
println([1, 2, 3].each { if (it == 2) return; log << it })
println log
println([[k: 1], [k: 2]].find { it.k == 2 })
println([1, 2, 3].stream().toArray().toList())
println((1..6).findAll { it % 2 }.collect { it ** 2 }.sum())
println(('a'..'c').withIndex().collect { s, i -> s * (i + 1) })
println([[1, 2], [3, 4]].combinations { a, b -> a * b })
println([1, 2, 3].permutations { it.join() }.sort())
[[1, 2], [3]].eachCombination { println it }
println([1, 2, 3].tail().head())
println([1, 2, 3].sum(10))
println([1, 2, 3].sum('x') { "$it" } == null)
