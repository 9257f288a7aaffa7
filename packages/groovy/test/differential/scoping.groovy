x = 'binding'
def y = 'local'
println x
def m() { x }
println m()
def m2() { try { y } catch (MissingPropertyException e) { "no ${e.property}" } }
println m2()
println binding.variables.containsKey('x')
println binding.variables.containsKey('y')
newVar = 5
println newVar
newVar++
println newVar
if (true) { def inner = 1; println inner }
try { println inner } catch (MissingPropertyException e) { println e.message }
for (i in 1..2) { def loopVar = i }
try { println loopVar } catch (MissingPropertyException e) { println e.property }
def c = { z = 7; def w = 8; z + w }
println c()
println z
def shadow = 1
def cl = { shadow = 2 }
cl()
println shadow
def f(p) { p = 'changed'; p }
def orig = 'orig'
println f(orig)
println orig
def list = []
(1..3).each { i -> list << { i * 10 } }
println list*.call()
def fs = []
for (i in 1..3) { fs << { i } }
println fs*.call()
def fs2 = []
for (int i = 0; i < 3; i++) { def j = i; fs2 << { j } }
println fs2*.call()
@groovy.transform.Field int counter = 10
def inc() { counter++ }
inc(); inc()
println counter
println this.class.simpleName
println this.x
this.x = 'via this'
println x
setProperty('dyn', 9)
println dyn
println getProperty('dyn')
def sw = 1
switch (sw) { case 1: def q = 'in case'; println q }
{ -> def block = 1; println block }()
def a = 1, b = 2
(a, b) = [b, a]
println "$a $b"
int i1 = 5, i2
println "$i1 $i2"
try { undefinedMethod() } catch (MissingMethodException e) { println e.message }
try { undefinedVar } catch (MissingPropertyException e) { println e.message }
class K { def go() { try { x } catch (MissingPropertyException e) { e.message } } }
println new K().go()
