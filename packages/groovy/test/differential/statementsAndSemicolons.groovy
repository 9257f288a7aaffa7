def a = 1; def b = 2; println a + b
if (a) { println 'x' } else { println 'y' };
def c =
  3
println c
def sum = a +
  b +
  c
println sum
def chained = [1, 2, 3]
  .collect { it * 2 }
  .findAll { it > 2 }
println chained
def t = a == 1
  ? 'one'
  : 'other'
println t
def list = [
  1,
  2,
]
println list
def map = [
  a: 1,
  b: [
    c: 2,
  ],
]
println map
println([1,
  2].size())
def f(x,
      y) {
  x +
    y
}
println f(1,
  2)
{ -> println 'block closure' }()
if (a == 1 &&
    b == 2) println 'multi-line condition'
/* comment */ println 'after comment' // trailing
println 'a' /* in the middle */ + 'b'
label: println 'labelled'
;;
println "done"
assert true; assert 1 == 1
def s = 'x'; s += 'y'; println s
switch (a) { case 1: println 'one'; case 2: println 'two'; break }
try { println 't' } catch (e) { } finally { println 'f' }
