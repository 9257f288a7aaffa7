def pairs = [[1, 1L], [1, 1.0], [1, '1'], ['a', "${'a'}"], ['a', 'a' as char], [97, 'a'], [97, 'a' as char], [[1, 2], [1, 2]], [[1, 2], [2, 1]], [[1, 2], [1L, 2.0]],
  [[1, 2], [1, 2] as Set], [[1, 2] as Set, [2, 1] as Set], [[a: 1], [a: 1L]], [[a: 1], [a: 2]], [[a: 1, b: 2], [b: 2, a: 1]], [[1, 2] as int[], [1, 2]], [[1, 2], [1, 2] as Integer[]],
  [[1, 2] as int[], [1, 2] as long[]], [null, null], [null, 0], [0, null], ['', null], [true, 'true'], [true, true], [1..3, [1, 2, 3]], ["${1}", '1'], ["${1}", "${1}"],
  [[], [:]], [[], [] as Set], [[:], [:]], [1.0, 1.00], [0.1, 0.1d], [[null], [null]], [[null], [1]], [['a'], ["${'a'}"]], [[1, [2, [3]]], [1, [2, [3]]]], [String, String], [Integer, int], ['1', 1], ['b', 'a']]
pairs.each { a, b ->
  println "${a.inspect()} ${b.inspect()} ${a == b} ${a != b} ${a?.equals(b)} ${a.is(b) ? 'same' : 'other'}"
}
class P { int x; boolean equals(o) { o instanceof P && o.x == x }; int hashCode() { x } }
class Q { int x }
class R implements Comparable<R> { int x; int compareTo(R o) { x <=> o.x } }
println new P(x: 1) == new P(x: 1)
println new P(x: 1) != new P(x: 1)
println new P(x: 1).is(new P(x: 1))
println new Q(x: 1) == new Q(x: 1)
println new R(x: 1) == new R(x: 1)
println new R(x: 1).equals(new R(x: 1))
println new R(x: 1) < new R(x: 2)
println new P(x: 1) == null
println null == new P(x: 1)
println([new P(x: 1), new P(x: 2)] == [new P(x: 1), new P(x: 2)])
println([new P(x: 1), new P(x: 1)].toSet().size())
println([new P(x: 1)].contains(new P(x: 1)))
println([(new P(x: 1)): 'found'][new P(x: 1)])
println 'abc'.equalsIgnoreCase('ABC')
println new Date(0) == new Date(0)
