def s = 'Hello, World'
println s.length()
println s.size()
println s[0]
println s[-1]
println s[0..4]
println s[-5..-1]
println s[7..-1]
println s[0, 2, 4]
println s[4..0]
println s[1..<3]
println s.substring(7)
println s.substring(0, 5)
println s.indexOf('o')
println s.indexOf('o', 5)
println s.indexOf('zz')
println s.lastIndexOf('o')
println s.charAt(1)
println s.charAt(1).class.simpleName
println s.toUpperCase()
println s.toLowerCase()
println s.reverse()
println s.contains('World')
println s.startsWith('Hell')
println s.endsWith('ld')
println s.replace('l', 'L')
println s.replace('World', 'There')
println s.replaceAll('[aeiou]', '*')
println s.replaceAll(/(\w)(\w)/, '$2$1')
println s.replaceFirst('l', 'L')
println s.split(',').toList()
println s.split('').toList()
println 'a,b,,c,,'.split(',').toList()
println 'a,b,,c,,'.split(',', -1).toList()
println 'a,b,c'.split(',', 2).toList()
println 'a1b22c'.split(/\d+/).toList()
println ' a  b '.split().toList()
println ' a  b '.split(' ').toList()
println 'a:b:c'.tokenize(':')
println 'a b  c'.tokenize()
println 'a,b;c'.tokenize(',;')
println '  trim me '.trim()
println "[${'  x '.trim()}]"
println s * 2
println s - 'l'
println s - ~/o.*/
println s + 1 + 2
println 'a' + null
println 'x'.multiply(3)
println s.padLeft(15)
println s.padLeft(15, '*')
println s.padRight(15, '-') + '|'
println s.center(20, '=')
println s.capitalize()
println 'hello'.capitalize()
println ''.capitalize()
println s.toList()
println s.chars.size()
println s.bytes.size()
println s.count('l')
println s.each { print it } 
println()
println s.collect { it }.size()
println s.findAll(/o/)
println s.find(/W\w+/)
println s.isEmpty()
println ''.isEmpty()
println ' '.isAllWhitespace()
println s.hashCode()
println ''.hashCode()
println 'The quick brown fox'.hashCode()
println s.compareTo('Hello')
println s.compareToIgnoreCase('HELLO, WORLD')
println s.equalsIgnoreCase('hello, world')
println s.matches('Hello.*')
println s ==~ /Hello.*/
println s.concat('!')
println s.intern().is(s.intern())
println s.take(5)
println s.drop(7)
println s.takeWhile { it != ',' }
println s.dropWhile { it != ',' }
println 'abc'.next()
println 'abc'.previous()
println 'a'..'e'
println 'abc' < 'abd'
println 'abc' <=> 'abd'
println 'a\tb\\n'
println 'tab\there'
println 'multi\nline'
println 'multi\nline'.readLines()
println 'a\nb\r\nc'.readLines().size()
println 'one\ntwo'.eachLine { it.toUpperCase() }
println 'abc'.eachWithIndex { c, i -> print "$i$c " }
println 'quote\'s "double"'
println "quote's \"double\""
println 'unicode \u00e9\u4e2d'
println 'dollar $x'
println "dollar \$x"
println 'x'.isNumber()
println 'abc'.tr('a-c', 'A-C')
println 'hello'.tr('el', 'ip')
println 'aabbcc'.toSet()
println 'hello world'.split(' ').collect { it.capitalize() }.join(' ')
println 'CamelCaseString'.replaceAll(/([A-Z])/) { all, c -> '_' + c.toLowerCase() }
println 'abc'.contains('')
println 'abcabc'.indexOf('c', 3)
println String.valueOf(12)
println String.valueOf(true)
println String.join('-', 'a', 'b')
println String.join('-', ['x', 'y', 'z'])
println new String('copy')
println 'abc'.toCharArray().toList()
println 'abc'.getAt(1)
println 'abc'.getAt(0..1)
println 'a-b-c'.minus('-')
println 'stripMargin'.stripMargin()
println '''|one
           |two'''.stripMargin()
println '''   one
     two'''.stripIndent()
println 'x=1;y=2'.split(';').collectEntries { it.split('=').toList() }
