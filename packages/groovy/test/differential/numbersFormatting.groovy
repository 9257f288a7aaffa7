println 1.0
println 1.50
println 100
println 1e2
println 1.0E2
println 1e-5
println 123456789.123
println 0.1 + 0.2
println 1/3
println 2/3d
println 1e100
println 1e100d
println 1.0f / 3
println 10.0 / 3
println 1000000d
println 10000000d
println 123456789d
println 0.001d
println 0.0001d
println 1.0e-3
println 5 / 1
println 6 / 4
println((-7 / 2))
println 7.5e3
println 1_000.50
println 12345.678901234567890123
println 1.10 + 2.20
println 3.0 * 2
println 4.0 / 2
println 2 ** 0.5
println Math.sqrt(16)
println 1.0 as int
println "${1.0} ${2.5f} ${3d}"
println 9.99.toString()
println 1.0.toPlainString()
println((0.1f as double))
println 1.1f as BigDecimal
println 255 as String
println 07
println 0xFF
println 0b11
println 1L + 1
println 1.5 + 1.5f
println 1.5d + 1.5
println 10 as double
println 3.0d as int
