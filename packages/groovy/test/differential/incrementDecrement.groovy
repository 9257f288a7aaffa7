def i = 5
println i++
println i
println(++i)
println i--
println i
println(--i)
def d = 1.5
println d++
println d
def l = 10L
println(++l)
println l.class.simpleName
def s = 'az'
s++
println s
s--
println s
char c = 'x'
c++
println c
def list = [1, 2, 3]
list[0]++
println list
++list[1]
println list
println list[2]++ + list[2]
def map = [a: 1, b: 2]
map.a++
map['b'] += 10
println map
def counter = [n: 0]
3.times { counter.n++ }
println counter
byte b = 127
b++
println b
int m = Integer.MAX_VALUE
m++
println m
short sh = 5
sh += 2.7
println sh
int total = 0
total += 2.9
println total
def f = 1.0f
f++
println "$f ${f.class.simpleName}"
def bi = 9G
bi++
println "$bi ${bi.class.simpleName}"
class Box { int v = 3; def inner = [k: 7] }
def box = new Box()
box.v++
println box.v
println box.v--
println box.v
box.inner.k += 5
println box.inner
def arr = [1, 2, 3] as int[]
arr[1]++
arr[2] *= 10
println arr.toList()
def idx = 0
def seq = [10, 20, 30]
seq[idx++] += 1
println "$idx $seq"
