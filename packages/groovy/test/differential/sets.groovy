def s = [3, 1, 2, 3] as Set
println s
println s.class.simpleName
println s.size()
println s.contains(1)
println s.add(1)
println s.add(9)
println s
println s << 10 << 10
println s.remove(9)
println s + [4, 5]
println s - [1]
println s.collect { it * 2 }
println s.collect { it * 2 }.class.simpleName
println s.findAll { it > 2 }
println s.findAll { it > 2 }.class.simpleName
println s.sort()
println s.toList()
println s.max()
println s.sum()
println s.any { it == 3 }
println s.intersect([1, 2])
println s == [1, 2, 3, 10] as Set
println s.equals([10, 3, 2, 1] as Set)
println s.hashCode()
println new HashSet(['banana', 'apple', 'cherry', 'date', 'elderberry', 'fig', 'grape'])
println new HashSet([100, 33, 17, 64, 1, 50])
println new TreeSet(['b', 'a', 'c'])
println new TreeSet([3, 1, 2]).first()
println new TreeSet([3, 1, 2]).last()
println new TreeSet([3, 1, 2]).headSet(3)
println new TreeSet([3, 1, 2]).tailSet(2)
println new TreeSet([3, 1, 2]).descendingSet()
println new TreeSet({ a, b -> b <=> a } as Comparator)
println new LinkedHashSet([5, 4, 5])
println(([1, 2] as Set).is([1, 2] as Set))
println((([1, 2] as Set) as List))
println s.grep { it > 2 }
println s.join('|')
println s.each { }
println s.isEmpty()
println(([] as Set).isEmpty())
println s.retainAll([1, 2])
println s
s.clear()
println s
println([1, 2, 2].toSet())
println(['x', 'y'].toSet().collectEntries { [it, it] })
println(([1, 1.0, 1L] as Set))
println(([1, 2, 3] as Set)*.toString())
println(([[1], [1]] as Set).size())
println((['a', "${'a'}"] as Set).size())
println(([null, null] as Set))
println s.addAll([7, 8])
println s
println s.removeAll([7])
println s
println s.removeIf { it == 8 }
println s
def sorted = [5, 3, 8] as SortedSet
println sorted
println sorted.class.simpleName
println Collections.unmodifiableSet([1] as Set)
try { Collections.unmodifiableSet([1] as Set).add(2) } catch (e) { println e.class.name }
try { new TreeSet([1, 'a']) } catch (e) { println e.class.name }
try { new TreeSet().first() } catch (e) { println e.class.name }
println new HashMap([one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13])
println new HashMap([(1L): 'l', (2.5): 'bd', ('c' as char): 'c', (true): 'b', (null): 'n'])
println new HashSet('the quick brown fox jumps over the lazy dog'.split(' ').toList())
