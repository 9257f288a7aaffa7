def safe = { c -> try { c() } catch (e) { "caught ${e.message}" } }
println safe { throw new Exception('one') }
println safe { [1, 2].each { throw new Exception("in each $it") } }
println safe { [3].collect { throw new Exception("in collect $it") } }
println safe { [a: 1].each { k, v -> throw new Exception("map $k") } }
println safe { 2.times { throw new Exception("times $it") } }
println safe { [2, 1].sort { a, b -> throw new Exception('sorting') } }
println safe { 'x'.replaceAll(/x/) { throw new Exception('replacing') } }
println safe { [1].inject(0) { a, b -> throw new Exception('inject') } }
println safe { [1].find { throw new Exception('find') } }
println safe { [:].withDefault { throw new Exception('default') }.x }
println safe { 1.upto(2) { throw new Exception("upto $it") } }
println safe { 'ok' }
def log = []
try { [1, 2, 3].each { log << it; if (it == 2) throw new Exception('stop') } } catch (e) { log << e.message }
println log
def retry = { n, c -> def last; for (i in 1..n) { try { return c(i) } catch (e) { last = e } }; throw last }
println retry(3) { if (it < 3) throw new Exception("try $it"); "done $it" }
println safe { retry(2) { throw new Exception("try $it") } }
def wrapped = { try { throw new IllegalStateException('inner') } catch (e) { throw new RuntimeException('outer', e) } }
try { wrapped() } catch (e) { println "${e.message}/${e.cause.message}"; println e.cause.class.name }
