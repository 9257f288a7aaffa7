def show = { r -> println "$r ${r.class.simpleName} ${r instanceof BigDecimal ? r.scale() : ''}" }
show 1.0 + 2.00
show 1.10 * 2
show 1 / 3
show 2 / 3
show 10 / 4
show 10 / 5
show 1.0 / 3
show 100 / 7.0
show 0.1 + 0.2
show 1.0 - 1.00
show 1e3
show 1.5e10
show 1.5e-10
show 123456789.123456789 * 1000
show 1G / 3
show 22 / 7
show 1 / 8
show 1 / 1024
show 1 / 6
show 1000000 / 3
show 0.000001 * 0.000001
show 1.23456789e-7
show 12345678901234567890.0
show((-1.5).abs())
show 2.5.setScale(0, BigDecimal.ROUND_HALF_UP)
show 2.345.setScale(2, java.math.RoundingMode.HALF_EVEN)
show 2.5.negate()
show 5.00.stripTrailingZeros()
show new BigDecimal('1.10')
show new BigDecimal(5)
show new BigDecimal('1E+3')
println new BigDecimal('1E+3').toPlainString()
println 1.0 == 1.00
println 1.0.equals(1.00)
println 1.0.compareTo(1.00)
println 1.0.hashCode() == 1.00.hashCode()
println 1.5 > 1
println 1.0 == 1
println 1.0 == 1.0d
println 0.1 == 0.1d
println 0.1f == 0.1d
println 3.7.intValue()
println 3.7.longValue()
println 3.7.toInteger()
println 3.7.toBigInteger()
println 3.7d.round()
println 3.14159d.round(2)
println 3.14159f.round(3)
println 3.7d.trunc()
println 3.789d.trunc(1)
println 1.0.max(2.0)
println 1.0.min(2.0)
println 10.0.pow(3)
println 10.5.remainder(3)
println 7.25.toBigInteger()
println 1234.5678.precision()
println 1234.5678.unscaledValue()
println 1234.5678.movePointLeft(2)
println 1234.5678.movePointRight(2)
println 1.0.signum()
