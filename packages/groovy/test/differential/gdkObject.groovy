def o = new Object()
println o.is(o)
println 5.with { it + 1 }
println 'abc'.with { size() }
println([1, 2].inspect())
println 'it\'s'.inspect()
println([a: 'x'].inspect())
println null.inspect()
println "g${1}".inspect()
println 1.5.inspect()
println 'a\nb\\'.inspect()
println 5.each { print it }
println 5.collect { it * 2 }
println 'abc'.collect { it * 2 }
println 5.any { it > 3 }
println 'abc'.every { it < 'z' }
println 5.find { it == 5 }
println 'abc'.findAll { it > 'a' }
println 'abc'.inject { a, b -> b + a }
println([a: 1].inject(0) { s, e -> s + e.value })
println 'abc'.getAt(0)
println 'abcabc'.findIndexOf { it == 'c' }
println 'abcabc'.findLastIndexOf { it == 'c' }
println 'abc'.iterator().next()
println 5.iterator().next()
println 'abc'.grep('b')
println([1, 'a', 2].grep(Number))
println([1, 2, 3].grep(2..3))
println(['a', 'b'].grep(['b', 'c']))
println 5.asType(String)
println 5.toString()
println 5.hashCode()
println 'x'.getClass()
println 'x'.class.name
println 5.class
println([].class)
println([:].getClass())
println((1..2).class)
println 5.5.class
println 5L.class
println 'c'.charAt(0).class
println true.class
println null.getClass()
println({ }.class.superclass)
println String.class
println int.class
println int[].class.name
println String[].class.simpleName
println(([1] as int[]).class.name)
println(([1] as Object[]).class.simpleName)
println(([[1]] as int[][]).class.name)
println int
println Integer
println java.util.List
println String.simpleName
println Map.Entry.name
println 5.respondsTo('toString').size() > 0
println 5.hasProperty('class') != null
println 5.identity { it + 1 }
println 'a'.compareTo('b')
println 5.equals(5)
println 'x' instanceof CharSequence
println 5 instanceof Number
println 5 instanceof Comparable
println([] instanceof Collection)
println([:] instanceof Map)
println null instanceof Object
println([1, 2, 3].sum().class.simpleName)
println([1, 2.5].sum().class.simpleName)
println(['a', 'b'].sum())
println([[1], [2]].sum())
println 10.times { }
println 3.upto(5) { print it }
println([3, 4].eachWithIndex { x, i -> print x * i })
println([1, 2].iterator().toList())
println 'a,b'.split(',').class.simpleName
println 'abc' as List
println 'x'.plus(5)
println 5.plus('x')
println([1] + 2)
println 1 + [2].size()
println 'a' + 1 + 2
println 1 + 2 + 'a'
println 'a' + null + true + 1.0 + 'c'.charAt(0)
def (r, g) = [1, 2].with { it }
println r + g
println new Object().toString().startsWith('java.lang.Object@')
println Objects.equals(1, 1)
println Objects.hash(1, 2)
println System.currentTimeMillis() >= 0
println UUID.fromString('123e4567-e89b-12d3-a456-426614174000')
println UUID.nameUUIDFromBytes('x'.bytes)
println new Random(42).nextInt(100)
println new Random(42).nextDouble()
println new Random(7).nextLong()
println new Random(1).nextBoolean()
println Optional.of(5).map { it + 1 }.get()
println Optional.empty().orElse('none')
println Arrays.toString([1, 2] as int[])
println Arrays.asList('a', 'b').class.simpleName
println Collections.nCopies(3, 'x')
println Collections.frequency([1, 2, 1], 1)
println Collections.singletonList(1)
println Collections.unmodifiableMap([a: 1])
println Base64.encoder.encodeToString('hello'.bytes)
println new String(Base64.decoder.decode('aGVsbG8='))
println 'hello'.bytes.encodeBase64().toString()
println new String('aGVsbG8='.decodeBase64())
println 'hello'.bytes.encodeHex().toString()
println URLEncoder.encode('a b&c=d/é', 'UTF-8')
println URLDecoder.decode('a+b%26c', 'UTF-8')
println new URL('http://h:8080/p/q?x=1#f').port
println new URI('http://h:8080/p/q?x=1#f').path
println 'http://h/p'.toURL().host
