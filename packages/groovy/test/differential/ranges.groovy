println 1..5
println((1..5).class.name)
println(((1..5).toString()))
println 1..<5
println((5..1))
println((5..1).toList())
println(('a'..'e'))
println(('a'..'e').class.name)
println(('a'..<'e').toList())
println((1..5).size())
println((1..<1).size())
println((1..<1).class.simpleName)
println((1..5).from)
println((1..5).to)
println((1..5).contains(3))
println((1..5).contains(6))
println((1..5).containsWithinBounds(2.5))
println 3 in 1..5
println 2.5 in 1..5
println 'c' in 'a'..'e'
println((1..5)[2])
println((1..5)[-1])
println((1..10)[2..4])
println((1..5).reverse())
println((1..5).isReverse())
println((5..1).isReverse())
println((1..10).step(3))
println((1..5).collect { it * 2 })
println((1..5).sum())
println((1..5).inject { a, b -> a * b })
println((1..5).findAll { it % 2 })
println((1..5).each { })
println((1..5) == [1, 2, 3, 4, 5])
println([1, 2, 3] == (1..3))
println((1..3).equals([1, 2, 3]))
println((1..3).hashCode() == [1, 2, 3].hashCode())
println((1.5..4.5).toList())
println((1.0..3.0).class.simpleName)
println((1L..3L).toList())
println((1L..3L).class.simpleName)
println(('aa'..'ad').toList())
println((-3..3).toList())
println((0..-3).toList())
println([0, 1, 2, 3, 4, 5][1..3])
println([0, 1, 2, 3, 4, 5][3..1])
println([0, 1, 2, 3, 4, 5][-3..-1])
println([0, 1, 2, 3, 4, 5][1..<3])
println 'hello'[1..3]
println 'hello'[-3..-1]
def r = 1..3
println r.first()
println r.last()
println r.min()
println r.max()
println r.toArray().length
println r.iterator().next()
println r.every { it > 0 }
println r + [4]
println r - 2
println r.inspect()
println(('a'..'c').inspect())
println "$r"
println r.join(',')
println r as List
println((r as List).class.simpleName)
println r as Set
println r.getFrom()
println r.getClass().simpleName
def (a, b, c) = 1..3
println a + b + c
for (i in 3..1) print i
println()
def lo = 2, hi = 4
println lo..hi
println(((lo + 1)..(hi * 2)))
println r.groupBy { it % 2 }
println r.subList(0, 2)
println((1..3).containsAll([1, 2]))
println(('a'..'z').size())
println(('a'..'c')*.toUpperCase())
println((10..1).step(3))
try { (1..3) << 4 } catch (e) { println "${e.class.name}" }
try { (1..3)[5] } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { (1..3).add(4) } catch (e) { println "${e.class.name}" }
try { (1..3).remove(0) } catch (e) { println "${e.class.name}" }
try { println((1..'a').toList().size()) } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
switch (7) { case 1..5: println 'low'; break; case 6..10: println 'high'; break }
switch (5.5) { case 1..5: println 'low'; break; case 5..10: println 'mid'; break; default: println 'none' }
println((1..3).collectEntries { [it, it] })
println((0..<5).collate(2))
