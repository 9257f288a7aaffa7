def f = { it }
println f()
println f(1)
println f(1 as Object)
def g = { -> 'noit' }
println g()
println([1, 2, 3].collect { it })
println([[1, 2], [3]].collect { it.collect { it * 2 } })
def h = { x -> it2 = x; x }
println h(3)
def last = { if (it) 'truthy' else 'falsy' }
println last(1) + last(0)
def loop = { for (i in 1..2) { i } }
println loop()
def asg = { def q = 5 }
println asg()
def ass = { q = 6 }
println ass()
def sw = { switch (it) { case 1: 'one'; break; case 2: 'two'; break; default: 'many' } }
println sw(1)
println sw(5)
def tr = { try { 'in try' } catch (e) { 'c' } finally { 'f' } }
println tr()
def emp = { }
println emp()
def nul = { null }
println nul()
def mapRet = { [a: it] }
println mapRet(1)
def strRet = { "v$it" }
println strRet(2)
def whileRet = { while (false) { }; }
println whileRet()
def inc = { it++ }
println inc(4)
def pre = { ++it }
println pre(4)
def un = { !it }
println un('')
def chained = { a -> { b -> { c -> a + b + c } } }
println chained(1)(2)(3)
def m() { if (false) 1 }
println m()
def m2() { for (x in [1]) { return x } }
println m2()
def m3() { [1, 2].each { return it } }
println m3()
def m4() { assert true }
println m4()
def m5() { def z }
println m5()
def m6() { synchronized (this) { 'sync' } }
println m6()
