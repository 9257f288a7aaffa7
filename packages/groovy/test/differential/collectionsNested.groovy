def data = [teams: [[name: 'A', members: [[n: 'x', s: 3], [n: 'y', s: 5]]], [name: 'B', members: [[n: 'z', s: 9]]]]]
println data.teams.members
println data.teams.members.flatten().n
println data.teams.collectMany { it.members }.sum { it.s }
println data.teams.collectEntries { [it.name, it.members*.n] }
println data.teams.find { t -> t.members.any { it.s > 8 } }.name
println data.teams*.members*.size()
println data['teams'][0]['members'][1].n
data.teams[0].members << [n: 'w', s: 1]
println data.teams[0].members.size()
data.teams << [name: 'C', members: []]
println data.teams.name
println data.teams.findAll { !it.members }.name
println data.teams.inject([:]) { acc, t -> acc[t.name] = t.members.size(); acc }
def m = [:]
m.a = [:]
m.a.b = [1]
m.a.b += 2
m['a']['c'] = m.a.b.collect { it * 10 }
println m
println m.a.c[-1]
m.a.b[5] = 6
println m
def grid = (0..2).collect { r -> (0..2).collect { c -> r * 3 + c } }
println grid
println grid.transpose()
println(grid*.sum())
println grid.collect { it.join(' ') }.join('\n')
println grid[1][1..2]
println grid.flatten().findAll { it % 2 }
def deep = [1, [2, [3, [4]]]]
println deep.flatten()
println deep[1][1][1][0]
def freq = 'mississippi'.toList().groupBy { it }.collectEntries { k, v -> [k, v.size()] }
println freq.sort { -it.value }
println freq.max { it.value }
println freq.findAll { it.value > 1 }.keySet()
def inv = [:].withDefault { [] }
[a: 1, b: 2, c: 1].each { k, v -> inv[v] << k }
println inv
println([[1, 2], [3, 4]].collectEntries { a, b -> [a, b] })
println([[1, 2], [3, 4]].collect { a, b -> a + b })
println([[1, [2, 3]]].collect { a, b -> "$a$b" })
[[1, 2], [3, 4]].each { a, b -> println "$a,$b" }
[[1, 2]].eachWithIndex { p, i -> println "$p $i" }
println([['k', 'v']].collectEntries())
println([a: 1, b: [c: 2]].inspect())
println([[a: 1], [a: 2]].a.sum())
println([[a: 1], [b: 2]].a)
println([1, 2, 3].inject([]) { acc, v -> acc << v * 2; acc })
println((1..3).collectMany { x -> (1..x).collect { y -> x * y } })
