def one(a) { "one($a)" }
def two(a, b) { "two($a,$b)" }
def m(Map o) { "map$o" }
def ma(Map o, a) { "map$o $a" }
def cl(Closure c) { c() }
def acl(a, Closure c) { "$a ${c()}" }
println one(1)
def r = one 1
println r
r = two 1, 2
println r
r = m a: 1, b: 2
println r
r = ma x: 1, 'pos'
println r
r = cl { 'block' }
println r
r = acl('a') { 'b' }
println r
r = acl 'c', { 'd' }
println r
class Dsl { def log = []; def take(n) { log << "take $n"; this }; def of(x) { log << "of $x"; this }; def and(x) { log << "and $x"; this }; def getDone() { log } }
def take(n) { new Dsl().take(n) }
def dr = take 2 of 'coffee' and 'sugar'
println dr.log
def res = take 3 of 'tea'
println res.log
println(take(1).of('x').done)
def please(c) { [the: { what -> [of: { n -> c(what(n)) }] }] }
def show = { println it }
def square_root = { Math.sqrt(it) }
please show the square_root of 100
println "${[1, 2].collect { it }}"
println one([1, 2])
println one([a: 1])
def list = []
list.add 5
list << 6
println list
println list.size()
def pr = this.&println
pr 'via pointer'
print 'a'
println()
println 'x'.padLeft(3, '.')
