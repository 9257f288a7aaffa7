def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { ([1,2,2] as Set).size() }
t { [1,2].toSet()+[3] }
t { ([1,2] as Set)==([2,1] as Set) }
t { ([3,1] as SortedSet).first() }
t { ([1,2] as Set).intersect([2]) }
t { ([1,2] as Set)-[1] }
t { (['b','a'] as TreeSet).join() }
t { ([1] as Set).contains(1) }
t { ([[1],[1]] as Set).size() }
t { ([1,2,3] as Set).findAll { it>1 } }
t { ([1,2] as Set).collect { it } }
t { ([1,2] as Set).class.simpleName }
t { [1,1].unique().size() }
t { new HashSet([5,3,5]).sort() }
t { ([1,2] as Set).sum() }
t { new TreeSet([3,1,2]).last() }
t { ([1,2] as Set).every { it } }
t { ([2,1] as LinkedHashSet).toList() }
