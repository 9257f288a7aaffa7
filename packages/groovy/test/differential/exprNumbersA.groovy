def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 7.intdiv(2) }
t { 7 % 3 }
t { -7 % 3 }
t { 2**10 }
t { 10/4 }
t { 10/5 }
t { 1.5+1 }
t { 1.5*2 }
t { 3.0-1.5 }
t { (5/2) as int }
t { 5.0/2 }
t { 1e3+1 }
t { 0.1*3 }
t { 100.0/3 }
t { 7.0.intValue() }
t { (2.7d).round() }
t { 2.7.setScale(0, BigDecimal.ROUND_DOWN) }
t { Integer.MAX_VALUE+1 }
t { Long.MAX_VALUE }
t { 5.compareTo(3) }
t { [1,2.5,3L].sum() }
t { [3,1.5].max() }
t { 10.toString().size() }
t { '3.14'.toBigDecimal()*2 }
t { '7'.toInteger()+1 }
t { (1..5).sum()/5 }
t { 1<<10 }
t { 255 & 15 }
t { ~0 }
t { 5 ^ 1 }
