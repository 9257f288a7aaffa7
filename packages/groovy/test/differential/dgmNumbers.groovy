println 10.intdiv(3)
println(-10.intdiv(3))
println 10 % 3
println 10.mod(3)
println 3.7.intValue()
println 5.compareTo(3)
println 5.isCase(5)
println 3.14159.setScale(2, BigDecimal.ROUND_DOWN)
println 5.power(3)
println 2.5.multiply(2)
println 7.toBigInteger().class.simpleName
println '7'.toInteger() + '8'.toLong()
println([1, 2, 3].sum() / [1, 2, 3].size())
println((7 / 2))
println((7 / 2) as int)
println 7.0 / 2
println 7d / 2
println((8 / 2).class.simpleName)
println 1 / 3 * 3
println 1 / 3 + 1 / 3 + 1 / 3 == 1
println 0.1 + 0.2 == 0.3
println 0.1d + 0.2d == 0.3d
println 1.1 + 2.2
println 1.1f + 2.2f
println 3 * 1.1
println 100 * 1.1
println 5 / 2.0
println 1e10 * 1e10
println 1.0e-10
println Math.round(12345.6789 * 100) / 100
println Math.round(2.5)
println Math.floor(-1.5)
println Math.ceil(-1.5)
println((int) Math.floor(3.9))
println 17 & 5 | 2
println 1 + 2 * 3 - 4 / 2
println((1 + 2) * (3 - 4) / 2)
println 2 ** 3 ** 2
println(-2 ** 2)
println 10 - 3 - 2
println 100 / 10 / 5
println 5 + 3 + 'x' + 5 + 3
println 1 << 2 + 1
println 5 > 3 == true
println 7 % 4 * 2
println(~7 + 1)
println !true || true
println 3 <=> 2 + 1
println 1..2 + 1
println 6.0.stripTrailingZeros()
println 600.0.stripTrailingZeros()
println 600.0.toPlainString()
println 1.23E+5
println 1.23E+5.toBigInteger()
println 123.456.toString()
println 0.00001
println 0.0000001
println 100.0 * 100
println 1.00 * 1.00
println 1.00 + 1
println 2.50 - 0.50
println 9.99 * 3
println 19.99 * 100 as int
println((0.1 + 0.7) * 10 as int)
println((0.1d + 0.7d) * 10 as int)
