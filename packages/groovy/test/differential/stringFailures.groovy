def t = { c -> try { println c() } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 'abc'[5] }
t { 'abc'[1..5] }
t { 'abc'.substring(5) }
t { 'abc'.substring(2, 1) }
t { 'abc'.substring(-1) }
t { 'abc'.charAt(10) }
t { ''[0] }
t { 'abc'.foo() }
t { 'abc'.foo }
t { 'abc'.toInteger() }
t { 'abc' as Integer }
t { 'abc' * -1 }
t { 'abc'.substring('x') }
t { 'abc' - null }
t { 'abc'.repeat(-1) }
t { 'abc'.repeat(2) }
t { ' x '.strip() + '|' }
t { 'a\nb'.lines().count() }
t { '  '.isBlank() }
t { 'abc'.toBoolean() }
t { 'abc'.toURI() }
t { (int) 'abc' }
t { (char) 'abc' }
t { 'abc' as char }
t { 'abc' as boolean }
t { '' as boolean }
t { 'abc' as List }
t { 'abc' as String[] }
t { 'abc'.padLeft(2) }
t { 'abc'.center(4) + '|' }
t { 'abc'.take(10) }
t { 'abc'.drop(10) + '|' }
t { 'abc'.eachMatch(/b/) { println it } }
t { 'abc'.length }
t { 'x'.compareTo(1) }
t { 'x' + [1] + [a: 1] }
t { 'a,b'.split(',') }
t { 'x'.class }
t { "${'x'}".class.name }
t { 'x'.getClass().getSimpleName() }
t { 'abc'.every { it < 'd' } }
t { 'abc'.any { it == 'b' } }
t { 'abc'.inject('') { a, c -> c + a } }
t { 'abc'.toList().collectEntries { [it, (int) (it as char)] } }
t { 'abc'.sum() }
t { 'cab'.toList().sort().join() }
t { 'hello'.toList().groupBy { it } }
t { 'hello'.toList().countBy { it } }
t { 'hello'.toList().unique() }
t { 'abc'.eachWithIndex { x, i -> } }
t { 'abc'.findIndexOf { it == 'c' } }
t { 'a b'.expand() }
t { 'A'.asBoolean() }
t { 'ab' << 'cd' }
t { ('ab' << 'cd').class.simpleName }
