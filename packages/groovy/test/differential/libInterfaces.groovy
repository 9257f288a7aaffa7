interface Shape { double area(); String NAME = 'shape' }
abstract class Base implements Shape { String describe() { "${this.class.simpleName}(${area()}) $NAME" }; abstract double area() }
class Sq extends Base { double s; double area() { s * s } }
class Ci implements Shape { double r; double area() { Math.round(Math.PI * r * r * 100) / 100 } }
println new Sq(s: 2).describe()
println new Ci(r: 1).area()
println([new Sq(s: 1), new Ci(r: 2)].collect { it instanceof Shape })
println([new Sq(s: 3), new Ci(r: 1)].sort { it.area() }*.class*.simpleName)
def anon = new Shape() { double area() { 7 } ; String toString() { "anon${area()}" } }
println anon
println(({ 5.5d } as Shape).area())
println(([area: { 6.5d }] as Shape).area())
trait Logs { List lines = []; def log(s) { lines << "${prefix()}$s".toString(); this }; String prefix() { '' } }
trait Ts { String prefix() { '[t] ' } }
class L1 implements Logs { }
class L2 implements Logs, Ts { }
println new L1().log('a').log('b').lines
println new L2().log('a').lines
println L2.interfaces*.simpleName.contains('Logs')
println(new L2() instanceof Ts)
interface Visitor { def visit(n) }
class Node2 { def v; List kids = []; def accept(Visitor x) { x.visit(this); kids.each { it.accept(x) } } }
def acc = []
new Node2(v: 1, kids: [new Node2(v: 2), new Node2(v: 3, kids: [new Node2(v: 4)])]).accept({ acc << it.v } as Visitor)
println acc
println Shape.NAME
println Comparable.isAssignableFrom(String)
class Ver implements Comparable<Ver> { List<Integer> p; Ver(String s) { p = s.tokenize('.')*.toInteger() }
  int compareTo(Ver o) { for (i in 0..<Math.max(p.size(), o.p.size())) { def c = (p[i] ?: 0) <=> (o.p[i] ?: 0); if (c) return c }; 0 }
  String toString() { p.join('.') } }
println(['1.10', '1.2', '1.2.1', '0.9'].collect { new Ver(it) }.sort())
println new Ver('1.0') == new Ver('1')
println new Ver('2') > new Ver('1.9')
println(['1.10', '1.9'].collect { new Ver(it) }.max())
