def sieve(int n) { def c = new boolean[n + 1]; def out = []; for (int i = 2; i <= n; i++) { if (c[i]) continue; out << i; for (long j = (long) i * i; j <= n; j += i) c[(int) j] = true }; out }
println sieve(100)
def isPrime = { n -> n > 1 && (2..<n).every { n % it } }
println((1..30).findAll(isPrime))
def factors(n) { def f = []; for (int d = 2; d * d <= n; d++) while (n % d == 0) { f << d; n = n.intdiv(d) }; if (n > 1) f << n; f }
[12, 97, 360, 1001, 65536].each { println "$it = ${factors(it).join(' x ')}" }
def gcd; gcd = { a, b -> b == 0 ? a : gcd(b, a % b) }
println gcd(48, 36)
println((1..10).inject { a, b -> a * b / gcd(a, b) as int })
def collatz = { n -> def s = [n]; while (n != 1) { n = n % 2 ? 3 * n + 1 : n.intdiv(2); s << n }; s }
println collatz(6)
println collatz(27).size()
println((1..10).collect { collatz(it).size() })
def perfect = (2..500).findAll { n -> (1..n.intdiv(2)).findAll { n % it == 0 }.sum() == n }
println perfect
