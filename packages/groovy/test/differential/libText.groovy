def csv = 'id,name\n1,"a b"\n2,c\n'
def lines = csv.readLines()
def head = lines.head().split(',')
println lines.tail().collect { l -> [head, l.split(',')].transpose().collectEntries() }
println csv.split('\n')*.tokenize(',')
def props = 'a=1\n# c\nb = 2 \n\nurl=http://x?y=z'
println props.readLines().findAll { it.trim() && !it.startsWith('#') }.collectEntries { def (k, v) = it.split('=', 2)*.trim(); [k, v] }
println 'the quick brown fox'.split(' ').collect { it.capitalize() }.join(' ')
println 'the quick the'.tokenize().countBy { it }
println 'hello world'.tr('a-y', 'b-z')
println 'abc'.collect { it.next() }.join() + 'abc'.reverse() + 'a'.next() + 'Az'.previous()
println 'hello'[1..3] + 'hello'[-2..-1] + 'hello'[0] + 'hello'[0, 2, 4]
println 'a\tb'.expand(4) + '|' + 'x'.padRight(3, '.') + '|'
println '  trim '.trim() + '|' + 'xxaxx'.replaceAll(/^x+|x+$/, '') + '|'
println 'one two'.contains('two') && 'one'.startsWith('o') && 'one'.endsWith('e')
println 'abcabc'.indexOf('c') + 'abcabc'.lastIndexOf('c') + 'abcabc'.count('b') + 'abc'.indexOf('z')
println 'a-b_c'.split(/[-_]/).toList() + 'a::b'.split('::').toList() + 'a,,b,,'.split(',').toList() + 'a,,b'.tokenize(',')
println 'abc'.take(2) + 'abc'.drop(2) + 'abc'.takeWhile { it < 'c' }
println 'x' * 3 + 'abc' - 'b'
println 'hELLO'.capitalize() + 'ABC'.uncapitalize()
println 'a b'.equalsIgnoreCase('A B') && 'a'.compareTo('b') < 0
println 'text'.each { print it }.size()
'l1\nl2'.eachLine { l, n -> println "$n:$l" }
println 'word'.chars().count() + ' ' + 'a\nb'.lines().count()
println 'äöü'.toUpperCase() + 'ß'.toUpperCase() + 'İ'.length()
println 'abc' <=> 'abd'
println 'abc'.hashCode() + ' ' + ''.hashCode()
println "it's" + 'q"q' + 'b\\s'
println 'a1b2c3'.findAll(/\d/)*.toInteger().sum()
println 'x=1&y=2'.split('&').collectEntries { it.split('=').toList() }
println 'longer text here'.toList().unique().size()
println 'abc'.contains('') && ''.isEmpty() && !' '.isEmpty() && !' '.trim()
println 'A'..'E'
println 'path/to/file.txt'.tokenize('/').last().with { it[0..<it.lastIndexOf('.')] }
println 'path/to/file.tar.gz'.split('/')[-1].tokenize('.').drop(1).join('.')
println 'k: v'.split(/:\s*/, 2).toList() + 'abc'.split('').toList()
println 'Zm9v'.decodeBase64().with { new String(it) } + 'foo'.bytes.encodeBase64()
println 'mississippi'.inject([:]) { m, c -> m[c] = (m[c] ?: 0) + 1; m }
println 'mississippi'.denormalize().normalize().size()
println 'a'.compareToIgnoreCase('B') + 'abc'.matches(/[a-c]+/).toString()
println 'line one\n  line two'.stripIndent() + 'x\r\ny'.readLines()
println 'sp  lit'.split(' +').toList() + ' lead'.split(' ').toList() + ' lead'.tokenize(' ')
println String.join('-', 'a', 'b') + String.join('/', ['c', 'd']) + String.valueOf(5) + 'f'.concat('g')
println 'repeat'.replace('e', '3').replace('t' as char, 'T' as char)
println 'abc'.subSequence(0, 2) + 'abc'.substring(1) + 'abcd'.substring(1, 3) + 'abc'.charAt(1)
println 'UPPER_SNAKE'.toLowerCase().split('_').collect { it.capitalize() }.join().uncapitalize()
