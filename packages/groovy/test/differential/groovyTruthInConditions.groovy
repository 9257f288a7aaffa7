def v = []
if (v) println 'a' else println 'empty list is false'
while (v.size() < 3) v << v.size()
println v
if (v && v[0] == 0) println 'b'
if (!v[0]) println 'zero is false'
if (v.find { it == 0 }) println 'c' else println 'found zero but false'
if (v.any { it == 0 }) println 'd'
if (v*.toString()) println 'e'
def s = ''
if (s?.trim()) println 'f' else println 'blank'
if (" ".trim()) println 'g' else println 'trimmed blank'
if (' ') println 'space is true'
def m = [:]
if (m) println 'h' else println 'empty map'
m.x = null
if (m) println 'map with null value is true'
if (m.x) println 'i' else println 'null value'
if (new Object()) println 'object is true'
if ({ false }) println 'closure is true'
if ('abc' =~ /b/) println 'matcher true'
if (!('abc' =~ /x/)) println 'matcher false'
if (0.0) println 'j' else println 'zero decimal'
if (-1) println 'negative true'
if ("${''}") println 'k' else println 'empty gstring'
for (x in [0, 1, '', 'a', null, [], [0]]) print x ? 'T' : 'F'
println()
println([0, 1, '', 'a', null, [], [0]].findAll())
println([0, 1, '', 'a', null, [], [0]].findAll { it })
println([0, 1, 2].grep())
println(['', 'x'].collect { it ?: 'default' })
println(!!v)
println v && m
println s || m
assert v
assert !s
assert m != null
boolean b = v
println b
boolean c = s
println c
println((s as boolean) || (v as boolean))
def r = s ? 1 : m ? 2 : 3
println r
do1: for (;;) { if (v) break do1 }
def e = v ?: 'none'
println e.is(v)
println((s ?: v ?: m))
