int i
long l
boolean b
char c
double d
float f
String s
Integer boxed
List list
def untyped
println([i, l, b, (int) c, d, f, s, boxed, list, untyped])
class F { int i; Integer bi; boolean b; String s; List l = []; def d; double dd; static int si; static ss }
def x = new F()
println([x.i, x.bi, x.b, x.s, x.l, x.d, x.dd, F.si, F.ss])
println new int[2].toList() + new boolean[1].toList() + new String[1].toList()
def (p, q) = []
println p
println q
def m(a = null, b = [], c = [:]) { [a, b, c] }
println m()
println m(1)
def cl = { a = 5 -> a }
println cl()
println cl(null)
