def name = 'World'
def n = 3
println "Hello $name"
println "Hello ${name}"
println "Hello ${name.toUpperCase()}!"
println "${name.length()}"
println "${n + 1} ${n * 2}"
println "a${''}b"
println "${null}"
println "${[1, 2, [3]]} ${[a: 1]} ${[:]} ${[]}"
println "${[1, 2] as int[]} ${['x'] as String[]}"
println "${{ -> 'closure' }}"
println "${{ w -> w << 'writer' }}"
def x = 1
def lazy = "${-> x} $x"
x = 2
println lazy
def person = [name: 'Bob', address: [city: 'Paris']]
println "$person.name lives in $person.address.city"
println "${person.name} ${person['name']} ${person.missing}"
println "nested ${"inner ${"deep $n"}"}"
println "quotes ${'single'} ${"double"}"
println "math ${1 + 1 == 2 ? 'yes' : 'no'}"
println """multi
line $name
  indented ${n}"""
println '''no $interpolation'''
println(/slashy $name \d+ \/ end/)
println($/dollar $name $$ $/ end/$)
def g = "abc$n"
println g.class.name
println g instanceof String
println g instanceof GString
println g instanceof CharSequence
println g == 'abc3'
println 'abc3' == g
println g.equals('abc3')
println g.toString().equals('abc3')
println g.hashCode() == 'abc3'.hashCode()
println g.length()
println g[0]
println g[1..2]
println g.toUpperCase()
println g + 'x'
println((g + 'x').class.simpleName)
println((g + "y$n").class.simpleName)
println(('x' + g).class.simpleName)
println g * 2
println g.strings.toList()
println g.values.toList()
println g.valueCount
println g.contains('bc')
println g.split('b').toList()
def m = [:]
m["k$n"] = 1
m['k3'] = 2
println m.size()
println m
m = ["k$n": 1, k3: 2]
println m.size()
println m["k$n"]
println m['k3']
println m.k3
def key = "abc$n".toString()
println([abc3: 'found'][key])
println([abc3: 'found']["abc$n"])
println(['abc3'].contains("abc$n"))
println('abc3' in ["abc$n"])
println(["abc$n"] == ['abc3'])
String typed = "typed $n"
println typed.class.simpleName
def takes(String s) { "String $s" }
def takes(Object o) { "Object $o" }
println takes("g$n")
def only(String s) { s.class.simpleName }
println only("g$n")
println "a\tb\n${'c'}\\d \u0041 \$n"
println "$n$n$n"
println "${n}th"
println "$n-th"
println "email@example.com $name."
println "path ${'/a' + '/b'}"
println "${n.with { it * 10 }}"
println "list: ${(1..3).collect { "<$it>" }.join(',')}"
println "${new Date(0).time}"
println "${1.0} ${1.0f} ${1e10} ${10L} ${'c' as char}"
println "${true && false}"
println "${n > 2 ? "big $n" : 'small'}"
println "${(n in [1, 2, 3])}"
println "${Math.max(1, 2)}"
println "${name?.size()} ${null?.size()}"
switch ("abc$n") { case 'abc3': println 'matched'; break; default: println 'not matched' }
println "$name" <=> "World"
println "abc$n".replaceAll('b', '-')
println "abc$n" as List
println "12${3}" as int
println "${'4'}2".toInteger() + 1
println "a${1}b${2}c".toString().toList()
println "Total: ${[1,2,3].sum()}".size()
