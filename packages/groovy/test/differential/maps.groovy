def m = [a: 1, 'b': 2, ("c"): 3, 4: 'four', (5 + 1): 'six']
println m
println m.getClass().name
println m.size()
println m.a
println m['b']
println m.get('c')
println m[4]
println m.get(6)
println m.missing
println m['missing']
println m.get('missing', 'default')
println m
println m.getOrDefault('zz', 'dflt')
m.d = 10
m['e'] = 11
m.put('f', 12)
println m
println m.containsKey('a')
println m.containsValue(2)
println 'a' in m
println m.keySet()
println m.values()
println m.entrySet()
println m.remove('missing')
println m.remove(4)
println m
m = [b: 2, a: 1, c: 3]
m.each { println it }
m.each { k, v -> println "$k=$v" }
m.each { e -> println e.key + e.value }
m.eachWithIndex { e, i -> println "$i $e.key" }
m.eachWithIndex { k, v, i -> println "$i $k $v" }
println m.collect { k, v -> "$k$v" }
println m.collect { it.value }
println m.find { k, v -> v > 1 }
println m.find { it.value > 1 }.key
println m.findAll { k, v -> v > 1 }
println m.findAll { it.value > 1 }
println m.every { k, v -> v > 0 }
println m.any { k, v -> v > 2 }
println m.sort()
println m.sort { it.value }
println m.sort { a, b -> b.value <=> a.value }
println m.max { it.value }
println m.min { it.value }.key
println m.inject(0) { acc, k, v -> acc + v }
println m.inject(0) { acc, e -> acc + e.value }
println m.collectEntries { k, v -> [v, k] }
println m.collectEntries { [(it.key.toUpperCase()): it.value] }
println m.groupBy { k, v -> v % 2 ? 'odd' : 'even' }
println m.countBy { k, v -> v % 2 }
println m.count { k, v -> v > 1 }
println m.subMap(['a', 'c'])
println m.subMap('a', 'zz')
println m + [d: 4]
println m + [a: 100]
println m - [a: 1]
println m << [z: 26]
println m
println m.plus([y: 1])
println m.findResult { k, v -> v == 2 ? "$k!" : null }
println m.collectMany { k, v -> [k, v] }
println m.keySet().toList().sort()
println m.values().toList().sort()
println m.isEmpty()
println([:].isEmpty())
println m == [a: 1, b: 2, c: 3, z: 26]
println m.equals([:])
println([a: 1].hashCode())
println m.toString()
println m.inspect()
println([a: [b: [c: 1]]].a.b.c)
println([a: [b: 1]]?.a?.b)
println([a: null].a?.b)
println m*.key
println m*.value
println m.entrySet().collect { "$it" }
println m.iterator().next().getClass().simpleName.isEmpty()
println m.with { a + b }
m.clear()
println m
def withDefault = [:].withDefault { it * 2 }
println withDefault[3]
println withDefault
def counts = [:].withDefault { 0 }
'hello'.each { counts[it]++ }
println counts
def nested = [:].withDefault { [] }
nested.a << 1
nested.a << 2
nested.b << 3
println nested
println new TreeMap([b: 1, a: 2])
println new TreeMap([b: 1, a: 2]).firstKey()
println([b: 1, a: 2] as TreeMap)
println new HashMap([b: 1, a: 2, z: 3, k: 4])
println new LinkedHashMap([b: 1])
println m.putIfAbsent('n', 1)
println m.putIfAbsent('n', 2)
println m.computeIfAbsent('q') { it + '!' }
println m.computeIfPresent('q') { k, v -> v + k }
println m.compute('r') { k, v -> v == null ? 'new' : v }
println m.merge('n', 10) { a, b -> a + b }
println m
m.replaceAll { k, v -> "$k$v" }
println m
println([a: 1, b: 2].collect { it.key }.join(','))
println([class: 'x'].class)
println([class: 'x'].getClass().simpleName)
println([size: 99].size)
println([size: 99].size())
println([true: 1, (true): 2])
println([(null): 'n'][null])
def k = 'dyn'
println([(k): 1, "$k": 2])
println([*: [a: 1], b: 2])
println([[k: 'a', v: 1], [k: 'b', v: 2]].collectEntries { [it.k, it.v] })
println([a: 1, b: 2].min { it.value })
println([b: 1, a: 2].sort { it.key }.keySet())
println([a: 3, b: 1].sort { -it.value })
println([1, 2].collectEntries { ["k$it", it] })
println([a: 1].any { it.key == 'a' })
println([x: 1, y: 2].drop(1))
println([x: 1, y: 2].take(1))
println([x: 1].toMapString())
println([a: 1, b: 2].reverseEach { k2, v2 -> print k2 })
println([a: 1] as LinkedHashMap)
