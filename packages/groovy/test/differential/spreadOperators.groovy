def l = ['a', 'bb', null]
println l*.size()
println l?.size()
println([1, *[2, 3], 4])
println([*1..3, *['a', 'b']])
println([a: 1, *: [b: 2, c: 3]])
def f(a, b, c) { "$a$b$c" }
println f(*[1, 2, 3])
println f(0, *['x', 'y'])
println([[1, 2], [3]]*.sum())
println([[n: [1, 2]], [n: [3]]].n)
println([[n: [1, 2]], [n: [3]]].n.flatten())
println([[n: [m: 1]], [n: [m: 2]]].n.m)
println([x: [1, 2]]*.value)
println(['a', 'b']*.toUpperCase()*.concat('!'))
println null*.foo
println([]*.foo)
println('abc'*.toUpperCase())
println((1..3)*.multiply(2))
def s = new HashSet([1]) 
println s*.plus(1)
class P { def v; def kids = [] }
def tree = [new P(v: 1, kids: [new P(v: 2)]), new P(v: 3)]
println tree.v
println tree*.v
println tree.kids
  .flatten()*.v
println tree*.kids*.v
