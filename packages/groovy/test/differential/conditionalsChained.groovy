def grade(n) { if (n >= 90) 'A' else if (n >= 80) 'B' else if (n >= 70) 'C' else 'F' }
println([95, 85, 75, 10].collect { grade(it) })
def sign = { n -> n < 0 ? 'neg' : n == 0 ? 'zero' : 'pos' }
println([-1, 0, 1].collect(sign))
def check(a, b) { if (a && b) { 'both' } else if (a || b) { 'one' } else { 'none' } }
println check(1, 1) + check(1, 0) + check(0, 0)
def nestedIf(x) { if (x) { if (x > 5) { return 'big' } else { return 'small' } }; 'zero' }
println nestedIf(10) + nestedIf(1) + nestedIf(0)
if (1) println 'single'
else println 'no'
if (0)
  println 'no'
else
  println 'else line'
def r
if (true) { r = 'set' }
println r
println((5 > 3) ? 'yes' : 'no')
println 5 > 3 && 2 > 1 || false
println !(5 > 3) || 2 > 1
def v = null
println v == null ? 'null' : v
println v ?: 'elvis'
println v?.foo ?: 'safe'
def x = 5
x = x > 3 ? x * 2 : x
println x
println x in 1..10 ? 'in' : 'out'
println x instanceof Integer ? 'int' : 'other'
println 'abc' =~ 'b' ? 'match' : 'none'
println([1, 2].contains(2) ? 'has' : 'no')
