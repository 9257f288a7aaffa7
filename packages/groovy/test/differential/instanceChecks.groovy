def values = [1, 'a', "g${1}", 1.5, 2L, [1], [a: 1], null, { }, 1..2, [1] as Set, new Date(0), true, String, [1] as int[], 'c' as char]
def types = [Integer, Number, String, CharSequence, GString, BigDecimal, Long, List, Collection, Map, Closure, Range, Set, Date, Boolean, Class, Object, Comparable, Iterable, Character]
values.each { v -> println types.findAll { it.isInstance(v) }*.simpleName }
println(1 instanceof Integer && !(1 instanceof Long))
println('a' in String)
println(!(1 instanceof String))
println null instanceof Object
println([1] instanceof ArrayList)
println((1..2) instanceof List)
println({ } instanceof Runnable)
println(Integer.isAssignableFrom(Number))
println(Number.isAssignableFrom(Integer))
println([[1], 'x', 2].findAll { it instanceof List })
println([1, 'x', 2.5].groupBy { it.class.simpleName })
println values.findAll { it instanceof Comparable }.size()
