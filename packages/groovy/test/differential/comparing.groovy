def t = { a, b -> try { println "${a.inspect()} <=> ${b.inspect()} = ${a <=> b}" } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t 1, 2
t 2, 1.5
t 1, 1L
t 'a', 'b'
t 'a', 'c'
t 'abc', 'ab'
t 'B', 'a'
t null, 1
t 1, null
t null, null
t 'a', 97
t 97, 'a'
t 'ab', 1
t 'a', 1
t 1, 'ab'
t true, false
t false, true
t "${'x'}", 'y'
t 'x', "${'x'}"
t new Date(0), new Date(1)
t 1..3, 1..4
t([1], [2])
t([a: 1], [b: 1])
t 1, true
t 'x', true
t 'x' as char, 'y'
println 1 < 2
println 'a' < 'b'
println 'a' <= 'a'
println 2 >= 2.0
println null < 1
println 1 > null
println 3 in [1, 2, 3]
println 'k' in [k: 1]
println 5 in 1..10
println 'a' in String
println 1 in Number
println !(4 in [1, 2])
try { println 'a' < 1 } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { println([1] < [2]) } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { println 'abc' > 5 } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
class V implements Comparable { int n; int compareTo(o) { n - o.n }; String toString() { "V$n" } }
println new V(n: 1) < new V(n: 2)
println([new V(n: 3), new V(n: 1), new V(n: 2)].sort())
println([new V(n: 3), new V(n: 1)].max())
println new V(n: 5) <=> new V(n: 2)
println new V(n: 5) == new V(n: 5)
