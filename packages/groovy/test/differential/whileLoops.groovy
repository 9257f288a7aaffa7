int i = 0
while (i < 3) println i++
while (i-- > 0) { if (i == 1) continue; println "down $i" }
def n = 100, steps = 0
while (n > 1) { n = n.intdiv(2); steps++ }
println steps
def q = [1, 2, 3]
while (q) print q.remove(0)
println()
while (true) { if (steps++ > 8) break }
println steps
def s = 'abc'
while (s) { print s[0]; s = s.substring(1) }
println()
