int[] a = [3, 1, 2]
println a
println a.length
println a.size()
println a[0] + a[-1]
a[1] = 10
println a.toList()
Arrays.sort(a)
println a.sum()
println a.collect { it * 2 }
println a.find { it > 3 }
println a.join('-')
println a.class.name
println a.class.simpleName
println a.contains(10)
println 10 in a
println a as List
println a == [2, 3, 10] as int[]
println a.toString().startsWith('[I@')
println "$a"
String[] s = ['x', 'y']
println s
println s.class.name
println s.length
println s*.toUpperCase()
println s.join(',')
println s + 'z'
println((s + 'z').class.simpleName)
println s.toList() + ['q']
def n = new int[3]
println n.toList()
def str = new String[2]
println str.toList()
def dbl = new double[2]
println dbl.toList()
def bool = new boolean[1]
println bool[0]
def two = new int[2][3]
two[1][2] = 5
println two.collect { it.toList() }
println two.length + ' ' + two[0].length
def objs = [1, 'a', null] as Object[]
println objs.toList()
println objs.findAll { it }
def e = new ArrayList[2]
println e.length
println a[0..1]
println a[[0, 2]]

println Arrays.asList(s)
println Arrays.sort(a)
println a.toList()
println Arrays.equals(a, [2, 3, 10] as int[])
println Arrays.copyOf(a, 2).toList()
println Arrays.copyOfRange(a, 1, 3).toList()
println Arrays.fill(n, 7)
println n.toList()
println a.eachWithIndex { v, i -> print "$i=$v " }
for (x in a) print x
println()
println a.every { it > 0 }
println a.inject { x, y -> x + y }
println a.iterator().next()
println a.toSet()
println(([[1, 2] as int[], [3] as int[]] as int[][]).length)
char[] cs = 'abc'.toCharArray()
println cs
println cs[1]
println new String(cs)
println cs.toList()
byte[] bs = 'hi'.bytes
println bs
println new String(bs)
println a.getClass() == int[]
def va(int... xs) { xs.class.simpleName + xs.length }
println va(1, 2)
println va(a)
try { a[9] } catch (ex) { println "${ex.class.name}: ${ex.message}" }
try { int[] w = ['x1']; println w } catch (ex) { println "${ex.class.name}: ${ex.message}" }
try { a.add(1) } catch (ex) { println ex.class.simpleName }
