class M {
  def known() { 'known' }
  def methodMissing(String name, args) { "missing $name ${args.toList()}" }
  def propertyMissing(String name) { "prop $name" }
}
def m = new M()
println m.known()
println m.unknown()
println m.unknown(1, 'a')
println m.someProp
class I implements GroovyInterceptable { def real() { 'real' }; def invokeMethod(String n, args) { "intercepted $n ${args as List}" } }
println new I().real()
println new I().other(1)
class Inv { def invokeMethod(String n, args) { "inv $n" }; def there() { 'there' } }
println new Inv().there()
println new Inv().notThere()
class St { static $static_methodMissing(String n, args) { "static missing $n ${args.size()}" }}
println St.foo(1)
String.metaClass.shout = { -> delegate.toUpperCase() + '!' }
println 'hey'.shout()
Integer.metaClass.getDoubled = { -> delegate * 2 }
println 4.doubled
M.metaClass.added = { a -> "added $a" }
println new M().added(1)
def inst = new M()
inst.metaClass.only = { 'only me' }
println inst.only()
println new M().only()
M.metaClass.static.sm = { 'static added' }
println M.sm()
println m.respondsTo('known').size()
println m.hasProperty('nope') ? 'has' : 'has not'
println m.metaClass.respondsTo(m, 'known').size()
def name = 'known'
println m."$name"()
println m.invokeMethod('known', null)
def c = m.&known
println c()
println 'abc'.invokeMethod('toUpperCase', null)
class P { def a = 1; def b = 2 }
def p = new P()
['a', 'b'].each { println p."$it" }
p.setProperty('a', 10)
println p.getProperty('a')
println p.properties.findAll { it.key != 'class' }.sort()
class Cat1 { static String twice(String s) { s * 2 }; static int plusOne(Integer i) { i + 1 }; static getLen(String s) { s.size() } }
use(Cat1) { println 'ab'.twice(); println 5.plusOne(); println 'abc'.len }
try { 'ab'.twice() } catch (e) { println e.class.simpleName }
println use(Cat1) { 'x'.twice() }
@Category(Integer) class IntCat { def half() { this / 2 } }
use(IntCat) { println 10.half() }
class Cat2 { static String twice(String s) { 'cat2 ' + s } }
use(Cat1) { use(Cat2) { println 'z'.twice() }; println 'z'.twice() }
use([Cat1, Cat2]) { println 'w'.twice() }
@groovy.transform.ToString class TS { def a = 1; String b = 'x' }
println new TS()
@groovy.transform.EqualsAndHashCode class EH { int a; String b }
println new EH(a: 1, b: 'x') == new EH(a: 1, b: 'x')
println new EH(a: 1) == new EH(a: 2)
println new EH(a: 1, b: 'q').hashCode() == new EH(a: 1, b: 'q').hashCode()
@groovy.transform.TupleConstructor class TC { int a; String b }
println new TC(1, 'z').b
@groovy.transform.Canonical class Can { String n; int v }
println new Can('n', 5)
println new Can('n', 5) == new Can('n', 5)
@groovy.transform.Immutable class Imm { String n; int v }
println new Imm('i', 1)
println new Imm(n: 'j', v: 2).v
try { new Imm('i', 1).v = 2 } catch (e) { println e.class.simpleName }
@groovy.transform.ToString(includeNames = true, excludes = 'b') class TS2 { def a = 1; String b = 'x' }
println new TS2()
class Del { @Delegate List inner = [3, 1, 2]; def extra() { size() + 1 } }
def del = new Del()
println del.size()
println del.sort()
println del.extra()
@Singleton class Sing { def v = 's' }
println Sing.instance.v
println Sing.instance.is(Sing.instance)
@groovy.transform.CompileStatic class CS { int add(int a, int b) { a + b } }
println new CS().add(1, 2)
