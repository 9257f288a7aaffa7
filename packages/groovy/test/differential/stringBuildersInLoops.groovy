def sb = new StringBuilder()
for (i in 1..5) { sb << i << (i < 5 ? ',' : '') }
println sb
println sb.length()
def lines = []
('a'..'c').each { x -> (1..2).each { y -> lines << "$x$y".toString() } }
println lines
println lines.join('\n')
def out = ''
3.times { out += "row $it\n" }
print out
println lines.inject('') { acc, s -> acc + s[0] }
def table = (1..3).collect { r -> (1..3).collect { c -> (r * c).toString().padLeft(3) }.join() }.join('\n')
println table
println '-' * 10
println((['h1', 'h2'].join(' | ')))
println "${'=' * 3} ${'title'.center(11, '*')} ${'=' * 3}"
