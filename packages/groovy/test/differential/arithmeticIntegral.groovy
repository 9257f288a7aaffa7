def t = { c -> try { def r = c(); println "$r ${r.class.simpleName}" } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
[[7, 2], [-7, 2], [7, -2], [-7, -2], [0, 5], [2147483647, 1], [-2147483648, -1], [9L, 4], [9, 4L], [-9L, 4L]].each { a, b ->
  t { a % b }
  t { a.intdiv(b) }
  t { a <=> b }
  t { a & b }
  t { a | b }
  t { a ^ b }
  t { a + b }
  t { a * b }
  t { a - b }
}
t { 1 / 0 }
t { 1 % 0 }
t { 1.intdiv(0) }
t { 1L / 0L }
t { 1.0 / 0.0 }
t { 1.0d / 0 }
t { -1.0d / 0 }
t { 0.0d / 0 }
t { 1G % 0G }
t { 5.5 % 2 }
t { 5.5d % 2 }
t { -5.5 % 2 }
t { 5.5.intdiv(2) }
t { ~5 }
t { ~5L }
t { -(5) }
t { +(5) }
t { -(-2147483648) }
t { 1 << 33 }
t { 1L << 33 }
t { 1L << 65 }
t { -16 >> 2 }
t { -16 >>> 28 }
t { -16L >>> 60 }
t { 1 << 31 }
t { 123456789 * 987654321 }
t { 123456789L * 987654321 }
t { 9223372036854775807L + 1 }
t { Integer.MAX_VALUE + 1 }
t { Integer.MIN_VALUE - 1 }
t { Long.MIN_VALUE - 1 }
t { Math.abs(Integer.MIN_VALUE) }
t { (byte) 200 }
t { (short) 70000 }
t { (int) 3.99 }
t { (int) -3.99 }
t { (long) 1e30d }
t { (int) 1e30d }
t { (char) 65 }
t { (int) 'A' }
t { 'A' as char }
t { ('A' as char) + 1 }
t { 'A' + 1 }
t { (byte) 1 + (byte) 2 }
t { (short) 1 * (short) 2 }
