def l = [3, 1, 2]
println l
println l.class.name
println l.size()
println l[0]
println l[-1]
println l[5]
println l[0..1]
println l[1..-1]
println l[0, 2]
println l[-2..-1]
println l.get(1)
println l.first()
println l.last()
println l.head()
println l.tail()
println l.init()
println l + 4
println l + [4, 5]
println l - 1
println l - [1, 2]
println l * 2
println l << 9
println l
l.add(7)
l.add(0, 8)
println l
println l.remove(0)
println l
println l.remove((Object) 7)
println l
l.removeAll([9])
println l
l[5] = 'far'
println l
l = [3, 1, 2]
println l.sort()
println l
println l.sort(false) { -it }
println l
println l.sort { a, b -> b <=> a }
println l.reverse()
println l.toSorted()
println l.max()
println l.min()
println l.sum()
println l.sum { it * 2 }
println l.max { -it }
println l.join('-')
println l.join()
println l.contains(2)
println 2 in l
println l.indexOf(2)
println l.indexOf(99)
println l.collect { it * 2 }
println l.find { it > 1 }
println l.findAll { it > 1 }
println l.every { it > 0 }
println l.any { it > 2 }
println l.inject { a, b -> a + b }
println l.inject(10) { a, b -> a + b }
println l.each { it }
l.eachWithIndex { v, i -> print "$i:$v " }
println()
println l.isEmpty()
println([].isEmpty())
println l.unique()
println([1, 1, 2, 3, 3].unique())
println([1, 1, 2].toSet())
println([[1, 2], [3, [4]]].flatten())
println([1, [2, 3]].collectNested { it * 2 })
println([1, 2, 3, 4].collate(2))
println([1, 2, 3, 4, 5].collate(2))
println([1, 2, 3, 4, 5].collate(2, false))
println([1, 2, 3, 4].collate(3, 1))
println([1, 2, 3, 4].groupBy { it % 2 ? 'odd' : 'even' })
println([1, 2, 3, 4].countBy { it % 2 })
println([1, 2, 3, 4].split { it > 2 })
println([[1, 2], ['a', 'b']].combinations())
println([[1, 2], ['a', 'b']].transpose())
println([1, 2, 3].permutations().size())
println([1, 2, 3].subsequences().size())
println([1, 2, 3].withIndex())
println([1, 2, 3].indexed())
println([1, 2, 3].take(2))
println([1, 2, 3].drop(2))
println([1, 2, 3].takeRight(2))
println([1, 2, 3].dropRight(2))
println([1, 2, 3].takeWhile { it < 3 })
println([1, 2, 3].dropWhile { it < 2 })
println([1, null, 2].findAll())
println([1, null, 2] - null)
println([1, 2, 3].intersect([2, 3, 4]))
println([1, 2].disjoint([3]))
println([1, 2, 3].containsAll([1, 2]))
println([1, 2, 3].collectEntries { [it, it * it] })
println([1, 2, 3].collectMany { [it, it] })
println(['a', 'b'].collect { it.toUpperCase() })
println(['a', 'b']*.toUpperCase())
println(['a', null]*.size())
println([[n: 1], [n: 2]].n)
println([[n: 1], [n: 2]]*.n)
println([1, 2, 3].swap(0, 2))
println([1, 2, 3].asImmutable().class.simpleName)
println([3, 1, 2].sort().is(null))
println([1, 2, 3] as LinkedList)
println(([1, 2] as LinkedList).class.simpleName)
println new ArrayList([1, 2])
println Arrays.asList(1, 2, 3)
println Collections.emptyList()
println([1, 2, 3].subList(0, 2))
println([1, 2, 3].push(4))
println([1, 2, 3].pop())
println([1, 2, 3, 2].count(2))
println([1, 2, 3].count { it > 1 })
println([1, 2, 3].findIndexOf { it == 2 })
println([1, 2, 1].findLastIndexOf { it == 1 })
println([1, 2, 1].findIndexValues { it == 1 })
println([1, 2, 3].multiply(2))
println([1, 2] == [1, 2])
println([1, 2].equals([1, 2]))
println([1, 2].hashCode())
println([1, 2].toString())
println([1, 'a', null, [b: 2]].inspect())
println([0] * 3)
println([1, 2, 3].reverseEach { print it })
println([1, 2, 3].minus([2]))
println([1, 2, 3].plus(1, [9]))
println([[1, 'x'], [2, 'y']].collectEntries())
println([3, 1, 2].withIndex().sort { it[0] })
println(['bb', 'a', 'ccc'].sort { it.size() })
println(['bb', 'a', 'ccc'].max { it.size() })
println(['b', 'A', 'c'].sort { it.toLowerCase() })
println((['x', 'y', 'z'].withIndex().collect { v, i -> "$v$i" }))
println([1, 2, 3].stream().map { it * 2 }.collect(java.util.stream.Collectors.toList()))
