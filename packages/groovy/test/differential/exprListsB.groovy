def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { [1,2,3][0] }
t { [1,2,3][-1] }
t { [1,2,3][5] }
t { [1,2,3].head() }
t { [1,2,3].tail() }
t { [1,2,3].init() }
t { [1,2,3].last() }
t { [1]*3 }
t { [1,2]<<3 }
t { [1,2]+3 }
t { [3,1,2].sort { -it } }
t { [1,2,3].swap(0,2) }
t { [1,2,3,4].collate(3) }
t { [1,2,3].withIndex() }
t { [[1,'a'],[2,'b']].transpose() }
t { [1,2].combinations { a -> a }.size() }
t { [1,2,3].subList(1,3) }
t { [1,2,3].contains(2) }
t { [1,2,2].count(2) }
t { [1,2,3].join(', ') }
t { [1,2,3].inspect() }
t { ['a','b'].indexed() }
t { [1,[2]].flatten() }
t { [1,2,3,4].split { it>2 } }
t { [].sum() }
t { [5,1].min() }
t { [1,2,3].takeWhile { it<3 } }
t { [1,2,3].dropWhile { it<2 } }
t { [1,2].plus(0,[9]) }
t { ['b','a'].toSorted() }
