def t(String name, Closure c) {
  String out
  try { def r = c(); out = (r == null ? 'null' : r.getClass().getName()) + ' ' + r.inspect() } catch (Throwable e) { out = 'THROWS ' + e.getClass().getName() + ' ' + e.getMessage() }
  println name + ' => ' + out
}
class P implements Comparable<P> { int n; int compareTo(P o) { n <=> o.n }; boolean equals(Object o) { o instanceof P && o.n == n }; int hashCode() { n }; String toString() { "P$n" }; P next() { new P(n: n+1) }; P previous() { new P(n: n-1) } }
class MyList extends ArrayList { def extra() { size() * 10 } }
class MyMap extends LinkedHashMap { def get(Object k) { "<$k>".toString() } }
class It implements Iterable { Iterator iterator() { [7,8,9].iterator() } }
class Cnt implements Iterator { int i = 0; boolean hasNext() { i < 3 }; Object next() { i++ }; void remove() {} }
enum Color { RED, GREEN, BLUE }
t('P sort') { [new P(n:3), new P(n:1)].sort().toString() }
t('P range') { (new P(n:1)..new P(n:4)).collect { it.n } }
t('P set') { [new P(n:3), new P(n:3)].toSet().size() }
t('P map') { def m = [(new P(n:1)): 'x']; m[new P(n:1)] }
t('P unique') { [new P(n:3), new P(n:3)].unique().size() }
t('P max') { [new P(n:3), new P(n:5)].max().toString() }
t('P tree') { new TreeSet([new P(n:3), new P(n:1)]).toString() }
t('P contains') { [new P(n:3)].contains(new P(n:3)) }
t('P minus') { ([new P(n:3), new P(n:4)] - new P(n:3)).toString() }
t('mylist') { def l = new MyList(); l << 1 << 2; [l.extra(), l.size(), l.collect { it }, l] }
t('mymap') { def m = new MyMap(); m.put('a', 1); [m.get('a'), m.size()] }
t('iterable') { [new It().collect { it }, new It().findAll { it > 7 }, new It().toList(), new It().sum(), new It().first(), new It().join('-'), new It().max()] }
t('iterableFor') { def r = []; for (x in new It()) r << x; r }
t('iterator') { new Cnt().collect { it } }
t('iterator2') { new Cnt().findAll { it > 0 } }
t('iterator3') { new Cnt().toList() }
t('enum range') { (Color.RED..Color.BLUE).toList().toString() }
t('enum values') { Color.values().collect { it.name() } }
t('enum each') { Color.collect { it.ordinal() } }
t('enum key') { def m = [(Color.RED): 1]; [m[Color.RED], m.keySet().toString()] }
t('enum sort') { [Color.BLUE, Color.RED].sort().toString() }
t('enum tree') { new TreeMap([(Color.BLUE): 1, (Color.RED): 2]).toString() }
t('str each') { def r = []; 'abc'.each { r << it }; r }
t('str collect') { 'abc'.collect { it.toUpperCase() } }
t('num each') { def r = []; 5.each { r << it }; r }
t('null each') { def r = []; null.each { r << it }; r }
t('null collect') { null.collect { it } }
t('null find') { null.find { it } }
t('null size') { null.size() }
t('char range') { ('a' as char)..('e' as char) }
t('rev range') { ('e'..'a').toList() }
t('bigd range') { (1.0..3.0).collect { it } }
t('neg range') { (-3..-1).toList() }
t('big range size') { (1..1000000000).size() }
t('big range in') { 500000000 in (1..1000000000) }
t('big range get') { (1..1000000000)[999999] }
t('big range take') { (1..1000000000).take(3) }
t('big range find') { (1..1000000000).find { it > 5 } }
t('big range any') { (1..1000000000).any { it > 5 } }
t('excl rev') { (5..<1).toList() }
t('range rev') { (1..3).reverse() }
t('range str') { "${1..3} ${1..<3} ${'a'..'c'}" .toString() }
t('range list') { [1..3, 5] }
t('range map') { [(1..3): 'x'] }
t('range switch') { switch (3) { case 1..5: 'in'; break; default: 'out' } }
t('range step c') { def r = []; (1..10).step(4) { r << it }; r }
t('range step 0') { (1..3).step(0) }
t('range inc') { (1..3).contains(2.0) }
t('range within') { (1.0..3.0).containsWithinBounds(2.5) }
t('range set') { (1..3).set(0, 1) }
t('range sub') { (1..5).subList(1, 3) }
t('range plus') { (1..2) + (3..4) }
t('range minus') { (1..4) - [2] }
t('range getAt list') { (1..5)[0, 2] }
t('range last') { [(1..5).last(), (1..5).first(), (5..1).first(), (1..5).head(), (1..5).tail()] }
t('range sum') { (1..100).sum() }
t('range sort') { (3..1).sort() }
t('range bad') { (1..'a').toList() }
t('range null') { (null..1) }
t('strings bad') { ('abc'..'a').toList() }
t('strings') { ('x8'..'y1').toList() }
t('range every') { [(1..3).every { it > 0 }, (1..3).max(), (1..3).min()] }
t('arr2') { [1,2] as int[] }
t('new arr') { def a = new int[3]; a[1] = 5; a.toList() }
t('new arr S') { def a = new String[2]; a[0] = "x${1}"; a.toList() }
t('arr out') { def a = new int[3]; a[3] = 5 }
t('arr len') { (['a'] as String[]).length }
t('arr each') { def s = 0; ([1,2,3] as int[]).each { s += it }; s }
t('arr collect') { ([1,2,3] as Integer[]).collect { it + 1 } }
t('arr sort') { (['b','a'] as String[]).sort() }
t('arr sort c') { (['bb','a'] as String[]).sort { it.size() } }
t('arr reverse') { (['b','a'] as String[]).reverse() }
t('arr minus') { (['b','a'] as String[]) - 'a' }
t('arr contains') { [([1,5,2] as int[]).contains(5), (['a'] as String[]).contains('a')] }
t('arr inject') { ([1,2,3] as Integer[]).inject { a, b -> a * b } }
t('arr first') { ([] as String[]).first() }
t('arr find') { ([1,2,3] as int[]).find { it > 1 } }
t('arr groupBy') { (['a','bb'] as String[]).groupBy { it.size() } }
t('arr eq') { [([1,2] as int[]) == ([1,2] as int[]), ([1,2] as int[]) == [1,2], (['a'] as String[]) == ['a']] }
t('arr idx') { (['a','b'] as String[]).findIndexOf { it == 'b' } }
t('arr flatten') { [[1,2] as int[], 3].flatten() }
t('arr set') { (['a','a'] as String[]) as Set }
t('arr list') { (['a','a'] as String[]) as List }
t('arr plus') { (['a'] as String[]) + (['b'] as String[]) }
t('arr sum') { [([1.5d] as double[]).sum(), ([1,2] as long[]).sum(), (['a','b'] as String[]).sum()] }
t('map iter') { def r = []; for (e in [a:1,b:2]) r << e.key + e.value; r }
t('map entry') { [a:1].entrySet().iterator().next().toString() }
t('map each entry') { def r = []; [a:1].each { r << it.class.name }; r }
t('map any') { [[a:1].any { it.value == 1 }, [a:1].every { k, v -> v == 1 }] }
t('map collectMany') { [a:[1],b:[2]].collectMany { k, v -> v } }
t('map sum') { [a:1,b:2].values().sum() }
t('map find kv') { [a:1,b:2].find { k, v -> v == 2 }?.key }
t('map minus') { [a:1,b:2] - [a:1] }
t('map eq') { [[a:1] == [a:1], [a:1] == [a:1.0], [a:1] == [b:1]] }
t('map spread') { def m = [a:1]; [*:m, b:2] }
t('map removeAll') { def m = [a:1,b:2,c:3]; m.keySet().removeAll(['a','b']); m }
t('map retainAll') { def m = [a:1,b:2,c:3]; m.keySet().retainAll(['a']); m }
t('map removeIf') { def m = [a:1,b:2]; m.entrySet().removeIf { it.value == 1 }; m }
t('map values remove') { def m = [a:1,b:2]; m.values().removeIf { it == 1 }; m }
t('map compute') { def m = [a:1]; m.compute('a') { k, v -> v + 1 }; m.compute('b') { k, v -> v }; m.computeIfPresent('a') { k, v -> null }; m }
t('map replaceAll') { def m = [a:1]; m.replaceAll { k, v -> v + 1 }; m }
t('map forEach') { def r = []; [a:1].forEach { k, v -> r << k }; r }
t('map null') { def m = [:]; m[null] = 1; m.put(null, 2); m }
t('map intkey') { def m = [1:'a', 1L:'b']; [m[1], m[1L], m.size()] }
t('map bigkey') { def m = [(1.0): 'a', (1.00): 'b']; m.size() }
t('map listkey') { def m = [([1,2]): 'a']; m[[1,2]] }
t('map dflt nested') { def m = [:].withDefault { [:].withDefault { 0 } }; m.a.b += 1; m.toString() }
t('map order') { def m = [c:1,a:2]; m.remove('c'); m.c = 3; m.keySet().toList() }
t('map clone') { def m = [a:1]; def n = m.clone(); n.b = 2; [m, n, n.getClass().name] }
t('map take neg') { [a:1].take(-1) }
t('map sort cmp') { [b:1,a:2].sort({ x, y -> x <=> y } as Comparator) }
t('map max null') { [:].max { it.value } }
t('map groupBy multi') { [a:1,b:2,c:3].groupBy({ it.value % 2 }, { it.value > 1 }) }
t('map dropWhile') { [a:1,b:2,c:1].dropWhile { k, v -> v < 2 } }
t('map inject noinit') { [a:1,b:2].inject { x, y -> x } .toString() }
t('map entries toString') { [a:1,b:2].entrySet().toString() }
t('map keySet hash') { [[a:1].keySet().hashCode(), [a:1].entrySet().hashCode()] }
t('map isEmpty') { [[:].isEmpty(), [a:1].containsValue(1), [a:1].containsKey('b')] }
t('map toString nested') { [a:[b:[1,2]], c:'x'].toString() }
t('map putAll list') { [a:1].putAll([b:2].entrySet()) }
t('map leftShift entry') { def m = [a:1]; m << [b:2].entrySet().first(); m }
t('map collectEntries map') { [a:1].collectEntries { k, v -> [(k + 'x'): v * 2] } }
t('map unmod') { Collections.unmodifiableMap([a:1]).put('b', 2) }
t('map unmod toString') { Collections.unmodifiableMap([a:[1]]).toString() }
t('list unmod toString') { Collections.unmodifiableList([[a:1]]).toString() }
t('list asImm each') { def r = 0; [1,2].asImmutable().each { r += it }; r }
t('list asImm sort') { [2,1].asImmutable().sort() }
t('list asImm plus') { def l = [2,1].asImmutable() + [3]; [l, l.getClass().name] }
t('list mult') { 'ab' * 2 }
t('list clone') { def l = [1]; def m = l.clone(); m << 2; [l, m] }
t('list eq arr') { [1,2].equals([1,2] as Object[]) }
t('list hash') { [[1L,'b',null,2.5,true,'c' as char].hashCode(), [[1],[a:2]].hashCode()] }
t('list lastIndexOf') { [[1,2,1].lastIndexOf(1), [1,2,1].indexOf(2), [1].indexOf(9)] }
t('list indexOf long') { [1,2].indexOf(2L) }
t('list contains gstr') { def x = 'a'; ['a'].contains("$x") }
t('list in gstr') { def x = 'a'; "$x" in ['a'] }
t('list remove gstr') { def x = 'a'; def l = ['a']; l.remove("$x"); l }
t('list minus gstr') { def x = 'a'; ['a','b'] - "$x" }
t('list minus gstr list') { def x = 'a'; ['a','b'] - ["$x"] }
t('list unique gstr') { def x = 'a'; ['a',"$x"].unique().size() }
t('list join gstr') { def x = 'a'; ["$x", 'b'].join("-$x-") }
t('list sort gstr') { def x = 'a'; ["c", "$x", 'b'].sort().toString() }
t('list forEach') { def r = []; [1,2].forEach { r << it }; r }
t('list replaceAll') { def l = [1,2]; l.replaceAll { it * 2 }; l }
t('list removeIf') { def l = [1,2,3]; [l.removeIf { it > 1 }, l] }
t('list sort null cmp') { def l = [3,1]; l.sort(null as Comparator); l }
t('list toArray') { [1,2].toArray() }
t('list as Queue') { ([1,2] as Queue).getClass().name }
t('list as SortedSet') { ([2,1] as SortedSet) }
t('list as TreeSet') { ([2,1] as TreeSet) }
t('list as HashSet') { (['b','a','c'] as HashSet) }
t('list spread') { def l = [1,2]; [0, *l, 3] }
t('list spread call') { ['a','bb']*.size() }
t('list spread null') { [null,'a']*.size() }
t('list add null') { def l = [null]; l += null; l }
t('list minus null') { [1, null, 2] - null }
t('list plusEq') { def l = [1]; def m = l; l += 2; [l, m] }
t('list times') { [[0] * 3, [] * 5, [1,2] * 0] }
t('list mult neg') { [1] * -1 }
t('list multi assign') { def (a, b, c) = [1, 2]; [a, b, c] }
t('list nested idx') { [[1,[2,3]],[4]][0][1][0] }
t('list neg idx put') { def l = [1,2,3]; l[-1] += 5; l }
t('list get str') { [[n:1],[n:2]]['n'] }
t('list prop empty') { [].foo }
t('list sum mixed') { [1, 2.5, 3L].sum() }
t('list sum str') { ['a', 1].sum() }
t('list sum bad') { [1, [2]].sum() }
t('list max cmp') { ['a','ccc'].max({ a, b -> a.size() <=> b.size() } as Comparator) }
t('list maxmixed') { [1, 2.5, 2L].max() }
t('list sort cmp bool') { [3,1,2].sort { a, b -> a > b } }
t('list sort ret null') { [3,1,2].sort { null } }
t('list sort many') { (1..50).collect { (it * 37) % 50 }.sort { a, b -> b <=> a } }
t('list sort keys list') { [[1,2],[1,1]].sort { it[1] } }
t('list OrderBy') { [[n:'b',a:1],[n:'a',a:1]].sort(new OrderBy([{ it.a }, { it.n }])).toString() }
t('list sort multi') { [[n:'b',a:1],[n:'a',a:1],[n:'c',a:0]].sort { x, y -> x.a <=> y.a ?: x.n <=> y.n } }
t('list collate neg') { [1,2,3].collate(2, -1) }
t('list combos empty') { [[], [1]].combinations() }
t('list combos none') { [].combinations() }
t('list perm') { [1,2].permutations { it.sum() } }
t('list eachComb') { def r = []; [[1,2],[3]].eachCombination { r << it }; r }
t('list transpose str') { [['a','b'],[1,2]].transpose().collectEntries() }
t('list flatten set') { ([[1,2],[3]] as Set).flatten() }
t('list flatten deep') { [1,[2,[3,[4,[5]]]]].flatten() }
t('list inject map') { ['a','b'].inject([:]) { m, x -> m[x] = 1; m } }
t('list groupBy order') { ['apple','bob','cat','alice'].groupBy { it[0] } }
t('list countBy') { [1,1,2].countBy { it } }
t('list withIndex each') { def r = []; ['a'].eachWithIndex { x, i -> r << "$x$i".toString() }; r }
t('list each 2') { def r = []; [[1,2],[3,4]].each { a, b -> r << a + b }; r }
t('list collect 2') { [[1,2],[3,4]].collect { a, b -> a * b } }
t('list findAll typed') { [1,2].findAll { int x -> x > 1 } }
t('list find false') { [false, 0].find { it == 0 } }
t('list any noarg') { [[null].any(), [1].every(), [].every()] }
t('list head empty') { [].head() }
t('list take big') { [1].take(100) }
t('list drop big') { [1].drop(100) }
t('list init one') { [1].init() }
t('list asBool') { [!![], !![0], !![:], !![a:1]] }
t('list contains null') { [null].contains(null) }
t('list subseq') { [1,2].subsequences() }
t('list tail immut') { [1,2].asImmutable().tail().getClass().name }
t('list get sublist') { [1,2,3,4].subList(1, 3).collect { it } }
t('sublist clear') { def l = [1,2,3,4]; l.subList(1, 3).clear(); l }
t('linked sim') { new LinkedList([1,2,3]).findAll { it > 1 }.getClass().name }
t('stack sim') { def s = new Stack(); s << 1 << 2; s.findAll { it > 1 }.getClass().name }
t('vector') { def v = new Vector([1]); v.add(2); v.elementAt(5) }
t('set minus mixed') { ([1,'a'] as Set) - ['a'] }
t('set each remove') { def s = [1,2,3] as Set; s.each { s.remove(3) } }
t('set getAt') { ([5,6] as Set)[1] }
t('set sort') { (['b','a'] as Set).sort() }
t('set toString') { (['b',[1]] as Set).toString() }
t('treeset sub') { def s = new TreeSet([1,2,3,4]); [s.headSet(3), s.tailSet(3), s.subSet(2,4), s.first(), s.last(), s.ceiling(3), s.floor(0), s.descendingSet()] }
t('treeset null') { new TreeSet([null]) }
t('treeset cmp') { def s = new TreeSet({ a, b -> b <=> a }); s << 1 << 2; s }
t('treemap empty') { new TreeMap().firstKey() }
t('deque empty') { new ArrayDeque().pop() }
t('deque null') { new ArrayDeque().add(null) }
t('queue') { def q = new LinkedList(); q.offer(1); q.add(2); [q.poll(), q.peek(), q.poll(), q.poll()] }
t('queue empty') { new LinkedList().remove() }
t('linked first') { new LinkedList().getFirst() }
t('pq cmp') { def q = new PriorityQueue({ a, b -> b <=> a } as Comparator); q.addAll([1,3,2]); [q.poll(), q.poll()] }
t('optional if') { def r = []; Optional.of(1).ifPresent { r << it }; [r, Optional.ofNullable(null).isPresent(), Optional.of('a').toString()] }
t('optional of null') { Optional.of(null) }
t('collections misc') { def l = [1,2,3]; Collections.swap(l, 0, 2); Collections.addAll(l, 8, 9); [l, Collections.binarySearch([1,3,5], 3), Collections.indexOfSubList([1,2,3],[2,3]), Collections.disjoint([1],[2])] }
t('collections reverseOrder') { [[1,3,2].sort(Collections.reverseOrder()), [3,1].sort(false, Collections.reverseOrder())] }
t('collections enum') { Collections.list(Collections.enumeration([1,2])) }
t('arrays') { [Arrays.asList('a','b').getClass().name, Arrays.equals([1] as int[], [1] as int[]), Arrays.copyOf([1,2] as int[], 3).toList(), Arrays.copyOfRange([1,2,3] as int[], 1, 2).toList(), Arrays.hashCode([1,2] as int[]), Arrays.deepToString([[1] as int[]] as Object[])] }
t('arrays fill') { def a = new int[2]; Arrays.fill(a, 7); a.toList() }
t('arrays sort') { def a = [3,1,2] as Integer[]; Arrays.sort(a, { x, y -> y <=> x } as Comparator); a.toList() }
t('streams') { [[1,2,3].stream().mapToInt { it }.sum(), [3,1].stream().sorted().collect(java.util.stream.Collectors.toList()), [1,1].stream().distinct().count(), [1,2].stream().anyMatch { it > 1 }, ['a'].stream().map { it + 'b' }.findFirst().get()] }
t('streams map') { ['a','bb'].stream().collect(java.util.stream.Collectors.toMap({ it }, { it.size() })) }
t('stream twice') { def s = [1].stream(); s.count(); s.count() }
t('tuple') { def tt = new Tuple(1, 'a'); [tt[0], tt.size(), tt.get(1), tt.toString()] }
t('tuple2 eq') { [new Tuple2(1,2) == new Tuple2(1,2), new Tuple2(1,2).hashCode(), new Tuple2(1,2) == [1,2]] }
t('tuple add') { new Tuple2(1,2).add(3) }
t('withIndex destruct') { def r = []; ['x','y'].withIndex().each { v, i -> r << "$i:$v".toString() }; r }
t('spreadmap') { [a:1].toSpreadMap().getClass().name }
t('join nested') { [[1,2],[a:1],null].join('|') }
t('string joiner') { def j = new StringJoiner(',', '[', ']'); j.add('a').add('b'); j.toString() }
t('chm') { def m = new java.util.concurrent.ConcurrentHashMap(); m.put('a',1); m.putIfAbsent('b',2); m.each { k, v -> m.remove(k) }; m }
t('chm null') { new java.util.concurrent.ConcurrentHashMap().put('a', null) }
t('cow') { def l = new java.util.concurrent.CopyOnWriteArrayList([1,2]); l.each { l << 9 }; l }
t('list iterator add') { def l = [1,2]; def i = l.listIterator(); i.next(); i.add(9); i.next(); i.set(7); l }
t('iter remove twice') { def i = [1].iterator(); i.next(); i.remove(); i.remove() }
t('map iter remove') { def m = [a:1,b:2]; def i = m.entrySet().iterator(); i.next(); i.remove(); m }
t('map keyset iter') { def m = [a:1]; def i = m.keySet().iterator(); m.b = 2; i.next() }
t('expando') { def e = new Expando(a: 1); e.b = 2; e.hi = { "hi $a".toString() }; [e.a, e.b, e.hi(), e.zz] }
t('linkedhashset') { new LinkedHashSet([2,1,2]) }
t('lhm order') { new LinkedHashMap([b:1,a:2]) }
t('props') { def p = new Properties(); p.setProperty('a','1'); [p.getProperty('a'), p.a, p.getProperty('z','d')] }
t('lifo') { def q = Collections.asLifoQueue(new ArrayDeque()); q.add(1); q.add(2); q.peek() }
