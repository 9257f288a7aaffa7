def data = [[n: 'a', v: 3, t: 'x'], [n: 'b', v: 1, t: 'y'], [n: 'c', v: 2, t: 'x'], [n: 'd', v: 3, t: 'z']]
println data.groupBy { it.t }.collectEntries { k, v -> [k, v*.v.sum()] }
println data.countBy { it.v }
println data.sort { a, b -> b.v <=> a.v ?: a.n <=> b.n }*.n
println data.sort(false) { it.v }*.n
println data.max { it.v }.n + data.min { it.v }.n
println data.collectMany { [it.n] * it.v }
println data.inject([:]) { acc, e -> acc[e.t] = (acc[e.t] ?: 0) + e.v; acc }
println data.split { it.v > 2 }*.n
