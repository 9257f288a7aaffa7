def data = [[n: 'a', v: 3, t: 'x'], [n: 'b', v: 1, t: 'y'], [n: 'c', v: 2, t: 'x'], [n: 'd', v: 3, t: 'z']]
println data.groupBy({ it.t }, { it.v > 1 })
println data.collect { it.subMap(['n', 'v']) }
println data.every { it.v > 0 } && data.any { it.t == 'z' }
println data.findIndexValues { it.v == 3 }
println data.indexed().findAll { i, e -> i % 2 == 0 }.collect { i, e -> e.n }
println data.withIndex().collect { e, i -> "$i${e.n}" }
println data*.n.collate(3)
println data*.v.toSet().sort()
println data.n.combinations() 
println([[1, 2], ['a', 'b']].combinations().collect { it.join() })
println([1, 2, 3].subsequences().sort { it.toString() })
println([1, 2, 3].permutations().sort { it.toString() }.size())
println((1..5).inject(1) { a, b -> a * b })
println([1, [2, [3, [4]]]].flatten())
println([1, 2, 3, 4, 5].collate(2, false))
println([1, 2, 3, 4, 5].collate(2, 1))
println([[1, 'a'], [2, 'b']].transpose())
println([1, 2, 2, 3, 3].unique(false) + [4, 5].tail() + [6, 7].init())
println(['b', 'a', 'C'].sort { it.toLowerCase() })
println(['bb', 'a', 'ccc'].max { it.size() } + ['bb', 'a'].min { it.size() })
println([a: 1, b: 2].inject(0) { s, k, v -> s + v })
println([a: 1, b: 2].collectMany { k, v -> [k] * v })
println([b: 2, a: 1].sort()*.key)
println([b: 2, a: 1].sort { it.value }.keySet())
println([a: 1, b: 2, c: 3].findAll { it.value > 1 }.keySet().join(','))
println([a: [1, 2], b: [3]].collectEntries { k, v -> [(k.toUpperCase()): v.sum()] })
println([1, 2, 3, 4].groupBy { it % 2 ? 'odd' : 'even' })
