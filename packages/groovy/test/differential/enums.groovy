enum Color { RED, GREEN, BLUE }
println Color.RED
println Color.RED.name()
println Color.RED.ordinal()
println Color.values().toList()
println Color.values().length
println Color.valueOf('GREEN')
println Color.RED.class.simpleName
println Color.RED == Color.RED
println Color.RED < Color.BLUE
println Color.BLUE <=> Color.RED
println Color.RED.next()
println Color.RED.previous()
println Color.BLUE.next()
def c = Color.RED
c++
println c
println 'BLUE' as Color
Color typed = 'GREEN'
println typed
println "${Color.RED} x"
println Color.collect { it.name().toLowerCase() }
for (x in Color) print "$x "
println()
println((Color.RED..Color.BLUE).toList())
println Color.RED in [Color.RED]
println([(Color.RED): 1, (Color.BLUE): 2])
println([(Color.RED): 1][Color.RED])
switch (c) { case Color.RED: println 'r'; break; case Color.GREEN: println 'g'; break }
switch (c) { case [Color.GREEN]: println 'in list'; break }
try { Color.valueOf('PINK') } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { 'PINK' as Color } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { Color x = 'PINK' } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { (Color) 5 } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
enum Planet {
  EARTH(5.97, 6371), MARS(0.642, 3390)
  final double mass
  final int radius
  static final int COUNT = 2
  Planet(double mass, int radius) { this.mass = mass; this.radius = radius }
  double density() { mass / radius }
  static Planet heaviest() { values().max { it.mass } }
  String toString() { "planet ${name().toLowerCase()}" }
}
println Planet.EARTH
println Planet.EARTH.name()
println Planet.EARTH.mass
println Planet.MARS.radius
println Planet.heaviest()
println Planet.COUNT
println Planet.values()*.radius
println Planet.EARTH.density() > 0
enum Op {
  PLUS { int apply(int a, int b) { a + b } },
  TIMES { int apply(int a, int b) { a * b } }
  abstract int apply(int a, int b)
}
println Op.PLUS.apply(2, 3)
println Op.TIMES.apply(2, 3)
println Op.values()*.apply(4, 5)
println Op.PLUS.declaringClass.simpleName
enum Level { LOW(1), HIGH(10); int v; Level(int v) { this.v = v }; static of(int n) { values().find { it.v == n } } }
println Level.of(10)
println Level.of(5)
println Level.LOW.v
println Level.HIGH.compareTo(Level.LOW)
println Level.values().sort { -it.v }
println Level.LOW.hashCode() == Level.LOW.hashCode()
println Level.LOW.equals(Level.LOW)
println Level.LOW instanceof Enum
println Level.LOW instanceof Comparable
println Level.MIN_VALUE
println Level.MAX_VALUE
interface HasCode { int code() }
enum Status implements HasCode { OK, FAIL; int code() { ordinal() * 100 } }
println Status.FAIL.code()
println Status.OK instanceof HasCode
println Status.values().collectEntries { [it, it.code()] }
println new TreeMap([(Status.FAIL): 1, (Status.OK): 2])
