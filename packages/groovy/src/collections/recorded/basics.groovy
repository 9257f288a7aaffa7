def t(String name, Closure c) {
  String out
  try { def r = c(); out = (r == null ? 'null' : r.getClass().getName()) + ' ' + r.inspect() } catch (Throwable e) { out = 'THROWS ' + e.getClass().getName() + ' ' + e.getMessage() }
  println name + ' => ' + out
}
t('collect') { [1,2,3].collect { it * 2 } }
t('collectMap') { [a:1,b:2].collect { k, v -> k + v } }
t('collectMapE') { [a:1,b:2].collect { it.key + it.value } }
t('collectInto') { [1,2].collect([9]) { it } }
t('collectSet') { ([3,1,2] as Set).collect { it } }
t('collectRange') { (1..4).collect { it * it } }
t('collectEntries') { ['a','b'].collectEntries { [(it): it.size()] } }
t('collectEntries2') { [a:1].collectEntries { k, v -> [v, k] } }
t('collectEntries3') { [['a',1],['b',2]].collectEntries() }
t('collectMany') { [1,2].collectMany { [it, it * 10] } }
t('collectNested') { [1,[2,[3]]].collectNested { it + 1 } }
t('findAll') { [1,2,3,4].findAll { it % 2 == 0 } }
t('findAllNone') { [1,0,null,2].findAll() }
t('findAllMap') { [a:1,b:2].findAll { k, v -> v > 1 } }
t('findAllSet') { ([1,2,3] as Set).findAll { it > 1 } }
t('findAllArr') { ([1,2,3] as int[]).findAll { it > 1 } }
t('findAllTree') { new TreeMap([b:1,a:2]).findAll { true } }
t('find') { [1,2,3].find { it > 1 } }
t('findMap') { [a:1,b:2].find { it.value == 2 } }
t('findNull') { [1].find { it > 5 } }
t('findResult') { [1,2,3].findResult { it > 1 ? "x$it".toString() : null } }
t('findResultD') { [1,2,3].findResult('d') { null } }
t('findResults') { [1,2,3].findResults { it > 1 ? it * 2 : null } }
t('findIndexOf') { [5,6,7].findIndexOf { it == 6 } }
t('findIndexOf2') { [5,6,7,6].findIndexOf(2) { it == 6 } }
t('findLastIndexOf') { [5,6,7,6].findLastIndexOf { it == 6 } }
t('findIndexValues') { [5,6,7,6].findIndexValues { it == 6 } }
t('any') { [1,2].any { it > 1 } }
t('anyMap') { [a:1].any { k, v -> v == 1 } }
t('every') { [1,2].every { it > 1 } }
t('every0') { [].every { false } }
t('anyNoArg') { [0, '', null].any() }
t('inject') { [1,2,3].inject { a, b -> a + b } }
t('injectE') { [].inject { a, b -> a + b } }
t('injectS') { [1,2,3].inject('') { a, b -> a + b } }
t('injectM') { [a:1,b:2].inject(0) { s, k, v -> s + v } }
t('injectM2') { [a:1,b:2].inject(0) { s, e -> s + e.value } }
t('sum') { [1,2,3].sum() }
t('sumE') { [].sum() }
t('sumS') { ['a','b'].sum() }
t('sumL') { [[1],[2]].sum() }
t('sumI') { [1,2].sum(10) }
t('sumC') { [1,2].sum { it * 2 } }
t('sumMap') { [a:1,b:2].collect { it.value }.sum() }
t('sumArr') { ([1,2,3] as int[]).sum() }
t('min') { [3,1,2].min() }
t('max') { [3,1,2].max() }
t('maxE') { [].max() }
t('minNull') { [null,3,1].min() }
t('maxC') { ['aa','b','cccc'].max { it.size() } }
t('minC2') { ['aa','b','cccc'].min { a, b -> a.size() <=> b.size() } }
t('maxMap') { [a:1,b:5,c:2].max { it.value } }
t('maxMix') { [1,'a'].max() }
t('count') { [1,2,2].count(2) }
t('countC') { [1,2,2].count { it > 1 } }
t('countM') { [a:1,b:2].count { k, v -> v > 1 } }
t('countBy') { ['a','bb','cc'].countBy { it.size() } }
t('groupBy') { [1,2,3,4].groupBy { it % 2 } }
t('groupBy2') { [1,2,3,4].groupBy({ it % 2 }, { it > 2 }) }
t('groupByL') { [1,2,3,4].groupBy([{ it % 2 }, { it > 2 }]) }
t('groupByM') { [a:1,b:2,c:1].groupBy { it.value } }
t('groupByM2') { [a:1,b:2,c:1].groupBy { k, v -> v } }
t('groupEntriesBy') { [a:1,b:2,c:1].groupEntriesBy { it.value } }
t('sort') { [3,1,2].sort() }
t('sortS') { ['b','a','C'].sort() }
t('sortC') { ['ccc','a','bb'].sort { it.size() } }
t('sortC-') { ['ccc','a','bb'].sort { -it.size() } }
t('sortC2') { ['ccc','a','bb'].sort { a, b -> b <=> a } }
t('sortBool') { [3,1,2,5,4].sort { a, b -> a < b ? 1 : -1 } }
t('sortFalse') { def l=[3,1,2]; def r = l.sort(false); [l, r] }
t('sortMut') { def l=[3,1,2]; l.sort(); l }
t('sortNull') { [3,null,1].sort() }
t('sortSet') { ([3,1,2] as Set).sort() }
t('sortMap') { [b:1,a:2].sort() }
t('sortMapC') { [b:2,a:1,c:0].sort { it.value } }
t('sortMapC2') { [b:2,a:1,c:0].sort { x, y -> y.value <=> x.value } }
t('toSorted') { [3,1,2].toSorted() }
t('toSortedC') { [3,1,2].toSorted { -it } }
t('toSortedM') { [b:2,a:1].toSorted() }
t('unique') { [1,2,1,3,2].unique() }
t('uniqueC') { ['a','bb','c'].unique { it.size() } }
t('uniqueC2') { [1,2,3,4].unique { a, b -> a % 2 <=> b % 2 } }
t('uniqueF') { def l=[1,1]; [l.unique(false), l] }
t('uniqueMix') { [1,1.0,1L].unique() }
t('toUnique') { [1,2,1].toUnique() }
t('toUniqueC') { [1,2,3].toUnique { it % 2 } }
t('join') { [1,'a',null,[b:1]].join('-') }
t('join0') { [1,2].join() }
t('joinArr') { (['a','b'] as String[]).join(',') }
t('flatten') { [1,[2,[3,[4]]],[] as Set].flatten() }
t('flattenC') { [1,[2]].flatten { it * 2 } }
t('flattenM') { [[a:1],[2]].flatten() }
t('plus') { [1]+[2] }
t('plus1') { [1]+2 }
t('plusSet') { ([1] as Set)+[1,2] }
t('plusMap') { [a:1]+[b:2,a:3] }
t('plusRange') { (1..2)+[5] }
t('plusIdx') { [1,2].plus(1, [9,8]) }
t('minus') { [1,2,3,2]-[2] }
t('minus1') { [1,2,3,2]-2 }
t('minusS') { ['a','b','a']-['a'] }
t('minusMix') { [1,'a',null]-['a'] }
t('minusMap') { [a:1,b:2]-[a:1,b:3] }
t('minusSet') { ([1,2,3] as Set)-[2] }
t('minusLong') { [1,2,3]-[2L] }
t('multiply') { [1,2]*2 }
t('intersect') { [1,2,3].intersect([3,1]) }
t('intersectM') { [a:1,b:2].intersect([a:1,b:3]) }
t('disjoint') { [1,2].disjoint([3]) }
t('leftShift') { [1]<<2<<[3] }
t('leftShiftM') { [a:1]<<[b:2] }
t('leftShiftSet') { ([1] as Set)<<1<<2 }
t('first') { [].first() }
t('last') { [1,2].last() }
t('lastE') { [].last() }
t('firstSet') { ([] as Set).first() }
t('head') { [1].head() }
t('tail') { [1,2,3].tail() }
t('tailE') { [].tail() }
t('init') { [1,2,3].init() }
t('initE') { [].init() }
t('take') { [1,2,3].take(2) }
t('take-') { [1,2,3].take(-2) }
t('takeM') { [a:1,b:2].take(1) }
t('drop') { [1,2,3].drop(2) }
t('dropM') { [a:1,b:2].drop(1) }
t('takeRight') { [1,2,3].takeRight(2) }
t('dropRight') { [1,2,3].dropRight(2) }
t('takeWhile') { [1,2,3,1].takeWhile { it < 3 } }
t('dropWhile') { [1,2,3,1].dropWhile { it < 3 } }
t('takeWhileM') { [a:1,b:2].takeWhile { k, v -> v < 2 } }
t('collate') { (1..7).collate(3) }
t('collate2') { (1..7).toList().collate(3, false) }
t('collate3') { (1..7).toList().collate(3, 2) }
t('collate4') { (1..7).toList().collate(3, 2, false) }
t('collate0') { [1,2].collate(0) }
t('transpose') { [[1,2],[3,4],[5]].transpose() }
t('combinations') { [[1,2],[3,4],5].combinations() }
t('combinationsC') { [[1,2],[3,4]].combinations { x, y -> x * y } }
t('permutations') { [1,2,3].permutations() }
t('subsequences') { [1,2,3].subsequences() }
t('eachPerm') { def r = []; [1,2,3].eachPermutation { r << it }; r }
t('withIndex') { ['a','b'].withIndex() }
t('withIndex1') { ['a','b'].withIndex(1) }
t('indexed') { ['a','b'].indexed() }
t('withIndexE') { ['a','b'].withIndex().collect { e, i -> "$i$e".toString() } }
t('getAt') { [1,2,3][1] }
t('getAt-') { [1,2,3][-1] }
t('getAtOut') { [1,2,3][5] }
t('getAt-Out') { [1,2,3][-5] }
t('getAtR') { [1,2,3,4][1..2] }
t('getAtR-') { [1,2,3,4][-2..-1] }
t('getAtRx') { [1,2,3,4][1..-1] }
t('getAtRrev') { [1,2,3,4][2..0] }
t('getAtRexc') { [1,2,3,4][0..<2] }
t('getAtRempty') { [1,2,3,4][0..<0] }
t('getAtRout') { [1,2,3,4][2..9] }
t('getAtL') { [1,2,3,4][0,2] }
t('getAtLR') { [1,2,3,4][0,2..3] }
t('getAtMapK') { [a:1]['a'] }
t('putAt') { def l=[1]; l[3]=9; l }
t('putAt-') { def l=[1,2]; l[-1]=9; l }
t('putAt-out') { def l=[1,2]; l[-5]=9; l }
t('putAtR') { def l=[1,2,3,4]; l[1..2]=['x']; l }
t('putAtR0') { def l=[1,2,3,4]; l[1..<1]=['x','y']; l }
t('putAtR9') { def l=[1,2,3,4]; l[2..6]='z'; l }
t('putAtL') { def l=[1,2,3,4]; l[0,1]=[8,9]; l }
t('putAtLbad') { def l=[1,2,3,4]; l[0,1]=[8]; l }
t('spreadProp') { [[a:1],[a:2]].a }
t('spreadProp2') { [[a:1],null,[a:2]]*.a }
t('get') { [1,2,3].get(5) }
t('get-') { [1,2,3].get(-1) }
t('addIdx') { [1].add(5, 1) }
t('removeIdx') { def l=[5,6,7]; l.remove(1); l }
t('removeObj') { def l=['a','b']; l.remove('a'); l }
t('removeOut') { [1].remove(4) }
t('removeAll') { def l=[1,2,3]; l.removeAll { it > 1 }; l }
t('removeAll2') { def l=[1,2,3]; l.removeAll([1,2]); l }
t('retainAll') { def l=[1,2,3]; l.retainAll { it > 1 }; l }
t('addAll') { def l=[1]; l.addAll([2,3]); l.addAll(0, [9]); l }
t('pop') { def l=[1,2]; [l.pop(), l] }
t('popE') { [].pop() }
t('push') { def l=[1]; [l.push(3), l] }
t('swap') { [1,2,3].swap(0,2) }
t('reverse') { [1,2,3].reverse() }
t('reverseM') { def l=[1,2,3]; l.reverse(true); l }
t('asImmutable') { def l=[1].asImmutable(); l << 2 }
t('asImmutableT') { [1].asImmutable() }
t('asImmutableM') { def m=[a:1].asImmutable(); m.b = 2 }
t('asImmSet') { ([1] as Set).asImmutable() }
t('subMap') { [a:1,b:2].subMap(['a','z']) }
t('withDefault') { def m=[:].withDefault { it * 2 }; [m.a, m] }
t('withDefaultT') { def m=[:].withDefault { k -> [] }; m.x << 1; m }
t('withDefaultL') { def l=[].withDefault { it * 10 }; [l[3], l] }
t('withEager') { def l=[].withEagerDefault { it * 10 }; [l[3], l] }
t('mapGet') { def m=[:]; [m.get('a', 5), m] }
t('mapNull') { [a:1].zz }
t('cme') { def l=[1,2,3]; l.each { if (it == 1) l << 9 } }
t('cme2') { def l=[1,2,3]; l.each { if (it == 2) l.remove(0) }; l }
t('cme3') { def m=[a:1,b:2]; m.each { k, v -> m.remove('b') } }
t('cme4') { def m=[a:1,b:2]; for (e in m) { m.put('c', 1) } }
t('cme5') { def l=[1,2,3]; for (e in l) { l.add(3) } }
t('cme6') { def l=[1,2,3,4]; l.eachWithIndex { x, i -> if (i == 0) l.clear() } }
t('split') { [1,2,3].split { it > 1 } }
t('grep') { [1,'a',2,'b'].grep(String) }
t('grep2') { ['ab','cd'].grep { it.startsWith('a') } }
t('grep3') { [1,2,3].grep([1,3]) }
t('in') { [2 in [1,2], 'a' in [a:1], 3 in 1..5, 5 in [a:1]] }
t('toSet') { [3,1,2,1].toSet() }
t('toListR') { (1..3).toList() }
t('asList') { [1,2,3] as LinkedList }
t('eachWithIndex') { def r=[]; [a:1,b:2].eachWithIndex { e, i -> r << "$e$i".toString() }; r }
t('eachWithIndex3') { def r=[]; [a:1,b:2].eachWithIndex { k, v, i -> r << "$k$v$i".toString() }; r }
t('reverseEach') { def r=[]; [1,2,3].reverseEach { r << it }; r }
t('eq1') { [1,2] == [1,2L] }
t('eq2') { [a:1] == [a:1L] }
t('eq3') { ([1,2] as Set) == ([2,1] as Set) }
t('eq4') { [1,2].equals([1,2]) }
t('eq5') { (1..3) == [1,2,3] }
t('hash') { [[1,2].hashCode(), [a:1].hashCode(), ([1,2] as Set).hashCode(), (1..3).hashCode(), ['a',null].hashCode()] }
t('str') { [1,[a:'b'],'c',null].toString() }
t('strM') { [a:[1],(1):null].toString() }
t('self') { def l=[1]; l << l; l.toString() }
t('selfm') { def m=[a:1]; m.m = m; m.toString() }
t('range') { [(1..5).size(), (5..1).toList(), ('a'..'e').toList(), (1..<5).toString(), (5..1).reverse, (1..5).from] }
t('rangeS') { ('a'..'e').toString() }
t('rangeGet') { (1..5)[1..2] }
t('rangeGet9') { (1..5).get(9) }
t('rangeStep') { (1..10).step(3) }
t('rangeStep-') { (10..1).step(3) }
t('rangeContains') { [(1..5).contains(3), (1..5).contains(3L), (1..5).containsWithinBounds(3), ('a'..'e').contains('c')] }
t('rangeAdd') { (1..3) << 4 }
t('rangeAdd2') { (1..3).add(4) }
t('rangeD') { (1.5..4.5).toList() }
t('rangeL') { (1L..3).toList() }
t('rangeE') { (1..<1).toList() }
t('rangeEq') { [(1..3).equals(1..3), (1..3).equals([1,2,3]), (1..<4) == (1..3)] }
t('subList') { def l=[1,2,3,4]; def s=l.subList(1,3); s[0]=9; s.add(7); [l, s] }
t('subListBad') { [1,2].subList(1,5) }
t('subListBad2') { [1,2].subList(2,1) }
t('subListCme') { def l=[1,2,3]; def s=l.subList(0,2); l << 4; s.size() }
t('iter') { def i=[1,2].iterator(); i.next(); i.remove(); i.next(); i.next() }
t('iterRem') { def l=[1,2,3]; def i=l.iterator(); while(i.hasNext()) if (i.next()==2) i.remove(); l }
t('listIter') { def i=[1,2,3].listIterator(3); def r=[]; while(i.hasPrevious()) r << i.previous(); r }
t('tree') { def m=new TreeMap(); m.put('b',1); m.put('a',2); [m.firstKey(), m.lastKey(), m.floorKey('aa'), m.headMap('b'), m.tailMap('b'), m] }
t('treeBad') { def m=new TreeMap(); m.put('b',1); m.put(5,2); m }
t('treeNull') { def m=new TreeMap(); m.put('b',1); m.put(null,2); m }
t('treeC') { def m=new TreeMap({ a, b -> b <=> a }); m.a=1; m.b=2; m }
t('treeSet') { new TreeSet([3,1,2]) }
t('treeSetPlus') { new TreeSet([3,1,2]) + [0] }
t('hashMap') { new HashMap([banana:1,apple:2,cherry:3,zeta:4,alpha:5]) }
t('hashSet') { new HashSet(['banana','apple','cherry','zeta','alpha']) }
t('linked') { def l=new LinkedList([1,2]); l.addFirst(0); l.push(-1); [l.poll(), l.peekLast(), l.pop(), l] }
t('linkedBad') { new LinkedList([1]).get(5) }
t('stack') { def s=new Stack(); s.push(1); s.push(2); [s.peek(), s.pop(), s, s.empty()] }
t('stackE') { new Stack().pop() }
t('deque') { def s=new ArrayDeque(); s.push(1); s.push(2); s.addLast(3); s.toString() }
t('pq') { def s=new PriorityQueue(); [5,1,4,2,3].each { s.add(it) }; [s.toString(), s.poll(), s.toString()] }
t('arraysAsList') { Arrays.asList(1,2,3) }
t('arraysAsListAdd') { Arrays.asList(1,2,3).add(4) }
t('arraysToString') { Arrays.toString([1,2] as int[]) }
t('collSort') { def l=['b','a']; Collections.sort(l); l }
t('collSortC') { def l=['b','a','c']; Collections.sort(l, { a, b -> b <=> a } as Comparator); l }
t('collRev') { def l=[1,2,3]; Collections.reverse(l); l }
t('collMax') { [Collections.max([1,3,2]), Collections.min([1,3,2]), Collections.frequency([1,1,2],1), Collections.nCopies(3,'x'), Collections.emptyList()] }
t('collUnmod') { Collections.unmodifiableList([1]).add(2) }
t('collSortBad') { def l=[1,'a']; Collections.sort(l); l }
t('emptyAdd') { Collections.emptyList().add(1) }
t('singleton') { [Collections.singletonList(1), Collections.singleton(2), Collections.singletonMap('a',1)] }
t('rotate') { def l=[1,2,3,4]; Collections.rotate(l, 1); l }
t('objects') { [Objects.hash(1,'a'), Objects.equals(1,1), Objects.toString(null), Objects.requireNonNull('a')] }
t('objectsN') { Objects.requireNonNull(null, 'msg') }
t('optional') { [Optional.of(1), Optional.empty(), Optional.ofNullable(null).orElse(3), Optional.of(2).map { it + 1 }] }
t('optionalE') { Optional.empty().get() }
t('computeIfAbsent') { def m=[:]; m.computeIfAbsent('a') { [] } << 1; m }
t('merge') { def m=[a:1]; m.merge('a', 5) { x, y -> x + y }; m }
t('getOrDefault') { [a:1].getOrDefault('b', 7) }
t('putIfAbsent') { def m=[a:1]; [m.putIfAbsent('a', 2), m.putIfAbsent('b', 3), m] }
t('entrySet') { [a:1].entrySet() }
t('keySet') { [a:1].keySet() }
t('values') { [a:1].values() }
t('keySetRemove') { def m=[a:1,b:2]; m.keySet().remove('a'); m }
t('valuesRemove') { def m=[a:1,b:2]; m.values().remove(2); m }
t('keySetAdd') { [a:1].keySet().add('b') }
t('entrySetValue') { def m=[a:1]; m.each { it.value = 5 }; m }
t('stream') { [1,2,3].stream().filter { it > 1 }.map { it * 2 }.collect(java.util.stream.Collectors.toList()) }
t('streamJoin') { ['a','b'].stream().collect(java.util.stream.Collectors.joining(',')) }
t('streamGroup') { ['a','bb','c'].stream().collect(java.util.stream.Collectors.groupingBy { it.size() }) }
t('arrGet') { ([3,1,2] as int[])[1] }
t('arrGetOut') { ([3,1,2] as int[])[5] }
t('arrGet-') { ([3,1,2] as int[])[-1] }
t('arrR') { ([3,1,2] as String[])[0..1] }
t('arrPlus') { ([3,1] as String[]) + 'x' }
t('arrTake') { (['a','b'] as String[]).take(1) }
t('arrList') { (['a','b'] as String[]).toList() }
t('arrSize') { (['a','b'] as String[]).size() }
t('arrJoin') { ([1,2] as int[]).join('/') }
t('gstringKey') { def k='a'; def m=["${k}": 1]; [m['a'], m.containsKey('a')] }
t('swapArr') { ([1,2,3] as int[]).swap(0,1) }
t('tuple') { def x=new Tuple2(1,'a'); [x.first, x.second, x] }
t('setEq') { [1,2] as Set }
t('toSpreadMap') { ['a',1].toSpreadMap() }
t('addSetNull') { def s=new HashSet(); s << null << 1; s }
t('indices') { ['a','b'].indices }
t('nested') { [1, 2].collect { a -> [3].collect { b -> a * b } } }
t('removeElem') { def l=[3,4]; l.removeElement(4); l }
t('removeAtM') { def l=[3,4]; l.removeAt(0); l }
t('asTypeArr') { ['1','2'] as String[] }
t('equalsIgnore') { [[1,[2]],[a:[1]]] == [[1,[2]],[a:[1]]] }
t('cmpList') { [1] <=> [2] }
t('minusNull') { [1,null] - null }
t('sortMixed') { [2, 1.5, 3L].sort() }
t('maxBy0') { [].max { it } }
t('asSyn') { [1].asSynchronized() }
t('each') { [1,2].each { } }
t('remGroovy') { def m=[a:1,b:2]; m.remove('a') }
t('containsAll') { [1,2,3].containsAll([1,2]) }
t('mapEach') { def r = ''; [a:1,b:2].each { k, v -> r += "$k$v;" }; r }
t('sortStab') { (1..40).toList().sort { it % 3 } }
t('toList') { 'abc'.toList() }
t('enum') { def e = Collections.enumeration([1,2]); [e.hasMoreElements(), e.nextElement(), e.toList()] }
t('iterGdk') { [1,2,3].iterator().collect { it + 1 } }
t('iterNext') { [].iterator().next() }
t('mapIterNext') { [:].entrySet().iterator().next() }
