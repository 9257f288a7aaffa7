def a = null, b = 'b', z = 0
println a ?: b
println b ?: 'c'
println z ?: 'zero is false'
println a?.length() ?: 'nolen'
println z ? 'y' : b ? 'nested' : 'n'
println((a == null ? 'null' : 'not'))
def r = b == 'b' ? { 'closure' } : { 'other' }
println r()
println true ? 1 : 2
println((true ? 1 : 2.0).class.simpleName)
println a ? a.x : b ? b.size() : -1
def m = [x: null]
println m?.x?.y?.z
println m.x ?: m.y ?: 'last'
println !a && b
println !(a || z)
println a == b || b == 'b'
def side = []
def t = { side << it; true }, f = { side << it; false }
f(1) && t(2)
t(3) || t(4)
f(5) || t(6)
t(7) && f(8)
println side
println true & f(9)
println side
