def (a, b) = [1, 2]
println "$a $b"
def (c, d, e) = [1, 2]
println "$c $d $e"
def (f, g) = [1, 2, 3]
println "$f $g"
(a, b) = [b, a]
println "$a $b"
def (int i, String s) = [5, 'str']
println "$i $s"
def (h, j) = 'xy'
println "$h $j"
def (k, l) = [10, 20] as int[]
println k + l
def pair() { [1, 'one'] }
def (n, name) = pair()
println "$n $name"
def (first, rest) = [1, [2, 3]]
println rest
def m = [x: 1]
def arr = [0, 0]
def (u, v) = 1..2
println u + v
def (p, q) = 'a-b'.split('-')
println "$p $q"
String t1
int t2
(t1, t2) = ['text', 42]
println "$t1 $t2"
def (o) = [99]
println o
def (w, x) = [1: 'map'].collect { k1, v1 -> k1 } + ['two']
println "$w $x"
try { def (int bad) = ['x1'] } catch (ex) { println ex.class.simpleName }
