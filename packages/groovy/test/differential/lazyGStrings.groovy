def n = 1
def eager = "n=$n"
def lazy = "n=${-> n}"
n = 2
println eager
println lazy
println "$lazy and $eager"
def list = [1]
def g = "list $list"
list << 2
println g
def m = [a: 1]
def h = "m ${m.a} $m"
m.a = 9
println h
println "${[1, 2].collect { "<${it}>" }}"
println "${'a'}${'b'}" == 'ab'
println "a" + "${1}" + 'b'
def c = { "closure $it" }
println c(5)
println "${c(6)}"
