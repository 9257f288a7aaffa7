def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { [a:1,b:2].size() }
t { [a:1].a }
t { [a:1].b }
t { [a:[b:2]].a.b }
t { [a:1].get('z',9) }
t { [a:1].containsKey('a') }
t { [a:1,b:2].findAll { it.value>1 } }
t { [a:1,b:2].collectEntries { k,v -> [v,k] } }
t { [a:1,b:2].max { it.value }.key }
t { [a:1]+[a:2] }
t { [a:1,b:2]-[b:2] }
t { [a:1].keySet()+[b:2].keySet() }
t { [a:3,b:1].sort { it.value } }
t { [a:1,b:2].inject(0) { s,e -> s+e.value } }
t { [a:1].with { a+1 } }
t { [(1):'x'][1] }
t { [a:1,b:2].subMap(['a']) }
t { [a:1,b:2].any { it.value==2 } }
t { [a:1,b:2].find { it.key=='b' } }
t { [a:1,b:2].groupBy { it.value%2 } }
t { [a:1].inspect() }
t { [:].isEmpty() }
