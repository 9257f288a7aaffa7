class Req { private Map data = [headers: [:]]
  Req url(String u) { data.url = u; this }
  Req header(String k, v) { data.headers[k] = v; this }
  Req body(Object b) { data.body = b; this }
  Map build() { data.asImmutable() }
  static Req create() { new Req() } }
def m = Req.create().url('http://x').header('A', 1).header('B', null).body([a: [1, 2]]).build()
println m
try { m.z = 1 } catch (UnsupportedOperationException e) { println 'immutable' }
println m.headers.findAll { k, v -> v != null }
println m.body.a*.multiply(2)
println m?.body?.zz?.yy
def s = new StringBuilder().append('a').append(1).append(2.50).append(true).append(null).append('c' as char).insert(0, '>').reverse()
println s
println 'a-b-c'.split('-').toList().reverse().join('+').toUpperCase().replace('+', '').padLeft(6, '.').concat('!')
println((1..10).findAll { it % 2 }.collect { it * it }.inject { a, b -> a + b })
println([3, 1, 2].sort().reverse().take(2).plus(9).minus(3).join('/'))
