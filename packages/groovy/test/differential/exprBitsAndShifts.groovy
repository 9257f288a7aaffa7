def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 5 & 3 }
t { 5 | 3 }
t { 5 ^ 3 }
t { ~5 }
t { 1 << 4 }
t { -8 >> 1 }
t { -8 >>> 28 }
t { 5L & 3 }
t { 1L << 40 }
t { 0xFF & 0x0F }
t { 1 << 31 }
t { 1 << 32 }
t { true & false }
t { true ^ true }
t { 6 & ~2 }
t { Integer.bitCount(7) }
t { Integer.toBinaryString(5) }
t { Integer.toHexString(-1) }
t { Long.toBinaryString(5L) }
t { Integer.parseInt('101',2) }
t { Integer.highestOneBit(100) }
t { Integer.reverse(1) }
t { (5 & 1) == 1 }
t { 3 | 4 & 5 }
