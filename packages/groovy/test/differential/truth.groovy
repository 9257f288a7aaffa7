class Yes { boolean asBoolean() { true } }
class No { boolean asBoolean() { false } }
class Plain { }
def m = 'abc' =~ /b/
def m2 = 'abc' =~ /x/
[null, true, false, 0, 1, -1, 0L, 0.0, 0.0d, 0G, 1.5, '', ' ', 'false', "${''}", "${'x'}", [], [1], [:], [a: 1], [] as Set, [0] as int[], [] as int[], new Yes(), new No(), new Plain(), (char) 0, 'a' as char, [].iterator(), [1].iterator(), m, m2, { false }, String, Double.NaN, 1..2, 1..<1, new StringBuilder(), new StringBuilder('x'), new Date(0), [null], [[]]].eachWithIndex { v, i ->
  println "$i ${v ? 'true' : 'false'} ${!v} ${!!v} ${v as boolean}"
}
println null ?: 'elvis'
println '' ?: 'elvis'
println 'x' ?: 'elvis'
println 0 ?: 5
println([] ?: [1])
println false || 'x'
println 'x' && 1
println !'x'
if ([]) println 'no' else println 'yes'
if (!null) println 'null is false'
boolean b = 'text'
println b
Boolean bb = []
println bb
println((boolean) 1)
def x = null
println x?.foo
println x?.foo()?.bar
println x?.length() ?: 'none'
