def ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
def tens = [2: 'twenty', 3: 'thirty', 4: 'forty', 5: 'fifty', 6: 'sixty', 7: 'seventy', 8: 'eighty', 9: 'ninety']
def words
words = { n -> n < 0 ? "minus ${words(-n)}" : n < 20 ? ones[n] : n < 100 ? tens[n.intdiv(10)] + (n % 10 ? "-${ones[n % 10]}" : '') : n < 1000 ? "${ones[n.intdiv(100)]} hundred" + (n % 100 ? " and ${words(n % 100)}" : '') : "${words(n.intdiv(1000))} thousand" + (n % 1000 ? " ${words(n % 1000)}" : '') }
[0, 7, 13, 42, 90, 100, 115, 999, 1000, 12345, -5].each { println "$it ${words(it)}" }
def roman = { n -> [M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1].inject('') { s, k, v -> def q = n.intdiv(v); n -= q * v; s + k * q } }
println([1, 4, 9, 14, 40, 90, 400, 1994, 2024].collect(roman))
def unroman = { s -> def v = [I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000]; def l = s.toList().collect { v[it] }; l.withIndex().sum { x, i -> i + 1 < l.size() && l[i + 1] > x ? -x : x } }
println(['IV', 'XC', 'MCMXCIV'].collect(unroman))
def luhn = { s -> s.reverse().toList()*.toInteger().withIndex().sum { d, i -> i % 2 ? (d * 2 > 9 ? d * 2 - 9 : d * 2) : d } % 10 == 0 }
println luhn('4539578763621486')
println luhn('1234567812345678')
def base = { n, b -> def s = ''; while (n > 0) { s = '0123456789abcdef'[n % b] + s; n = n.intdiv(b) }; s ?: '0' }
println([2, 8, 16].collect { base(255, it) })
println((1..8).collect { r -> (0..r).inject([1]) { row, i -> row } }.size())
def pascal = (1..6).inject([[1]]) { rows, i -> rows << [1, *rows[-1].collate(2, 1, false).collect { it.sum() }, 1] }
pascal.each { println it }
println((0..5).collect { n -> (0..n).collect { k -> (k == 0 ? 1 : ((n - k + 1)..n).inject(1) { a, b -> a * b } / (1..k).inject(1) { a, b -> a * b }) as int } })
def digits = { n -> n.toString().toList()*.toInteger() }
println digits(12345).sum()
println((1..1000).findAll { n -> digits(n).sum { it ** digits(n).size() } == n })
println 1000000.toString().reverse().toList().collate(3)*.join().join(',').reverse()
println 2G ** 100
println((1..25).inject(1G) { a, b -> a * b })
println(355 / 113)
println((1..10).sum { 1 / it })
