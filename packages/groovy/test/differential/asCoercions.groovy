def t = { c -> try { def r = c(); println "${r.inspect()} ${r == null ? 'null' : r.getClass().simpleName}" } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { '5' as int }
t { '5' as Integer }
t { '5' as long }
t { '5.5' as double }
t { '5.5' as BigDecimal }
t { '5' as BigInteger }
t { '5.5' as float }
t { 'x' as char }
t { 'true' as boolean }
t { 'false' as Boolean }
t { 5 as String }
t { 5 as long }
t { 5 as double }
t { 5 as BigDecimal }
t { 5 as BigInteger }
t { 5.7 as int }
t { 5.7 as Integer }
t { 5.7d as long }
t { 65 as char }
t { ('A' as char) as int }
t { 300 as byte }
t { 1 as boolean }
t { 0 as boolean }
t { [] as boolean }
t { null as boolean }
t { null as String }
t { [1, 2] as Set }
t { [1, 2] as int[] }
t { [1, 2] as long[] }
t { [1, 2] as String[] }
t { [1, 2] as Object[] }
t { [1, 2] as LinkedList }
t { [1, 2] as ArrayList }
t { [1, 2] as Queue }
t { [1, 2] as Collection }
t { [1, 2] as Iterable }
t { [1, 2] as List }
t { [1, 2] as String }
t { [3, 1] as SortedSet }
t { [3, 1] as HashSet }
t { [1, 2] as double[] }
t { ['a', 'b'] as char[] }
t { 'abc' as List }
t { 'abc' as char[] }
t { 'abc' as String[] }
t { [a: 1] as TreeMap }
t { [a: 1] as HashMap }
t { [a: 1] as String }
t { (1..3) as List }
t { (1..3) as int[] }
t { (1..3) as Set }
t { ([1, 2] as int[]) as List }
t { ([1, 2] as Integer[]) as Set }
t { ([1, 2] as String[]) as List }
t { "g${1}" as String }
t { "${5}" as int }
t { 'x' as Object }
t { 5 as Number }
t { 5 as Comparable }
t { 'x' as CharSequence }
t { 'abc' as Date }
t { 'x' as int }
t { new Date(0) as String == new Date(0).toString() }
t { 1.5f as double }
t { 1e20d as int }
t { 1e20d as long }
t { 'java.lang.String' as Class }
t { String as Class }
t { (String) 5 }
t { (int) 5.9 }
t { (long) 5 }
t { (byte) 5 }
t { (char) 'x' }
t { (char) 97 }
t { (boolean) 'x' }
t { (Integer) 5.9 }
t { (Integer) 'x' }
t { (List) [1] }
t { (Set) [1, 1] }
t { (int[]) [1, 2] }
t { (String[]) ['a', 1] }
t { (Object) 5 }
t { (Map) 'x' }
t { (Closure) 'x' }
t { (Date) 5 }
t { (double) '5' }
t { (BigDecimal) 5 }
t { (BigInteger) 5.9 }
t { (Long) 5 }
t { int i = 5.9; i }
t { int i = 'x'; i }
t { int i = '12'; i }
t { String s = 5; s }
t { String s = [1, 2]; s }
t { List l = [1] as int[]; l }
t { Set s = [1, 1]; s }
t { LinkedList l = [1, 2]; l }
t { boolean b = 5; b }
t { char c = 'x'; c }
t { char c = 'xy'; c }
t { double d = 5; d }
t { float f = 1.1; f }
t { BigDecimal b = 5; b }
t { long l = 5.5; l }
t { byte b = 300; b }
t { Integer i = 5L; i }
t { int[] a = [1, 2]; a }
t { String[] a = ['a', 1, null]; a }
t { Date d = 5; d }
t { Closure c = 5; c }
t { Map m = [1]; m }
class Pt { int x, y; Pt() {}; Pt(int x, int y) { this.x = x; this.y = y }; String toString() { "Pt($x,$y)" } }
t { Pt p = [1, 2]; p.toString() }
t { ([3, 4] as Pt).toString() }
t { Pt p = [x: 5]; p.toString() }
t { ([x: 7, y: 8] as Pt).toString() }
t { (Pt) [1, 2, 3] }
t { [1] as Pt }
