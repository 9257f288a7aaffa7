def text = 'The year 2024, then 1999 and 42.'
def m = text =~ /\d+/
println m.find()
println m.group()
println m.start()
println m.end()
println m.find()
println m.group()
m = text =~ /\d+/
println m.count
println m[0]
println m[1]
println m[-1]
println m.collect { it }
m.each { println "found $it" }
def m2 = 'key=value; k2=v2' =~ /(\w+)=(\w+)/
println m2[0]
println m2[0][1]
println m2[1][2]
println m2.groupCount()
println m2.size()
m2.each { all, k, v -> println "$k -> $v" }
println m2.collect { all, k, v -> "$k:$v" }
println text ==~ /.*2024.*/
println text ==~ /2024/
println 'abc' ==~ 'a.c'
def p = ~/(\d{4})-(\d{2})/
println p.class.name
println p
println p.pattern()
println p.matcher('2024-05').matches()
println p.matcher('2024-05-06').matches()
println p.matcher('x2024-05').find()
println p.matcher('2024-05').lookingAt()
switch ('2024-05') { case ~/\d{4}-\d{2}/: println 'date'; break; default: println 'other' }
println(['a1', 'b', 'c3'].grep(~/.*\d/))
println(['a1', 'b', 'c3'].findAll { it =~ /\d/ })
println 'a1b2'.replaceAll(/\d/) { "<$it>" }
println 'a1b2'.replaceAll(/([a-z])(\d)/) { all, l, d -> "$d$l" }
println 'a1b2'.replaceAll(/([a-z])(\d)/, '$2$1')
println 'a.b.c'.replaceAll('\\.', '-')
println 'a.b.c'.replace('.', '-')
println 'foo bar'.replaceAll(/(?<first>\w+) (?<second>\w+)/, '${second} ${first}')
println 'one two three'.findAll(/\w+/)
println 'one two three'.findAll(/(\w)(\w+)/) { all, a, b -> a.toUpperCase() + b }
println 'one two'.find(/t\w+/)
println 'one two'.find(/zzz/)
println 'one two'.find(/(\w+) (\w+)/) { all, a, b -> b }
'k1=v1,k2=v2'.eachMatch(/(\w+)=(\w+)/) { println it }
if ((m = 'version 1.2.3' =~ /(\d+)\.(\d+)\.(\d+)/)) println "major ${m[0][1]} minor ${m[0][2]}"
def mm = 'version 1.2.3' =~ /(?<major>\d+)\.(?<minor>\d+)/
println mm.find()
println mm.group('major')
println mm.group(2)
println 'ABC' ==~ /(?i)abc/
println 'a\nb' ==~ /(?s)a.b/
println 'a\nb'.findAll(/(?m)^./)
println 'x'.matches(/[a-z&&[^x]]/)
println 'aXbXc'.split('X').toList()
println 'a1b22c333'.split(/\d+/).toList()
println java.util.regex.Pattern.quote('a.b')
println java.util.regex.Pattern.compile('A', java.util.regex.Pattern.CASE_INSENSITIVE).matcher('a').matches()
println 'price $5'.replaceAll(/\$(\d)/, 'USD$1')
println 'x'.replaceAll('x', java.util.regex.Matcher.quoteReplacement('$1'))
println 'tel: 555-1234' =~ /\d{3}-\d{4}/ ? 'has phone' : 'no phone'
println(('abc' =~ /z/).find())
println(('abc' =~ /b/).replaceAll('X'))
println(('abab' =~ /b/).replaceFirst('X'))
println 'aaa'.replaceAll(/a*?/, '-')
println 'foo123bar'.replaceAll(/(?<=foo)\d+(?=bar)/, '#')
println 'aabb' ==~ /(a)\1(b)\2/
try { ('abc' =~ /b/).group() } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { ('abc' =~ /z/)[0] } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
try { 'x' =~ /(/ } catch (e) { println "${e.class.name}: ${e.message.readLines()[0]}" }
try { ~/[/ } catch (e) { println "${e.class.name}: ${e.message.readLines()[0]}" }
def matcher = 'a1b2' =~ /[a-z](\d)/
while (matcher.find()) println "${matcher.group(1)} at ${matcher.start(1)}"
println matcher.hasGroup()
println 'Hello'.matches('(?i)HELLO')
println 'tab\tsep'.split(/\t/).toList()
println 'línea'.replaceAll(/\p{L}/, 'L')
println 'foo.bar-baz'.tokenize('.-')
println 'a,b;c d'.split(/[,; ]/).toList()
