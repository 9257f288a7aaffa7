def t(n, a, b) { println(a == b ? 'same' : "check $n: $a instead of $b") }
t 1, [1,2,3].collect { pause(it) * 2 }, [2,4,6]
t 2, [1,2,3].findAll { pause(it) > 1 }, [2,3]
t 3, [a:1].collectEntries { k, v -> [(pause(k)): v] }, [a:1]
t 4, [1,2,3].inject(0) { a, b -> pause(a + b) }, 6
t 5, [3,1,2].sort { pause(it) }, [1,2,3]
t 6, [3,1,2].sort { a, b -> pause(a) <=> b }, [1,2,3]
t 7, (1..50).toList().reverse().sort { a, b -> pause(a) <=> b }, (1..50).toList()
t 8, [1,2,3].groupBy { pause(it) % 2 }, [1:[1,3],0:[2]]
t 9, [1,2].collectMany { [pause(it)] * 2 }, [1,1,2,2]
t 10, [1,2].sum { pause(it) }, 3
t 11, [1,2].max { pause(it) }, 2
t 12, [1,2,2].unique { pause(it) }, [1,2]
t 13, [1,2].any { pause(it) > 1 }, true
t 14, [1,2].every { pause(it) > 1 }, false
t 15, [1,2].find { pause(it) > 1 }, 2
t 16, [1,2].findIndexOf { pause(it) > 1 }, 1
t 17, [1,[2]].collectNested { pause(it) }, [1,[2]]
t 18, [1,2,3].takeWhile { pause(it) < 2 }, [1]
t 19, [1,2,3].count { pause(it) < 3 }, 2
t 20, [1,2,3].countBy { pause(it) % 2 }, [1:2,0:1]
def r = []; [1,2].each { r << pause(it) }; t 21, r, [1,2]
r = []; [a:1].each { k, v -> r << pause(v) }; t 22, r, [1]
r = []; (1..3).each { r << pause(it) }; t 23, r, [1,2,3]
r = []; [1,2].eachWithIndex { x, i -> r << pause(i) }; t 24, r, [0,1]
t 25, [1,2,3].split { pause(it) > 1 }, [[2,3],[1]]
t 26, [1,2].stream().map { pause(it) }.collect(java.util.stream.Collectors.toList()), [1,2]
def m = [:]; m.computeIfAbsent('a') { pause(5) }; t 27, m, [a:5]
def l = [1,2,3]; l.removeAll { pause(it) > 1 }; t 28, l, [1]
t 29, [[1,2],[3]].combinations { x, y -> pause(x * y) }, [3,6]
t 30, Optional.of(1).map { pause(it) }.get(), 1
r = []; [1,2].reverseEach { r << pause(it) }; t 31, r, [2,1]
t 32, [1,2].min { a, b -> pause(a) <=> b }, 1
t 33, [1,[2]].flatten { pause(it) }, [1,2]
t 34, [1,2].findResult { pause(it) > 1 ? 'x' : null }, 'x'
r = []; (1..9).step(4) { r << pause(it) }; t 35, r, [1,5,9]
r = []; [1,2].eachPermutation { r << pause(it) }; t 36, r, [[1,2],[2,1]]
t 37, [1,2].grep { pause(it) > 1 }, [2]
