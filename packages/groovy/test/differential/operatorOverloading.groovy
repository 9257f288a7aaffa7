class Vec {
  int x, y
  Vec plus(Vec o) { new Vec(x: x + o.x, y: y + o.y) }
  Vec minus(Vec o) { new Vec(x: x - o.x, y: y - o.y) }
  Vec multiply(n) { new Vec(x: x * n, y: y * n) }
  def multiply(Vec o) { x * o.x + y * o.y }
  Vec div(n) { new Vec(x: x / n, y: y / n) }
  Vec mod(n) { new Vec(x: x % n, y: y % n) }
  Vec power(n) { new Vec(x: x ** n, y: y ** n) }
  Vec negative() { new Vec(x: -x, y: -y) }
  Vec positive() { this }
  Vec bitwiseNegate() { new Vec(x: ~x, y: ~y) }
  Vec next() { new Vec(x: x + 1, y: y + 1) }
  Vec previous() { new Vec(x: x - 1, y: y - 1) }
  def getAt(i) { i == 0 ? x : y }
  void putAt(i, v) { if (i == 0) x = v else y = v }
  def leftShift(v) { x += v; this }
  def rightShift(v) { y += v; this }
  def rightShiftUnsigned(v) { "ushift $v" }
  def and(o) { "and $o" }
  def or(o) { "or $o" }
  def xor(o) { "xor $o" }
  boolean isCase(o) { o == x || o == y }
  def call(a) { "called $a" }
  def call() { 'called' }
  boolean equals(o) { o instanceof Vec && o.x == x && o.y == y }
  int hashCode() { x * 31 + y }
  int compareTo(o) { x <=> o.x }
  boolean asBoolean() { x || y }
  def asType(Class c) { c == String ? "as string" : c == List ? [x, y] : null }
  String toString() { "($x,$y)" }
}
def a = new Vec(x: 1, y: 2), b = new Vec(x: 3, y: 4)
println a + b
println b - a
println a * 3
println a * b
println b / 2
println b % 2
println b ** 2
println(-a)
println(+a)
println(~a)
println a[0] + a[1]
a[1] = 9
println a
println a << 5
println a >> 5
println a >>> 1
println a & 1
println a | 1
println a ^ 1
println a('arg')
println a()
println a == new Vec(x: 6, y: 14)
println a != b
def c = a
c++
println c
println a
println c--
println c
c += b
println c
c -= b
c *= 2
println c
c <<= 1
println c
switch (3) { case b: println 'case b'; break; default: println 'no case' }
println 4 in b
println a ? 'true' : 'false'
println new Vec() ? 'true' : 'false'
println a as String
println a as List
println new Vec(x: 1).hashCode()
class Money implements Comparable<Money> { BigDecimal amt; Money plus(Money o) { new Money(amt: amt + o.amt) }; Money plus(Number n) { new Money(amt: amt + n) }; int compareTo(Money o) { amt <=> o.amt }; String toString() { "\$$amt" } }
println new Money(amt: 1.5) + new Money(amt: 2)
println new Money(amt: 1.5) + 10
println([new Money(amt: 1), new Money(amt: 2)].sum())
println new Money(amt: 1) > new Money(amt: 0.5)
println([new Money(amt: 3), new Money(amt: 2)].min())
try { a + 'x' } catch (e) { println e.message.readLines()[0] }
try { new Object() + 1 } catch (e) { println e.message.readLines()[0].replaceAll(/@\w+/, '@') }
class Idx { def getAt(String k) { "key $k" }; def getAt(Integer i) { "idx $i" }; def getAt(List l) { "list $l" }; def getAt(Range r) { "range $r" } }
def ix = new Idx()
println ix['a']
println ix[1]
println ix[1, 2]
println ix[1..3]
class Mat { def d = [[1, 2], [3, 4]]; def getAt(i, j) { d[i][j] } }
println new Mat()[1, 0]
