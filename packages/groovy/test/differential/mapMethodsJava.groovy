def m = new LinkedHashMap()
println m.put('a', 1)
println m.put('a', 2)
println m.putAll([b: 3, c: 4])
println m
println m.keySet().remove('a')
println m
println m.values().remove(3)
println m
println m.entrySet().iterator().next().value
m.entrySet().each { it.value = it.value * 2 }
println m
for (e in m.entrySet()) { e.setValue(99) }
println m
println m.remove('zz')
println m.getOrDefault('q', 5)
m.forEach { k, v -> println "$k/$v" }
println m.entrySet().toString()
println new TreeMap([c: 1, a: 2, b: 3]).headMap('c')
println new TreeMap([c: 1, a: 2, b: 3]).tailMap('b')
println new TreeMap([c: 1, a: 2, b: 3]).lastEntry()
println new TreeMap([c: 1, a: 2, b: 3]).floorKey('bb')
println new TreeMap([c: 1, a: 2, b: 3]).descendingMap()
println new TreeMap({ a, b -> b <=> a }).getClass().simpleName
def tm = new TreeMap({ a, b -> b <=> a } as Comparator)
tm.a = 1; tm.b = 2
println tm
println Collections.emptyMap()
println Collections.singletonMap('k', 'v')
try { Collections.unmodifiableMap([a: 1]).put('b', 2) } catch (e) { println e.class.simpleName }
try { def z = [a: 1, b: 2]; z.each { k, v -> z.remove(k) } } catch (e) { println e.class.simpleName }
try { def z = [a: 1, b: 2]; for (e in z) z["${e.key}x".toString()] = 1 } catch (e) { println e.class.simpleName }
println([a: 1].equals([a: 1L]))
println([a: 1] == [a: 1L])
println new HashMap([a: 1]) == [a: 1]
println([a: 1].hashCode() == new TreeMap([a: 1]).hashCode())
println new HashMap(['x': 1]).containsKey("${'x'}")
def im = [a: [1]].asImmutable()
try { im.b = 1 } catch (e) { println e.class.simpleName }
im.a << 2
println im
def cm = new java.util.concurrent.ConcurrentHashMap([a: 1])
println cm.putIfAbsent('a', 5)
println cm
def wm = new Properties()
wm.setProperty('k', 'v')
println wm.getProperty('k')
println wm.getProperty('z', 'dflt')
wm.load(new StringReader('a=1\n# c\nb = two words\n'))
println wm.a + wm.b
println wm.getProperty('b')
println([a: 1].entrySet().iterator().next().getKey())
println([b: 1, a: 2].sort { x, y -> x.key <=> y.key }.toString())
println([1: 'a', 2: 'b'].find { it.key == 2 })
println([1: 'a'].get(1L))
println([(1L): 'l', 1: 'i'])
println([(1.0): 'x'][1.00])
println([a: 1].collectEntries { k, v -> [(k): v, (k + 2): v] })
