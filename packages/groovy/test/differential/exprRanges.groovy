def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { (1..4).toList() }
t { (4..1).toList() }
t { (1..<4).size() }
t { ('a'..'d').join() }
t { (1..10).step(3) }
t { (1..3).contains(2) }
t { 2.5 in 1..3 }
t { [0,1,2,3][1..2] }
t { [0,1,2,3][-2..-1] }
t { 'hello'[1..3] }
t { (1..3)*.multiply(2) }
t { (1..3).sum() }
t { (0..5).findAll { it%2 } }
t { (1..3).reverse() }
t { (1..0).size() }
t { (1.0..2.0).size() }
t { (1..5)[1..2] }
t { (5..1)[0] }
t { (1..3)+(7..8) }
t { (1..3)==[1,2,3] }
t { ('x'..'z').collect { it*2 } }
t { (1..3).collectEntries { [it,it*it] } }
