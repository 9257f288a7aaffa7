def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 1.foo() }
t { 'x'.bar }
t { [1].baz() }
t { null.x }
t { null.y() }
t { Integer.parseInt('q') }
t { 1/0 }
t { [][0].z }
t { 'abc'.substring(7) }
t { (Integer)'x' }
t { [1,2].get(5) }
t { 'x' as Integer }
t { new Date(null) }
t { [:].a.b }
t { Math.sqrt('x') }
t { 'a'.toBigDecimal() }
t { [1].first().second() }
t { Class.forName('nope') }
t { throw new Exception('t') }
t { assert 1==2 }
t { [1,2] as int }
t { Long.valueOf('z') }
t { new ArrayList(-5) }
t { (1..3).get(9) }
t { 'x'.invokeMethod('nope',null) }
