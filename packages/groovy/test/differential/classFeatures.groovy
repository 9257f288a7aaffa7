class Opt { def m(Map o = [:], String a, int b = 5, Closure c = null) { "$o $a $b ${c?.call()}" } }
println new Opt().m('x')
println new Opt().m('x', k: 1)
println new Opt().m(k: 1, 'x', 7)
println new Opt().m(k: 1, 'x', 7) { 'c' }
class Ctor { def a, b; Ctor(a) { this(a, 'dflt') }; Ctor(a, b) { this.a = a; this.b = b } }
println new Ctor(1).b
println new Ctor(1, 2).b
class MapCtor { def a; MapCtor(Map m) { a = "map ${m.a}" } }
println new MapCtor(a: 1).a
class DefCtor { def a = 1, b = a + 1; def c = { a + b }; def d = c() }
println new DefCtor().d
class Priv { private int p = 1; private m() { 'private m' }; def read(Priv o) { o.p + o.m() } }
println new Priv().read(new Priv())
println new Priv().p
class VarCtor { def l; VarCtor(Object... xs) { l = xs.toList() } }
println new VarCtor(1, 2).l
println new VarCtor().l
class Fin { final a; Fin() { a = 5 } }
println new Fin().a
class Nest { static class In { static class Deep { def v = 'deep' } } }
println new Nest.In.Deep().v
class Gen<K, V> { Map<K, V> m = [:]; V put(K k, V v) { m[k] = v; v }; static <T> T id(T t) { t } }
println new Gen<String, Integer>().put('a', 1)
println Gen.id('x')
class Call { def call(x) { "call $x" } }
def ca = new Call()
println ca(1)
class It implements Iterable { Iterator iterator() { [1, 2].iterator() } }
println new It().collect { it }
class Idx { def m = [:]; def getAt(String k) { m[k] }; void putAt(String k, v) { m[k] = v } }
def ix = new Idx()
ix['a'] = 1
ix['a'] += 5
println ix['a']
class Prop { def getFoo() { 'foo' }; static getBar() { 'bar' }; boolean isBaz() { true } }
println new Prop().foo + Prop.bar + new Prop().baz
class Acc { private v = 0; def getV() { "got $v" }; void setV(x) { v = x * 2 }; def raw() { this.@v } }
def ac = new Acc()
ac.v = 5
println ac.v
println ac.raw()
println ac.@v
class Chain { def v = []; def a() { v << 'a'; this }; def b(x) { v << x; this } }
println new Chain().a().b(1).a().v
class Ret { void v() { }; int i() { 5L }; String s() { "g${1}" }; List l() { [1] as Set } }
println new Ret().v()
println new Ret().i().class.simpleName
println new Ret().s().class.simpleName
try { new Ret().l() } catch (e) { println e.class.simpleName }
class Typed { int i; String s; List l; double d; boolean b; char c; BigDecimal bd; long g }
def ty = new Typed(i: 5.9, s: 5, l: [1], d: 1, b: 'x', c: 'y', bd: 1, g: 3)
println "$ty.i $ty.s $ty.l $ty.d $ty.b $ty.c $ty.bd $ty.g"
println new Typed().with { "$i $s $l $d $b ${(int) c} $bd $g" }
ty.i = 'A' as char
println ty.i
try { ty.i = 'xx' } catch (e) { println e.message }
try { ty.l = 5 } catch (e) { println e.message }
class Stat { static int n; int id = ++n }
println([new Stat(), new Stat()]*.id)
println Stat.n
class Par1 { def who() { "par1 ${me()}" }; def me() { 'p' } }
class Ch1 extends Par1 { def me() { 'c' } }
println new Ch1().who()
class Thisy { def n = 1; def go() { [1, 2].collect { it + n + this.n } }; def go2() { { -> this.n }() } }
println new Thisy().go()
println new Thisy().go2()
class Shadow { def x = 'field'; def m(x) { "$x ${this.x}" }; def c() { def x = 'local'; { -> x }() } }
println new Shadow().m('param')
println new Shadow().c()
