enum Level { LOW(1), MID(5) { String label() { 'middle' } }, HIGH(10)
  final int w
  Level(int w) { this.w = w }
  String label() { name().toLowerCase() }
  static Level of(int n) { values().reverse().find { n >= it.w } ?: LOW } }
def d(x) { switch (x) {
  case Level.LOW: return 'l'
  case [Level.MID, Level.HIGH]: return 'mh'
  case 1..3: return 'range'
  case Integer: return 'int'
  case ~/a.*/: return 'regex'
  case { it instanceof List && it.size() > 2 }: return 'closure'
  case 'b': case 'c': return 'bc'
  case null: return 'null'
  case Number: return 'num'
  default: return 'def' } }
println([Level.LOW, Level.MID, Level.HIGH, 2, 9, 'abc', [1, 2, 3], 'b', 'c', null, 2.5, 'zz', [1]].collect { d(it) })
println Level.values()*.label()
println Level.of(7).name() + Level.of(0)
println Level.valueOf('HIGH').w + Level.HIGH.ordinal()
println Level.LOW < Level.HIGH
println Level.MID.class == Level
println Level.MID.declaringClass.simpleName
println Level.values().collectEntries { [it, it.w] }
println 'MID' as Level
try { Level.valueOf('NOPE') } catch (IllegalArgumentException e) { println e.message }
println Level.LOW.next().toString() + Level.LOW.previous()
println Level.LOW..Level.HIGH
println((Level.LOW..Level.HIGH)*.w)
def m = [(Level.LOW): 'x']
println m[Level.LOW]
println "${Level.HIGH} ${Level.HIGH.label()}"
println Level.LOW.compareTo(Level.HIGH) < 0
println Level.LOW == 'LOW'
println Level.LOW.toString() == 'LOW'
def fall(x) { def r = ''; switch (x) { case 1: r += '1'; case 2: r += '2'; break; case 3: r += '3'; default: r += 'd' }; r }
println([1, 2, 3, 4].collect { fall(it) })
