def a = 123456789012345678901234567890
println a.class.simpleName
println a + 1
println a * a
println a / 7
println a % 97
println a.intdiv(1000)
println(-a)
println a <=> 5
println a > Long.MAX_VALUE
println a.toString().size()
println a.bitLength()
println a.mod(10)
println a.toLong()
println a.intValue()
println a.longValue()
println a.doubleValue()
println a.hashCode()
println((a.negate()).abs() == a)
println 5G.class
println 5G + 1
println((5G + 1).class.simpleName)
println((5G + 1L).class.simpleName)
println((5G * 1.5).class.simpleName)
println((5G / 2).class.simpleName)
println((5G / 2))
println 5G == 5
println 5G.equals(5)
println 10G.pow(30)
println 2G ** 64
println((2G ** 64) - 1)
println 12G.gcd(18G)
println 7G.modInverse(11G)
println 255G.toString(2)
println BigInteger.ONE.shiftLeft(70)
println BigInteger.TEN
println BigInteger.valueOf(42)
println new BigInteger('-99')
println 6G & 3G
println 6G | 3G
println 6G ^ 3G
println(~6G)
println 5G.compareTo(6G)
println 5G.max(6G)
println 5G.signum()
println 10000000000
println 10000000000.class.simpleName
println 9223372036854775807.class.simpleName
println 9223372036854775808.class.simpleName
println 0x7fffffff
println 0xffffffff.class.simpleName
println 0xffffffff
println 0b1010
println 017
println 1_000_000
println 1e3.class.simpleName
println 1.0e3
println 5g
println 5l
println 1.5g
println 1.5d
println 1.5f
println 2147483648.class.simpleName
println 100000 * 100000
println 100000L * 100000
