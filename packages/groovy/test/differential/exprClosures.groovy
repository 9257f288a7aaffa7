def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { ({ it*2 })(3) }
t { [1,2].collect { it+1 } }
t { ({ -> 5 }).call() }
t { ({ a,b -> a+b }).curry(1)(2) }
t { [3,1].sort { a,b -> a<=>b } }
t { [1,2].inject { a,b -> a*b } }
t { ({ it } >> { it+1 })(1) }
t { [a:1].collect { k,v -> k+v } }
t { ({ x, y=2 -> x*y })(4) }
t { ['a','b'].eachWithIndex { s,i -> }.size() }
t { [[1,2]].collect { a,b -> b } }
t { ({ Object[] a -> a.length })(1,2) }
t { (1..3).collect { n -> (1..n).sum() } }
t { ({ it?.size() })('ab') }
t { ({ }).call() }
t { ({ -> }).maximumNumberOfParameters }
t { ({ a,b -> }).parameterTypes.length }
t { [1,2,3].find { it>5 } }
t { 'x'.with { it+it } }
t { [1].each { }.is(null) }
