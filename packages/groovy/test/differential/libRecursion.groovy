def flat(Map m, String p = '') { m.inject([:]) { acc, k, v -> def key = p ? "${p}.${k}".toString() : k; acc + (v instanceof Map ? flat(v, key) : [(key): v]) } }
println flat([a: [b: 1, c: [d: 2]], e: 3])
def unflat(Map m) { def r = [:]; m.each { k, v -> def ps = k.tokenize('.'); def t = r; ps[0..<-1].each { t = t.get(it, [:]) }; t[ps[-1]] = v }; r }
println unflat(['a.b': 1, 'a.c.d': 2, e: 3])
def deep(o) { o instanceof Map ? o.collectEntries { k, v -> [k, deep(v)] } : o instanceof List ? o.collect { deep(it) } : o instanceof String ? o.toUpperCase() : o }
println deep([a: ['x', [b: 'y']], n: 1])
def fact; fact = { n -> n < 2 ? 1G : n * fact(n - 1) }
println fact(25)
def fib = { n -> n < 2 ? n : owner.fib(n - 1) } 
def fibm; fibm = { n -> n < 2 ? n : fibm(n - 1) + fibm(n - 2) }.memoize()
println fibm(50)
def tr; tr = { n, acc = 0G -> n == 0 ? acc : tr.trampoline(n - 1, acc + n) }.trampoline()
println tr(2000)
def hanoi(n, a, b, c, out) { if (n == 0) return; hanoi(n - 1, a, c, b, out); out << "$a$c".toString(); hanoi(n - 1, b, a, c, out) }
def out = []; hanoi(3, 'A', 'B', 'C', out); println out
def perms(String s) { s.size() <= 1 ? [s] : s.toList().withIndex().collectMany { c, i -> perms(s[0..<i] + (i + 1 < s.size() ? s[i + 1..-1] : '')).collect { c + it } } }
println perms('abc')
def depth(o) { o instanceof Collection ? 1 + (o.collect { depth(it) }.max() ?: 0) : 0 }
println depth([1, [2, [3]], []])
def gcd(a, b) { b == 0 ? a : gcd(b, a % b) }
println gcd(48, 18)
def ack(m, n) { m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)) }
println ack(2, 3)
def qs(List l) { if (l.size() < 2) return l; def p = l.head(); def (a, b) = l.tail().split { it < p }; qs(a) + p + qs(b) }
println qs([3, 6, 1, 8, 2, 9, 2])
def tree = [v: 1, k: [[v: 2, k: []], [v: 3, k: [[v: 4, k: []]]]]]
def show(t, ind = 0) { println ' ' * ind + t.v; t.k.each { show(it, ind + 2) } }
show(tree)
def topo(Map g) { def seen = [] as LinkedHashSet; def go; go = { n -> if (!(n in seen)) { g[n]?.each { go(it) }; seen << n } }; g.keySet().each { go(it) }; seen as List }
println topo([app: ['lib', 'core'], lib: ['core'], core: []])
