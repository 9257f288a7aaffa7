def ops = [add: { a, b -> a + b }, neg: { -it }, id: { it }, none: { -> 'n' }]
println ops.add(1, 2)
println ops.neg(5)
println ops.none()
println ops['add'](3, 4)
println ops.collectEntries { k, f -> [k, f.maximumNumberOfParameters] }
println ops.get('id').call('x')
def handlers = [:].withDefault { k -> { x -> "$k:$x".toString() } }
println handlers.foo(1)
println handlers['bar'].call(2)
println handlers.keySet()
def reg = []
def on = { String ev, Closure c -> reg << [ev: ev, c: c] }
on('a') { println "got $it" }
on 'b', { x -> println "b $x" }
reg.each { it.c(it.ev) }
def compose = ops.neg << ops.add
println compose(1, 2)
println((ops.neg >> ops.id)(3))
def m = [f: { delegate?.class?.simpleName }]
println m.f() != null
try { ops.missing(1) } catch (e) { println e.class.simpleName }
try { ops.add(1) } catch (e) { println e.class.simpleName }
def dispatch(Map h, String k, Object... args) { h[k] ? h[k](*args) : "no $k" }
println dispatch(ops, 'add', 5, 6)
println dispatch(ops, 'zz')
