println '5' as Integer
println '5.5' as BigDecimal
println 'true' as Boolean
println([1, 2] as Set)
println(['1', '2']*.toInteger() as int[])
println('a,b'.split(',') as List)
println 65 as char
println(('A' as char) as int)
println([a: 1] as HashMap)
println((1..3) as List)
println(([1, 1, 2] as LinkedHashSet) as List)
println '12'.toLong() + '1.5'.toDouble() + '2'.toBigInteger() + '3'.toFloat()
println '12'.isInteger().toString() + '1.x'.isNumber() + '9999999999'.isInteger() + '9999999999'.isLong() + '1e3'.isDouble()
println 'yes'.toBoolean().toString() + 'TRUE'.toBoolean() + '1'.toBoolean() + 'y'.toBoolean()
println 'abc'.toList() + 'abc'.toCharArray().toList() + ('abc' as char[]).size()
println 3.9.intValue() + 3.9d.longValue() + ('3' as short)
println 5.toString() + 5L + 5.0f + 5G
println null as String
println null as List
println([null] as String[])
println 'x'.bytes.toList() + 'é'.getBytes('UTF-8').size()
println new String([104, 105] as byte[])
println([1, 2].toString() + [a: 1].toString() + ['a'].inspect() + [a: 'b'].inspect())
println Boolean.parseBoolean('TRUE').toString() + Boolean.valueOf(null)
println(1 as boolean) 
println([] as boolean)
println((Object) 'x' instanceof CharSequence)
def (int a, String b) = [1, 2]
println a + b
int i = 'c' as char
println i
long l = 5; double d = l; println d / 2
BigDecimal bd = 1.1d; println bd.class.simpleName
String s = 5; println s + s.class.simpleName
List li = [1, 2] as int[]; println li
Set st = [1, 1]; println st
int[] arr = [1, 2, 3]; println arr.sum()
String[] sa = ['x', 1]; println sa.toList()
char ch = 'z'; println ch + 1
boolean bo = 'text'; println bo
Integer n = null; println n
try { int q = null } catch (e) { println e.class.simpleName }
try { Integer q = 'abc' } catch (e) { println e.message }
try { 'abc' as Integer } catch (e) { println e.message }
try { Map q = [1] } catch (e) { println e.class.simpleName }
float fl = 1.1; println fl
byte by = 300; println by
println((byte) 200 + (short) 70000)
println((int) 3.99 + (int) 'A' + (long) 2.5)
println 1.5f + 1.5d
