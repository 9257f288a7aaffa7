def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 1 <=> 2 }
t { 'b' <=> 'a' }
t { null <=> 1 }
t { 1 == 1.0 }
t { 1L == 1 }
t { 'a' == 'a' }
t { [1]==[1.0] }
t { [a:1]==[a:1] }
t { 1 != 2 }
t { 1 in [1] }
t { 'a' in 'abc'.toList() }
t { 5 > 4.9 }
t { 'abc' < 'abd' }
t { 1.0.equals(1.00) }
t { 1.equals(1L) }
t { [1,2] == [2,1] }
t { new Date(0)==new Date(0) }
t { null == null }
t { 1 <=> 1.0 }
t { 'a'.compareTo('b') }
t { 2 > 1L }
t { ('a' as char) == 'a' }
t { 1G == 1 }
t { true <=> false }
t { [3,2].max() > 2 }
