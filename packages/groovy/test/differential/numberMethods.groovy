def t = { c -> try { def r = c(); println "$r ${r == null ? '' : r.class.simpleName}" } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { Integer.parseInt('42') }
t { Integer.parseInt('-42') }
t { Integer.parseInt('+7') }
t { Integer.parseInt('ff', 16) }
t { Integer.parseInt('abc') }
t { Integer.parseInt('') }
t { Integer.parseInt(null) }
t { Integer.parseInt('2147483648') }
t { Integer.valueOf('12') }
t { Integer.toHexString(255) }
t { Integer.toHexString(-1) }
t { Integer.toBinaryString(10) }
t { Integer.toOctalString(8) }
t { Integer.toString(255, 36) }
t { Integer.MAX_VALUE }
t { Integer.MIN_VALUE }
t { Integer.bitCount(255) }
t { Integer.reverse(1) }
t { Integer.signum(-9) }
t { Integer.compare(1, 2) }
t { Long.parseLong('9999999999') }
t { Long.parseLong('x') }
t { Long.toHexString(255L) }
t { Long.MAX_VALUE }
t { '42'.toInteger() }
t { ' 42 '.toInteger() }
t { '4.2'.toInteger() }
t { '42'.toLong() }
t { '42'.toBigInteger() }
t { '4.20'.toBigDecimal() }
t { 'x'.toBigDecimal() }
t { '42'.isInteger() }
t { '4.2'.isInteger() }
t { '4.2'.isNumber() }
t { '4.2'.isBigDecimal() }
t { 'x'.isNumber() }
t { '42'.isLong() }
t { '1e5'.isDouble() }
t { 42.toString() }
t { 42.toLong() }
t { 42.toDouble() }
t { 42.toBigDecimal() }
t { 42.hashCode() }
t { 42L.hashCode() }
t { 5000000000L.hashCode() }
t { 42.equals(42L) }
t { 42 == 42L }
t { 42.compareTo(43) }
t { 42.abs() }
t { (-42).abs() }
t { 42.max(50) }
t { 10.5.plus(1) }
t { 10.minus(3) }
t { 10.multiply(3) }
t { 10.div(4) }
t { 10.mod(4) }
t { 10.and(3) }
t { 10.or(5) }
t { 10.xor(3) }
t { 10.next() }
t { 10.previous() }
t { 10.negative() }
t { 10.bitwiseNegate() }
t { 5.leftShift(1) }
t { 5.rightShift(1) }
t { 255 as byte }
t { 300 as byte }
t { '1' as int }
t { 'x' as int }
t { 65 as char }
t { 3.9 as int }
t { 3 as BigDecimal }
t { 3 as String }
t { null as int }
t { 12345678901G.bitLength() }
t { 17G.isProbablePrime(10) }
t { 100G.gcd(75G) }
t { 3G.modPow(4G, 5G) }
t { 2G.pow(100) }
t { 255G.toString(16) }
t { new BigInteger('ff', 16) }
t { new BigInteger('zz') }
t { 7G.mod(-3G) }
t { (-7G).mod(3G) }
t { (-7G).remainder(3G) }
t { Character.isDigit('5' as char) }
t { Character.isLetter('x' as char) }
t { Character.toUpperCase('x' as char) }
t { Character.getNumericValue('7' as char) }
t { Boolean.parseBoolean('TRUE') }
t { Boolean.valueOf('no') }
t { true & false }
t { true | false }
t { true ^ true }
t { !true }
t { true.toString() }
t { true.hashCode() }
t { 'true'.toBoolean() }
t { 'y'.toBoolean() }
t { '1'.toBoolean() }
t { 'yes'.toBoolean() }
