5.times { print "$it " }
println()
1.upto(5) { print "$it " }
println()
5.downto(1) { print "$it " }
println()
0.step(10, 3) { print "$it " }
println()
10.step(0, -4) { print "$it " }
println()
1.0.upto(3.5) { print "$it " }
println()
(1..3).each { print it }
println()
for (i in 0..<4) print i
println()
for (int i = 0; i < 10; i += 3) { print "$i " }
println()
def n = 0
while (n < 3) { print n; n++ }
println()
while (true) { if (++n > 6) break; if (n == 5) continue; print n }
println()
for (x in [1, 2, 3]) { if (x == 2) continue; print x }
println()
for (Map.Entry e in [a: 1, b: 2]) print "${e.key}=${e.value};"
println()
for (c in 'abc') print "[$c]"
println()
for (x in null) print 'never'
for (x in 5) print x
println()
for (int x : [4, 5, 6]) print x
println()
for (String x : ['p', 'q']) print x
println()
try { 3.upto(1) { println it } } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { 0.step(10, -1) { println it } } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
outer:
for (i in 1..3) {
  for (j in 1..3) {
    if (j == 2) continue outer
    if (i == 3) break outer
    println "$i $j"
  }
}
int k = 10
for (;;) { if (k-- < 8) break }
println k
('a'..'e').each { print it }
println()
('a'..'e').step(2) { print it }
println()
println((1..10).step(3))
println 3.collect { it * 2 }
def fact = 1
(1..20).each { fact *= it as long }
println fact
def fib = [0, 1]
while (fib.size() < 15) fib << fib[-1] + fib[-2]
println fib
