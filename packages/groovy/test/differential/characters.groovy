char c = 'a'
println c
println c.class.simpleName
println c + 1
println((char) (c + 1))
println c++
println c
println c == 'b'
println 'b' == c
println c == (char) 98
println c < 'z'
println c <=> 'a'
println c as int
println((int) c)
println c.toString().class.simpleName
println "$c"
println 'x' + c
println c.isLetter()
println c.isDigit()
println c.toUpperCase()
println Character.isWhitespace(' ' as char)
println Character.toChars(65)[0]
println Character.getNumericValue('9' as char)
println Character.MAX_VALUE as int
println(('a' as char)..('e' as char))
println((('a' as char)..('e' as char)).toList())
def chars = 'hello' as char[]
println chars.length
println chars[0].class.simpleName
println chars.toList()
chars[0] = 'j'
println new String(chars)
println 'abc'.chars.collect { (int) it }
println 'abc'.toCharArray().collect { it.toUpperCase() }
println 'abc'.charAt(0) == 'a'
println 'abc'.charAt(0).equals('a')
println(['a' as char].contains('a'))
switch ('q' as char) { case 'q': println 'char case'; break; default: println 'no' }
println(('z' as char) > ('a' as char))
println(('a'..'z').findAll { it in ['a', 'e'] })
println 65.toString() + (65 as char)
println((('a' as char) + ('b' as char)))
println 'é'.charAt(0) as int
println '\u0041' == 'A'
println Character.valueOf('x' as char).compareTo('y' as char)
println c.hashCode()
println([c: 1].c)
println Character.toString('k' as char)
def m = [:]
m['k' as char] = 1
println m['k']
println m['k' as char]
