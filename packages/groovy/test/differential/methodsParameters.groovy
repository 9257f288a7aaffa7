def none() { 'none' }
def one(a) { "one:$a" }
def dflt(a, b = 2, c = 3) { "$a,$b,$c" }
def typed(int a, String b) { "$a$b" }
def varargs(Object... xs) { xs.length + ':' + xs.toList() }
def mixed(String s, int... ns) { s + ns.sum() }
def mapped(Map m) { m.toString() }
def mapAnd(Map m, a) { "$m $a" }
def mapOpt(Map m = [:], a) { "$m $a" }
def over(int x) { "int $x" }
def over(long x) { "long $x" }
def over(String x) { "String $x" }
def over(Object x) { "Object $x" }
def over(List x) { "List $x" }
def over(Closure x) { "Closure ${x()}" }
def over(int x, int y) { "ints $x $y" }
def over(Number x) { "Number $x" }
println none()
println one(1)
println one(null)
println one([1, 2])
println one()
println dflt(1)
println dflt(1, 5)
println dflt(1, 5, 9)
println typed(1, 'x')
println typed(1L as int, "g${1}")
println varargs()
println varargs(1)
println varargs(1, 2)
println varargs([1, 2])
println varargs([1, 2] as Object[])
println varargs(null, 1)
println mixed('s', 1, 2, 3)
println mapped(a: 1, b: 2)
println mapped([a: 1])
println mapAnd(x: 1, 'arg')
println mapAnd('arg', x: 1)
println mapAnd([x: 1], 'arg')
println mapOpt('arg')
println mapOpt('arg', k: 1)
println over(1)
println over(1L)
println over('s')
println over("g${1}")
println over([1])
println over { 'c' }
println over(1, 2)
println over(1.5)
println over(1.5f)
println over((byte) 1)
println over((short) 1)
println over('c' as char)
println over(new Date(0)).startsWith('Object')
println over(null)
println over([a: 1])
println over(1G)
println over(true)
one 'command'
println one('x').size()
def spread(a, b, c) { "$a-$b-$c" }
println spread(*[1, 2, 3])
println spread(1, *[2, 3])
println varargs(*[1, 2], 3)
println mapped(*: [q: 1], r: 2)
def ret() { return }
println ret()
def implicitReturn() { def x = 5; x + 1 }
println implicitReturn()
def ifReturn(x) { if (x) { 'yes' } else { 'no' } }
println ifReturn(1) + ifReturn(0)
def ifNoElse(x) { if (x) 'yes' }
println ifNoElse(0)
def tryReturn() { try { 'try' } finally { } }
println tryReturn()
def switchReturn(x) { switch (x) { case 1: 'one'; break; default: 'other' } }
println switchReturn(1)
void voidMethod() { 5 }
println voidMethod()
int intReturn() { 5.7 }
println intReturn()
String strReturn() { 42 }
println strReturn().class.simpleName
boolean boolReturn() { [1] }
println boolReturn()
long longReturn() { 5 }
println longReturn().class.simpleName
try { typed('x', 1) } catch (e) { println e.message.readLines()[0] }
try { spread(1) } catch (e) { println e.message.readLines()[0] }
def final1(final x) { x }
println final1(3)
static stat() { 'static' }
println stat()
println this.one(5)
println 'one'.with { this."$it"('dyn') }
def name = 'dflt'
