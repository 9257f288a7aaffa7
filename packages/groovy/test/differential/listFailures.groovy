def t = { c -> try { println c() } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { [1, 2].get(5) }
t { [1, 2].get(-1) }
t { [1, 2][-3] }
t { [1, 2][0..5] }
t { [].first() }
t { [].last() }
t { [].head() }
t { [].pop() }
t { [].max() }
t { [].sum() }
t { [].inject { a, b -> a } }
t { [].join(',') }
t { [1, 2].remove(5) }
t { [1, 2].add(5, 1) }
t { [1, 2].set(2, 1) }
t { [1, 2].subList(0, 5) }
t { Collections.unmodifiableList([1]).add(2) }
t { [1].asImmutable() << 2 }
t { Arrays.asList(1, 2).add(3) }
t { [1, 2].foo() }
t { [1, 2].foo }
t { [1, 2].iterator().remove() }
t { def i = [1].iterator(); i.next(); i.next() }
t { def l = [1, 2, 3]; for (x in l) { l << x }; l }
t { def l = [1, 2, 3]; l.each { l.remove(0) }; l }
t { [1, 'a'].sort() }
t { [1, 'a', 2, 'b'].sort().size() }
t { [1, null, 2].sort() }
t { [1, 'a'].max() }
t { [1, 2] + 'x' }
t { [1, 2] - 'x' }
t { [1, 2] * 'x' }
t { [1, 2]['a'] }
t { [1, 2] < [1, 3] }
t { [1, 2] as int }
t { [1, 2].toInteger() }
t { [1, 2] as String }
t { [[1]] as int[] }
t { ['a'] as int[] }
t { ['1', '2'] as int[] }
t { ['1', '2'] as Integer[] }
t { [1, 2] as String[] }
t { (List) 'x' }
t { (Set) [1, 1, 2] }
t { (LinkedList) [1, 2] }
t { [1, 2] as Set }
t { [2, 1] as SortedSet }
t { [1, 2] as Queue }
t { [1, 2] as Stack }
t { new ArrayList(-1) }
t { [1, 2].collate(0) }
t { [1, 2, 3].take(-1) }
t { [1, 2, 3].drop(-1) }
t { [3, 1] as TreeSet }
t { [1, 2].iterator().next() }
t { [1, 2].listIterator().hasPrevious() }
t { [1, 2].toArray().class.name }
t { ([1, 2] as int[]).class.name }
t { [1, [2]] as Object[] }
t { [1, 2, 3].getAt(1.7) }
t { [1, 2, 3][1L] }
t { def x = [1]; x[3] = 4; x }
t { def x = []; x << x; x.toString() }
t { [1, 2, 3].with { size() } }
t { [1, 2] == null }
t { [1, 2].equals(null) }
