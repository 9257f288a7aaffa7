def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { [1,2]*.plus(1) }
t { ['a','b']*.size() }
t { [[a:1],[a:2]]*.a }
t { [[a:1],[a:2]].a }
t { [*[1,2],3] }
t { [*:[a:1],b:2] }
t { Math.max(*[1,2]) }
t { ['a',null]*.size() }
t { [[1,2],[3]]*.sum() }
t { ['x']*.toUpperCase().first() }
t { null*.size() }
t { [1,2].collect { it }*.toString() }
t { [a:1,b:2]*.key }
t { [a:1,b:2]*.value.sum() }
t { (1..3)*.next() }
t { [*1..3] }
t { [*'ab'.toList(),'c'] }
t { [[[n:1]],[[n:2]]].n }
