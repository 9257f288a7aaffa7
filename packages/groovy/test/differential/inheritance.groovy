class Animal {
  String name
  static kinds = []
  Animal(String name) { this.name = name; init() }
  void init() { kinds << 'animal' }
  String sound() { '...' }
  String describe() { "$name says ${sound()}" }
  def legs = 4
  String toString() { "${this.class.simpleName}:$name" }
}
class Dog extends Animal {
  boolean good = true
  Dog(String name) { super(name) }
  String sound() { 'Woof' }
  void init() { super.init(); kinds << 'dog' }
}
class Puppy extends Dog {
  Puppy(n) { super("little $n"); legs = 3 }
  String sound() { super.sound().toLowerCase() + '!' }
  String describe() { super.describe() + " on $legs legs" }
}
println new Dog('Rex').describe()
println new Puppy('Bo').describe()
println new Puppy('Bo').good
println Animal.kinds
println new Puppy('Z')
println new Puppy('Q') instanceof Animal
println Puppy.superclass.name
println Puppy.superclass.superclass.simpleName
println Dog.isAssignableFrom(Puppy)
println Puppy.isAssignableFrom(Dog)
abstract class Shape { abstract double area(); String info() { "area ${area()}" } }
class Sq extends Shape { double s; double area() { s * s } }
println new Sq(s: 3).info()
println new Sq(s: 3).area().class.simpleName
try { Shape.newInstance() } catch (e) { println e.class.simpleName }
class Base { def m(Object o) { 'base obj' }; def m(String s) { 'base str' }; protected prot() { 'prot' }; private priv() { 'priv' }; def callPriv() { priv() } }
class Derived extends Base { def m(Integer i) { 'derived int' }; def usesProt() { prot() } ; private priv() { 'derived priv' } }
def d = new Derived()
println d.m(1)
println d.m('s')
println d.m(1.5)
println d.usesProt()
println d.callPriv()
class P1 { static s() { 'P1.s' }; static x = 1 }
class C1 extends P1 { }
println C1.s()
println C1.x
C1.x = 5
println P1.x
class ListSub extends ArrayList { def total() { sum() }; boolean add(o) { super.add(o * 10) } }
def ls = new ListSub()
ls.add(1); ls.add(2)
println ls
println ls.total()
println ls instanceof List
class MyEx extends Exception { int code; MyEx(String m, int c) { super(m); code = c } }
try { throw new MyEx('bad', 7) } catch (MyEx e) { println "${e.message} ${e.code} $e" }
class MapSub extends HashMap { def get(k) { super.get(k) ?: 'none' } }
def ms = new MapSub()
ms.put('a', 1)
println ms.get('a')
println ms.get('b')
class G<T> { T v; T get() { v } }
println new G<String>(v: 'gen').get()
class Outer { def v = 1; class In { def w() { v + 1 } }; static class St { def z = 5 }; def mk() { new In() } }
println new Outer().mk().w()
println new Outer.St().z
class Final { final int x; Final(int x) { this.x = x } }
println new Final(3).x
class ToS { String toString() { null } }
println new ToS().toString()
class Sup { String p = 'sup'; def getQ() { 'q-sup' } }
class Subb extends Sup { def getQ() { 'q-sub ' + super.getQ() }; def pp() { super.p + p } }
println new Subb().q
println new Subb().pp()
