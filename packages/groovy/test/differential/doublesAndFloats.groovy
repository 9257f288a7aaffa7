def values = [0.0d, -0.0d, 1.0d, 1.5d, 100.0d, 1e7d, 1.0e6d, 12345678.9d, 1e-3d, 1e-4d, 0.001234d, 1e21d, 1e22d, 123456789012345680.0d, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1/3d, 2/3d, 0.1d + 0.2d, 1e16d, 9007199254740993.0d]
values.each { println "$it ${it.intValue()} ${it.longValue()} ${it.hashCode()}" }
def floats = [0.0f, 1.0f, 1.5f, 0.1f, 1e10f, 1e-5f, 3.4028235E38f, 1.4E-45f, 16777217f, 123456.789f, 0.33333334f, Float.NaN]
floats.each { println "$it ${it.intValue()} ${it.doubleValue()} ${it.hashCode()}" }
println Double.NaN == Double.NaN
println Double.NaN.equals(Double.NaN)
println Double.isNaN(0d / 0)
println 0.0d == -0.0d
println 0.0d.equals(-0.0d)
println Double.compare(0.0d, -0.0d)
println Double.parseDouble('1e3')
println Double.valueOf('  2.5 ')
println '1.5'.toDouble()
println '1.5'.toFloat()
println Float.parseFloat('0.1')
println 1.5d + 1.5f
println 0.1f + 0.2f
println 0.1f * 3
println 1d / 3
println 1f / 3
println 10d.toString()
println 100f.toString()
println 1.0d.isInfinite()
println Math.floor(1.7d)
println Math.ceil(1.2d)
println Math.round(2.5d)
println Math.round(-2.5d)
println Math.round(2.4f)
println Math.rint(2.5d)
println Math.sqrt(2)
println Math.pow(2, 10)
println Math.max(1, 2.5d)
println Math.min(3L, 2L)
println Math.abs(-1.5)
println Math.signum(-3d)
println Math.hypot(3, 4)
println Math.cbrt(27)
println Math.log10(1000)
println Math.floorMod(-7, 3)
println Math.floorDiv(-7, 3)
println Math.toDegrees(Math.PI)
println Math.PI
println Math.E
println Long.MAX_VALUE.doubleValue()
println(((double) 5))
println(((float) 0.1))
println((5 as double).class.simpleName)
println 5d as int
println 1.99d as long
