def t = { c -> try { println c() } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
def n = null
t { n.foo }
t { n.foo() }
t { n.foo = 1 }
t { n + 1 }
t { n + 'x' }
t { 'x' + n }
t { n == null }
t { n.equals(null) }
t { n.toString() }
t { n.is(null) }
t { "$n" }
t { n as String }
t { n instanceof Object }
t { n?.foo }
t { n?.foo() }
t { n*.foo }
t { n.iterator().hasNext() }
t { n.each { println 'never' } }
t { n.collect { it } }
t { n[0] }
t { n[0] = 1 }
t { -n }
t { n++ }
t { n.class }
t { n.getClass() }
t { [null, 1].sum { it ?: 0 } }
t { [null].join(',') }
t { [a: null].a }
t { [a: null].a.b }
t { [a: null].a?.b }
t { n.asBoolean() }
t { n < 1 }
t { n in [null] }
t { n in [] }
t { [1, null, 3].findAll() }
t { String.valueOf((Object) null) }
t { [n, n] }
t { [k: n] }
t { n.inspect() }
t { n.dump() }
t { switch (n) { case null: 'null case'; break; default: 'default' } }
t { n ? 1 : 2 }
t { n.with { 5 } }
t { def (a, b) = [1]; "$a $b" }
t { int i = n; i }
t { Integer i = n; i }
t { boolean z = n; z }
t { (String) n }
