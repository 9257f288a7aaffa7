outer: for (i in 0..3) { for (j in 0..3) { if (j == 1) continue outer; if (i == 2) break outer; println "$i,$j" } }
int n = 0
loop: while (true) { while (true) { if (++n > 3) break loop; if (n % 2) break; println n } }
println n
for (i in 1..5) { if (i == 4) break; if (i % 2 == 0) continue; println i }
def found = null
search: for (row in [[1, 2], [3, 4]]) { for (v in row) { if (v == 3) { found = v; break search } } }
println found
for (int i = 0; i < 3; i++) { try { if (i == 1) continue; println "try $i" } finally { println "fin $i" } }
while (n-- > 0) { try { break } finally { println 'finally on break' } }
def x = 0
while (x < 10) x += 3
println x
for (i in [5, 6, 7].reverse()) print i
println()
for (e in [a: 1, b: 2]) println e
for (k in [a: 1, b: 2].keySet()) println k
for (c in 'xyz') print c + '.'
println()
for (i in 10..1) { if (i < 8) break; print "$i " }
println()
def sum = 0
for (i in 1..100) sum += i
println sum
a: for (p in 1..2) { b: for (q in 1..2) { c: for (r in 1..2) { if (r == 2) continue b; if (q == 2) continue a; println "$p$q$r" } } }
for (def it in [1, 2]) print it
println()
for (Integer i : 1..3) print i
println()
for (i in [1, 2, 3].iterator()) print i
println()
for (i in ([1, 2] as int[])) print i
println()
for (x2 in new HashMap([q: 1])) print x2.key
println()
def it3 = 3
while (it3) { print it3--; }
println()
