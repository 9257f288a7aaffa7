def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { [1,2,3].sum() }
t { [1,2,3]*.toString().join('-') }
t { [[1,2],[3]].sum { it.size() } }
t { [a:1].collect { k,v -> k*2+v } }
t { [3,1,2].sort().first() }
t { (1..4).inject(1) { a,b -> a*b } }
t { [1,2,3,4].findAll { it%2==0 }.collect { it*it } }
t { ['x':1]+['y':2] }
t { [1,2]+[3]-[1] }
t { [1,[2,[3]]].flatten().size() }
t { ['a','b'].withIndex().collectEntries() }
t { [1,2,3].collate(2)*.sum() }
t { [b:1,a:2].sort()*.key }
t { [1,1,2].countBy { it } }
t { (1..10).step(4) }
t { [1,2,3].reverse().take(2) }
t { ['aa','b'].groupBy { it.size() }.keySet() }
t { [1,null,2].findAll { it != null } }
t { [5,3].min()..[5,3].max() }
t { [[k:1,v:'a'],[k:2,v:'b']].collectEntries { [(it.k):it.v] } }
t { [1,2,3].indexOf(3) }
t { [1,2,3].any { it>2 } && [1,2].every { it>0 } }
