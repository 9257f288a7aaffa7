def people = [[n: 'Bob', a: 30], [n: 'ann', a: 25], [n: 'Cy', a: 30], [n: 'Di', a: 20]]
println people.sort { it.a }*.n
println people.sort { -it.a }*.n
println people.sort { a, b -> a.n <=> b.n }*.n
println people.sort { it.n.toLowerCase() }*.n
println people.sort { a, b -> b.a <=> a.a ?: a.n <=> b.n }*.n
println people.sort(false) { it.n.size() }*.n
println people.groupBy { it.a }.sort().collect { k, v -> "$k:${v*.n}" }
println people.max { it.a }.n
println people.min { it.a }.n
println people.max { a, b -> a.n <=> b.n }.n
println([3, 1, 2].sort())
println([3, 1, 2].sort().reverse())
println(['b', 'B', 'a', 'A'].sort())
println(['b', 'B', 'a', 'A'].sort(String.CASE_INSENSITIVE_ORDER))
println(['10', '9', '1'].sort())
println(['10', '9', '1'].sort { it.toInteger() })
println(['10', '9', '1']*.toInteger().sort())
println([1, 2.5, 2L, 0.5f].sort())
println([null, 3, 1].sort())
println([true, false, true].sort())
println([[2, 'b'], [1, 'z'], [2, 'a']].sort { a, b -> a[0] <=> b[0] ?: a[1] <=> b[1] })
println([[2, 1], [1, 2]].sort { it[0] })
println(['ccc', 'a', 'bb'].sort { it.length() })
println('hello'.toList().sort().join())
println([b: 2, a: 1, c: 0].sort())
println([b: 2, a: 1, c: 0].sort { it.value })
println([b: 2, a: 1, c: 0].sort { a, b -> b.key <=> a.key })
println([3, 1, 2].toSorted { -it })
println((1..5).toList().sort { -it })
println([3, 1, 2] as TreeSet)
println Collections.max([1, 5, 3])
println Collections.min([4, 2])
def l = [5, 3, 9]
Collections.sort(l)
println l
Collections.reverse(l)
println l
l.sort(true) { it }
println l
println([1, 2, 3, 4].sort { it % 2 })
println([4, 3, 2, 1].sort { it % 2 })
println([1, 1, 2, 3, 3].unique())
println([1, -1, 2, -2].unique { it.abs() })
println(['a', 'B', 'A'].unique { a, b -> a.toLowerCase() <=> b.toLowerCase() })
println([1, 2, 3, 1].unique(false))
println([3, 1, 2].sort { a, b -> a < b ? 1 : -1 })
println([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].sort { a, b -> (b % 3) <=> (a % 3) })
println(new PriorityQueue([3, 1, 2]).poll())
println(['x1', 'x10', 'x2'].sort { a, b -> a.drop(1).toInteger() <=> b.drop(1).toInteger() })
println([3, 1, 2].sort(Collections.reverseOrder()))
println(new OrderBy([{ it.a }, { it.n }]).compare([a: 1, n: 2], [a: 1, n: 3]))
println(people.sort(new OrderBy([{ it.a }, { it.n }]))*.n)
