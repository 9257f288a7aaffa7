def m = [z: 1, y: 2, x: 3]
m.each { k, v -> print "$k$v " }
println()
m.remove('y')
m.y = 4
println m
println m.keySet().toList()
println new TreeMap(m)
println m.sort { -it.value }
println m.entrySet().toList().reverse()*.key
println m.collect { it.key }.reverse()
println m.findAll { it.value > 1 }.keySet()
def hm = new HashMap()
['delta', 'alpha', 'charlie', 'bravo', 'echo'].eachWithIndex { s, i -> hm[s] = i }
println hm
println hm.keySet()
hm.remove('alpha')
println hm
println new HashSet((1..20).collect { it * 7 % 23 })
println new HashSet(['x', 1, 2.5, null, true, 'y' as char])
println((1..5).collectEntries { [("k" + it): it] })
