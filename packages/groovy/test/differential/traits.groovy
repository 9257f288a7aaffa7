trait Flying { String fly() { "$name flies" }; abstract String getName() }
trait Swimming { int depth = 5; String swim() { "swims at $depth" }; void dive() { depth *= 2 } }
class Duck implements Flying, Swimming { String name = 'Duck' }
def d = new Duck()
println d.fly()
println d.swim()
d.dive()
println d.swim()
println d.depth
println d instanceof Flying
trait A { String who() { 'A' } }
trait B { String who() { 'B' } }
class AB implements A, B { }
class BA implements B, A { }
class Choose implements A, B { String who() { A.super.who() + '!' } }
println new AB().who()
println new BA().who()
println new Choose().who()
trait Logged { List log = []; void note(String s) { log << "${this.class.simpleName}:$s".toString() } }
class Svc implements Logged { def run() { note('start'); note('end'); log } }
println new Svc().run()
trait Base { String msg() { 'base' } }
trait Ext extends Base { String msg() { 'ext ' + super.msg() } }
class X implements Ext { }
println new X().msg()
trait Stack1 { String go() { 'end' } }
trait Stack2 extends Stack1 { String go() { '2' + super.go() } }
trait Stack3 extends Stack1 { String go() { '3' + super.go() } }
class S implements Stack2, Stack3 { }
println new S().go()
trait WithStatic { static String st() { 'static from trait' } }
class WS implements WithStatic { }
println WS.st()
trait Priv { private String hidden() { 'hidden' }; String show() { hidden() } }
class PrivImpl implements Priv { }
println new PrivImpl().show()
trait Overridable { String v() { 'trait' } }
class Parent { String v() { 'parent' } }
class Child extends Parent implements Overridable { }
println new Child().v()
class Own implements Overridable { String v() { 'own' } }
println new Own().v()
trait Counted { private int n = 0; int inc() { n = n + 1; n } }
class Ctr implements Counted { }
def c1 = new Ctr(), c2 = new Ctr()
c1.inc(); c1.inc(); c2.inc()
println c1.inc()
println c2.inc()
