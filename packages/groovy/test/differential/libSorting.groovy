def l = [[n: 'bob', a: 30], [n: 'al', a: 25], [n: 'cy', a: 30], [n: 'Al', a: null]]
println l.sort { x, y -> (y.a ?: 0) <=> (x.a ?: 0) ?: x.n <=> y.n }*.n
println l.sort { [it.a ?: 99, it.n] .toString() }*.n
println l.sort(false, { it.n.toLowerCase() } )*.n
println l.toSorted { -(it.a ?: 0) }*.n
println l*.n.sort(String.CASE_INSENSITIVE_ORDER)
println([5, 3, 9].sort { -it } + [5, 3].sort(Collections.reverseOrder()))
println(['10', '9', '1'].sort() + ['10', '9', '1'].sort { it as int })
println([3, 1.5, 2L, 2.5d].sort())
println([null, 2, 1].sort())
println(['b', null, 'a'].sort { it ?: '' })
println([[2, 'a'], [1, 'b']].sort { it[0] })
println([b: 1, a: 2].sort { x, y -> x.key <=> y.key })
println([b: 1, a: 2].sort { it.value }*.key)
println([true, false].sort() + ['a', 'B', 'c'].sort())
def cmp = [compare: { a, b -> a.size() <=> b.size() ?: a <=> b }] as Comparator
println(['ccc', 'a', 'bb', 'aa'].sort(cmp))
def c2 = Comparator.comparing { it.size() }
println(['ccc', 'a', 'bb'].sort(c2.reversed()))
println new TreeMap([c: 1, a: 2, b: 3]).keySet()
println new TreeSet(['b', 'a']) + ['c']
println(['b', 'a', 'b'].toUnique() + ['b', 'a', 'b'].toUnique { it })
println([1, 2, 3, 4].reverse(true) + ([1, 2, 3].swap(0, 2)))
println(['x10', 'x9', 'x1'].sort { a, b -> (a - 'x').toInteger() <=> (b - 'x').toInteger() })
println([3, 1, 2].max { a, b -> b <=> a })
def arr = [3, 1, 2] as int[]
Arrays.sort(arr)
println arr.toList()
def data = (1..6).collect { [k: it % 3, v: it] }
println data.sort { it.k }.collect { "$it.k$it.v" }
println data.groupBy { it.k }.sort { -it.key }.collect { k, v -> "$k=${v*.v}" }
println 'hello'.toList().countBy { it }.sort { a, b -> b.value <=> a.value ?: a.key <=> b.key }
println 'sort words in here'.split().sort { it.size() }.toList()
