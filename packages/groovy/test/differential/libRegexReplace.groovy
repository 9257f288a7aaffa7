println 'a1b22'.replaceAll(/\d+/) { "<${it}>" }
println 'a1b22'.replaceAll(/([a-z])(\d+)/) { all, l, d -> "${d}${l.toUpperCase()}" }
println 'foo_bar_baz'.replaceAll(/_(\w)/) { it[1].toUpperCase() }
println 'fooBarBaz'.replaceAll(/([A-Z])/, '_$1').toLowerCase()
println 'x.y.z'.replaceAll('\\.', '/') + 'x.y'.replace('.', '-')
println 'aaa'.replaceFirst('a', 'b') + 'aaa'.replaceFirst(/a/) { 'c' }
def m = 'v1.22.333-rc4' =~ /v(\d+)\.(\d+)\.(\d+)(?:-(\w+))?/
println m.matches()
println m.group(1) + m.group(4)
println m[0]
println m[0][2..3]
def (_, maj, min) = m[0]
println "$maj/$min"
println(('k=v; k2=v2' =~ /(\w+)=(\w+)/).collect { [it[1], it[2]] })
println 'k=v; k2=v2'.findAll(/(\w+)=(\w+)/) { all, k, v -> "$v$k" }
println 'abc123'.find(/\d+/)
println 'abc'.find(/\d+/)
println 'abc123'.find(/([a-z]+)(\d)/) { a, b, c -> c + b }
println 'release/1.2' ==~ /release\/\d+\.\d+/
println !('x' ==~ /y/)
if ('ticket ABC-123 done' =~ /[A-Z]+-\d+/) println 'yes'
def mm = 'ABC-1 DEF-2' =~ /(?<p>[A-Z]+)-(?<n>\d+)/
while (mm.find()) println mm.group('p') + mm.group('n') + mm.start() + mm.end()
println 'a,b;c d'.split(/[,; ]/).toList()
println 'a1b2'.tokenize('12') + 'x:y'.tokenize(':')
println 'line1\nline2'.readLines().collect { it.replaceAll(/^/, '> ') }
println 'CamelCaseString'.split(/(?=[A-Z])/).join(' ')
println java.util.regex.Pattern.quote('a.b') + java.util.regex.Matcher.quoteReplacement('$1')
println 'price $5'.replaceAll(/\$(\d)/, 'EUR$1')
println('MULTI\nline' ==~ /(?s).*line/)
println(('aXbX' =~ /X/).replaceAll('-') + ('aXbX' =~ /X/).replaceFirst('-'))
println(('a b c' =~ /\w/).count + ('aa' =~ /b/).size())
def p = ~/(\d+)/
println p.matcher('12 34').find() && p.pattern() == '(\\d+)'
println(['a1', 'b', 'c3'].grep(~/.\d/))
println 'äöü ÄÖ'.replaceAll(/[^\w]/, '?')
println 'tEsT'.replaceAll(/(?i)test/, 'x') + 'a.b'.contains('.')
