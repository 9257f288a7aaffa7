println 'a.b'.split(/\./).toList()
println 'a|b'.split('\\|').toList()
println '(x)'.replaceAll(/[()]/, '')
println 'C:\\dir'.replaceAll('\\\\', '/')
println 'a/b/c'.split('/').last()
println '2024-05-06'.replaceAll(/(\d+)-(\d+)-(\d+)/, '$3/$2/$1')
println 'x1y22z'.replaceAll(/\d+/) { (it.toInteger() + 1).toString() }
println 'aaa bbb'.replaceAll(/\b(\w)/) { it[0].toUpperCase() }
def m = 'key: value' =~ /(\w+):\s*(\w+)/
println m[0]
println m.matches()
def (all, k, v) = m[0]
println "$k=$v"
println(('a1b2' =~ /\d/).collect { it.toInteger() }.sum())
println(('a1b2' =~ /([a-z])(\d)/).collect { it[1] + it[2] })
println 'ABC'.replaceAll(/(?i)b/, 'x')
println 'one  two'.split(/ +/).toList()
println 'a\n\nb'.split(/\n/).toList()
println 'x'.replaceAll(/(x)?(y)?/, '[$1$2]')
println 'aXbX'.replaceAll('X$', '!')
println 'foo'.replaceFirst(/o/, '0')
println 'tel 12-34'.find(/\d+-\d+/)
println 'no digits'.find(/\d/)
println 'a,b'.replaceAll(',', '\\$')
println 'ab12'.matches(/[a-z]+\d+/)
println 'AbC'.findAll(/[A-Z]/)
println '<b>x</b><b>y</b>'.findAll(/<b>(.*?)<\/b>/)
println '<b>x</b><b>y</b>'.findAll(/<b>(.*?)<\/b>/) { it[1] }
println 'aab'.replaceAll(/a{2}/, 'z')
println 'x+y=z'.split(/[+=]/).toList()
println '^$.*'.replaceAll(/[\^$.*]/, '_')
println 'été'.replaceAll(/[^\x00-\x7F]/, '?')
println 'a\\tb'.replaceAll(/\\t/, ' ')
println 'word word'.replaceAll(/(\w+) \1/, '$1')
println 'price: 10 USD'.replaceAll(/(?<n>\d+) (?<c>\w+)/, '${c} ${n}')
println 'abc'.replaceAll(/(?=b)/, '|')
println 'a1'.replaceAll(/[a-z]|\d/) { it == 'a' ? 'letter ' : 'digit' }
println(('abc' =~ /(b)(z)?/)[0])
println 'x=1&y=2'.split('&').collectEntries { it.split('=') as List }
println '%d%%'.replace('%', '#')
def p = java.util.regex.Pattern.compile(/(\w)(\d)?/)
def mm = p.matcher('a1 b')
while (mm.find()) println "${mm.group()} ${mm.group(1)} ${mm.group(2)} ${mm.start()}-${mm.end()}"
println p.split('xa1y').toList()
println p.flags()
println mm.reset().find()
def sb = new StringBuffer()
def am = 'a1b2' =~ /\d/
while (am.find()) am.appendReplacement(sb, "<${am.group()}>")
am.appendTail(sb)
println sb
