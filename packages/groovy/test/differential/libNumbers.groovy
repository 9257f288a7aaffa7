println 10.50 + 0.05
println 19.99 * 3
println((19.99 * 1.19).setScale(2, BigDecimal.ROUND_HALF_UP))
println 10 / 4 + ' ' + 10.intdiv(4) + ' ' + 10 % 4 + ' ' + (-7).mod(3)
println 1 / 3
println((1 / 3).class.simpleName + ' ' + (1.0 / 3).scale())
println 100.0.stripTrailingZeros().toPlainString() + ' ' + 1e10.toBigDecimal()
println new BigDecimal('1.10') == 1.1
println new BigDecimal('1.10').equals(1.1)
println 0.1 + 0.2 == 0.3
println 0.1d + 0.2d
println Math.round(2.5d) + Math.round(-2.5d)
println 2.5d.round() + 2.567d.round(1)
println 3.7 as int
println 3.99.toInteger() + '5'.toInteger() + ('7' as long)
println Integer.MAX_VALUE + 1
println Integer.MAX_VALUE + 1L
println 2 ** 10 + ' ' + 2 ** -1 + ' ' + 2 ** 64 + ' ' + 2.5 ** 2
println 0xFF & 0x0F | 0x30 ^ 1
println 1 << 4 | 1 >> 1
println(-16 >>> 28)
println(~5)
println Integer.toBinaryString(10) + Integer.toHexString(-1) + Integer.parseInt('1010', 2) + Long.toString(35, 36)
println Integer.bitCount(255) + Integer.reverse(1) 
println([1, 2.0, 3L].sum().class.simpleName)
println([1.5, 2.5].sum() / 2)
println((1..4).sum() / 4)
println 5.0 == 5 && 5L == 5 && 5.0d == 5
println 10.5.toString() + 10.50.toString() + 1.0e3.toString()
println 1_000_000 + 0b101 + 017
println 5.compareTo(3) + 5.equals(5L).toString()
println 7.5d % 2 + ' ' + 7.intdiv(2) + ' ' + (7 / 2 as int)
println 1.0.negate() + 5.abs() + (-5).abs()
println new BigInteger('123456789012345678901234567890') * 2
