def hanoi(n, a, b, c, moves) { if (n == 0) return moves; hanoi(n - 1, a, c, b, moves); moves << "$a->$c"; hanoi(n - 1, b, a, c, moves) }
println hanoi(3, 'A', 'B', 'C', []).join(' ')
println hanoi(5, 'x', 'y', 'z', []).size()
def fib(n) { n < 2 ? n : fib(n - 1) + fib(n - 2) }
println((0..15).collect { fib(it) })
def ack(m, n) { m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)) }
println ack(2, 3)
def perms(l) { l.size() <= 1 ? [l] : l.collectMany { x -> perms(l - x).collect { [x] + it } } }
println perms([1, 2, 3])
def subsets(l) { l.isEmpty() ? [[]] : subsets(l.tail()).collectMany { [it, [l.head()] + it] } }
println subsets(['a', 'b', 'c'])
def flatten2(l) { l.inject([]) { acc, x -> x instanceof List ? acc + flatten2(x) : acc + [x] } }
println flatten2([1, [2, [3, [4, []]]]])
def pow(b, e) { e == 0 ? 1 : e % 2 ? b * pow(b, e - 1) : pow(b * b, e.intdiv(2)) }
println pow(3, 13)
println pow(2G, 100)
def rev(s) { s ? rev(s.substring(1)) + s[0] : '' }
println rev('recursion')
def depth(l) { l instanceof List ? 1 + (l.collect { depth(it) }.max() ?: 0) : 0 }
println depth([1, [2, [3]], []])
def queens(n) { def out = []; def place; place = { row, cols -> if (row == n) { out << cols; return }; (0..<n).each { c -> if ((0..<row).every { cols[it] != c && Math.abs(cols[it] - c) != row - it }) place(row + 1, cols + [c]) } }; place(0, []); out }
println queens(4)
println queens(6).size()
def bin(n) { n < 2 ? "$n" : bin(n.intdiv(2)) + "${n % 2}" }
println bin(37)
