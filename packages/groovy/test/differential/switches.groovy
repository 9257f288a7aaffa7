def f(x) {
  switch (x) {
    case null: return 'null'
    case 1: return 'one'
    case 2..5: return 'range'
    case [6, 7]: return 'list'
    case Integer: return 'Integer'
    case ~/ab.*/: return 'regex'
    case 'exact': return 'string'
    case String: return 'String'
    case { it instanceof List && it.size() > 2 }: return 'closure'
    case [[1, 2], 'zz']: return 'nested list'
    case [k: 1]: return 'map'
    case BigDecimal: return 'decimal'
    case true: return 'true'
    default: return "default ${x.getClass().simpleName}"
  }
}
[null, 1, 3, 6, 7, 8, 'abc', 'exact', 'other', [1, 2, 3], [1, 2], 1.5, true, false, 2.0, 1L, 3L, "a${'b'}c", "ex${'act'}", 'k', new Date(0)].each { println f(it) }
def fall(x) {
  def log = []
  switch (x) {
    case 1: log << 'one'
    case 2: log << 'two'; break
    case 3: log << 'three'
    default: log << 'default'
    case 4: log << 'four'
  }
  log
}
(1..5).each { println fall(it) }
switch ('x') { }
switch (5) { default: println 'only default' }
def n = 3
switch (n) { case 1: case 2: println 'low'; break; case 3: case 4: println 'mid'; break }
switch (n) { case { it % 2 }: println 'odd'; break; case { it % 2 == 0 }: println 'even' }
def r = [1, 2, 'a', 'b', null].collect { v -> switch (v) { case Number: return 'n'; case String: return 's' }; 'none' }
println r
for (i in 1..3) { switch (i) { case 2: continue; default: println "loop $i" } }
l: while (true) { switch (n) { case 3: break l } }
println 'out'
switch ('Hello') { case ~/h.*/: println 'lower'; break; case ~/(?i)h.*/: println 'any case'; break }
switch (10) { case 10L: println 'long matches'; break; default: println 'no' }
switch (10) { case 10.0: println 'decimal matches'; break; default: println 'no' }
switch ('10') { case 10: println 'str matches'; break; default: println 'no' }
switch (1) { case '1': println 'int matches'; break; default: println 'no' }
switch (['a']) { case List: println 'a list'; break }
switch ([a: 1]) { case Map: println 'a map'; break }
println([1, 'x', 2.5].collect { it.class in [Integer, String] })
println 1.isCase(1)
println Integer.isCase(1)
println([1, 2].isCase(2))
println((1..3).isCase(2))
println([a: 1].isCase('a'))
println([a: 0].isCase('a'))
println((~/a/).isCase('a'))
println({ it > 1 }.isCase(2))
println null.isCase(null)
println 'a'.isCase('a')
