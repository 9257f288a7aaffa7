print 'a'
print 1
print null
print([1, 2])
print([a: 1])
println()
println ''
println null
println 1.50
println true
println 'c' as char
println([1, 'x', null, [2], [k: 'v'], 1..2])
println(['a', 'b'] as String[])
println([1, 2] as int[])
println 'abc' as char[]
println 1..3
println "${1..3} ${[1..3]}"
print 1..3
println()
println([1..3, [1..2]])
println([r: 1..3])
println new Date(0)
println new StringBuilder('sb')
println String
println new Exception('e')
class P { String toString() { 'P!' } }
println new P()
println([new P(), [new P()]])
println([p: new P()])
this.println 'this'
System.out.println 'system'
System.out.print 'x'
System.out.println()
System.out.println([1, 2])
System.out.println([a: 1])
printf '%s\n', 'printf'
[1].each { println it; println 1..2 }
class Q { def go() { println 1..2; println "${1..2}"; [1].each { println 1..2 } } }
new Q().go()
def w = new StringWriter()
w << 1 << [1, 2] << [a: 1] << 'x' << null
println w
println w.toString().size()
