println true && false || true
println !(true && false)
println true ^ false
println true & !false
println true == true
println true.equals('true')
println Boolean.TRUE
println Boolean.parseBoolean('TrUe')
println Boolean.valueOf('x')
println 'true' as boolean
println 'false' as boolean
println 'false'.toBoolean()
println 'on'.toBoolean()
println true.compareTo(false)
println true <=> false
println([true, false, true].count(true))
println([true, false].any())
println([true, false].every())
println true.and(false)
println true.or(false)
println true.xor(true)
println true.implies(false)
println true.toString() + false
println "${!true}"
boolean p
println p
Boolean w
println w
p |= true
println p
p &= false
println p
println true ? 'a' : 'b'
println((1 == 1) == true)
println 1 < 2 == true
println true.class
println true instanceof Boolean
println([(true): 't'][true])
println true.hashCode() - false.hashCode()
def f = { -> false }
println !f()
println !f
println null == false
println !null == true
println 0 == false
println '' == false
println 1 as boolean == true
println Boolean.logicalXor(true, false)
println !'' && !0 && ![] && ![:] && !null
