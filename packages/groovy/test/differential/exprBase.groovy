def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 'hello'.bytes.encodeBase64().toString() }
t { new String('aGk='.decodeBase64()) }
t { 'a b'.replace(' ','+') }
t { URLEncoder.encode('a b','UTF-8') }
t { URLDecoder.decode('a%20b','UTF-8') }
t { 'abc'.hashCode() }
t { [1,2].hashCode() }
t { [a:1].hashCode() }
t { 'é'.getBytes('UTF-8').length }
t { UUID.fromString('00000000-0000-0001-0000-000000000002').toString() }
t { Objects.hash(1,'a') }
t { Arrays.asList(1,2).hashCode() }
t { true.hashCode() }
t { 1.5.hashCode() }
t { 1L.hashCode() }
t { 'x'.multiply(3) }
t { new Random(5).nextInt(10) }
t { Math.abs(-5) }
t { Collections.max([1,9,3]) }
t { Collections.nCopies(2,'z') }
t { Character.isLetter('a' as char) }
t { Boolean.parseBoolean('true') }
t { Integer.valueOf(5) }
t { String.valueOf([1,2] as char[]) }
