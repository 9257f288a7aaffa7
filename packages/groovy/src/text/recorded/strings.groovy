/** Each line tells what one expression answers. */
def t(String label, Closure c) {
  try {
    def r = c()
    println "$label => ${r==null?'null':r.getClass().name} ${r.inspect()}".toString().replace('\u0000', '0')
  } catch (Throwable e) {
    println "$label !! ${e.class.name}: ${e.message}".toString().replace('\u0000', '0')
  }
}
t('substring(5)'){ 'abc'.substring(5) }
t('substring(-1)'){ 'abc'.substring(-1) }
t('substring(2,1)'){ 'abc'.substring(2,1) }
t('substring(0,9)'){ 'abc'.substring(0,9) }
t('subSequence(2,1)'){ 'abc'.subSequence(2,1) }
t('charAt(5)'){ 'abc'.charAt(5) }
t('charAt(-1)'){ 'abc'.charAt(-1) }
t('codePointAt(5)'){ 'abc'.codePointAt(5) }
t('codePointBefore(0)'){ 'abc'.codePointBefore(0) }
t('codePointBefore(9)'){ 'abc'.codePointBefore(9) }
t('codePointCount(2,1)'){ 'abc'.codePointCount(2,1) }
t('offsetByCodePoints'){ 'abc'.offsetByCodePoints(0,9) }
t('offsetByCodePoints2'){ 'abc'.offsetByCodePoints(9,1) }
t('repeat(-1)'){ 'abc'.repeat(-1) }
t('[5]'){ 'abc'[5] }
t('[-4]'){ 'abc'[-4] }
t('[1..9]'){ 'abc'[1..9] }
t('[5..9]'){ 'abc'[5..9] }
t('[-5..-1]'){ 'abc'[-5..-1] }
t('[2..0]'){ 'abc'[2..0] }
t('[0..<0]'){ 'abc'[0..<0] }
t('[3..<3]'){ 'abc'[3..<3] }
t('[1..<-1]'){ 'abcde'[1..<-1] }
t('[-3..-2]'){ 'abcde'[-3..-2] }
t('[-1..0]'){ 'abcde'[-1..0] }
t('[[0,2]]'){ 'abcde'[[0,2]] }
t('[0,2..3]'){ 'abcde'[0,2..3] }
t('[[1,[2]]]'){ 'abcde'[[1,[2]]] }
t('["a".."b"]'){ 'abcde'['a'..'b'] }
t('empty[0]'){ ''[0] }
t('getChars'){ 'abc'.getChars(0,9,new char[2],0) }
t('getChars2'){ def c=new char[2]; 'abc'.getChars(1,3,c,0); new String(c) }
t('getChars3'){ def c=new char[2]; 'abc'.getChars(0,3,c,0); new String(c) }
t('new String(char,off)'){ new String('abc' as char[], 1, 5) }
t('new String(byte,off)'){ new String('abc'.bytes, 1, 5) }
t('new String(bytes,bad)'){ new String('abc'.bytes, 'foo') }
t('getBytes bad'){ 'abc'.getBytes('foo') }
t('valueOf chars'){ String.valueOf('abc' as char[],1,5) }
t('copyValueOf'){ String.copyValueOf('abc' as char[],1,2) }
t('join'){ String.join(',', 'a','b') }
t('join list'){ String.join(',', ['a','b']) }
t('join list null'){ String.join(',', ['a',null]) }
t('join ints'){ String.join(',', [1,2]) }
t('sb charAt'){ new StringBuilder('abc').charAt(5) }
t('sb setCharAt'){ new StringBuilder('abc').setCharAt(5,'c' as char) }
t('sb deleteCharAt'){ new StringBuilder('abc').deleteCharAt(5) }
t('sb delete'){ new StringBuilder('abc').delete(5,6) }
t('sb delete2'){ new StringBuilder('abc').delete(2,1) }
t('sb delete3'){ new StringBuilder('abc').delete(1,100).toString() }
t('sb insert'){ new StringBuilder('abc').insert(5,'x') }
t('sb insert -1'){ new StringBuilder('abc').insert(-1,'x') }
t('sb insertint'){ new StringBuilder('abc').insert(1,2).toString() }
t('sb insert cs range'){ new StringBuilder('abc').insert(1,'xyz',1,5).toString() }
t('sb insert ch range'){ new StringBuilder('abc').insert(1,'xyz' as char[],1,5).toString() }
t('sb replace'){ new StringBuilder('abc').replace(2,1,'x') }
t('sb replace2'){ new StringBuilder('abc').replace(5,6,'x') }
t('sb replace3'){ new StringBuilder('abc').replace(-1,6,'x') }
t('sb replace4'){ new StringBuilder('abc').replace(1,100,'x').toString() }
t('sb setLength'){ new StringBuilder('abc').setLength(-1) }
t('sb setLength2'){ def s=new StringBuilder('abc'); s.setLength(5); s.toString() }
t('sb substring'){ new StringBuilder('abc').substring(5) }
t('sb substring2'){ new StringBuilder('abc').substring(2,1) }
t('sb substring3'){ new StringBuilder('abc').substring(-1) }
t('sb subSequence'){ new StringBuilder('abc').subSequence(2,1) }
t('sb append range'){ new StringBuilder('abc').append('xyz',1,5) }
t('sb append chars'){ new StringBuilder('abc').append('xyz' as char[],1,5) }
t('sb append chars2'){ new StringBuilder('abc').append('xyz' as char[]).toString() }
t('sb append null'){ new StringBuilder('abc').append((Object)null).toString() }
t('sb append list'){ new StringBuilder('abc').append([1,2]).toString() }
t('sb append gstring'){ new StringBuilder('abc').append("x${1}").toString() }
t('sb << list'){ (new StringBuilder('abc') << [1,2]).toString() }
t('sb << null'){ (new StringBuilder('abc') << null).toString() }
t('sb << map'){ (new StringBuilder('abc') << [a:1]).toString() }
t('sb append 1.5'){ new StringBuilder('abc').append(1.5).append(1.5d).append(2.5f).append(true).append('c' as char).append(10L).toString() }
t('sb codePointAt'){ new StringBuilder('abc').codePointAt(9) }
t('sb codePointBefore'){ new StringBuilder('abc').codePointBefore(0) }
t('sb capacity'){ [new StringBuilder('abc').capacity(), new StringBuilder().capacity(), new StringBuilder(5).capacity()] }
t('sb new neg'){ new StringBuilder(-1) }
t('sb reverse'){ new StringBuilder('a😀b').reverse().toString() }
t('sb plus'){ new StringBuilder('abc') + 'x' }
t('sbuf plus'){ new StringBuffer('abc') + 'x' }
t('sb size'){ new StringBuilder('abc').size() }
t('sb getAt'){ def s= new StringBuilder('abc'); [s[0], s[0].class, s[0..1], s[0..1].class, s[-1]] }
t('sb getAt5'){ new StringBuilder('abc')[5] }
t('sb putAt'){ def s= new StringBuffer('abc'); s[0..1]='xyz'; s.toString() }
t('sb putAt sb'){ def s= new StringBuilder('abc'); s[0..1]='xyz'; s.toString() }
t('sb =='){ [new StringBuilder('a') == new StringBuilder('a'), new StringBuilder('a') == 'a', 'a' == new StringBuilder('a')] }
t('sb compareTo'){ new StringBuilder('a').compareTo(new StringBuilder('b')) }
t('sb as bool'){ [!new StringBuilder(), !new StringBuilder('a')] }
t('sb each'){ new StringBuilder('ab').collect{it} }
t('sb replaceAll'){ new StringBuilder('abab').replaceAll('a','x') }
t('sb indexOf'){ new StringBuilder('abab').indexOf('b',2) }
t('sb tokenize'){ new StringBuilder('a b').tokenize() }
t('sb contains'){ new StringBuilder('a b').contains('a') }
t('sb take'){ def r= new StringBuilder('abc').take(2); [r, r.class] }
t('multiply -1'){ 'a' * -1 }
t('multiply 2.7'){ 'a' * 2.7 }
t('padLeft empty'){ 'a'.padLeft(5,'') }
t('previous'){ ''.previous() }
t('minus'){ ['abcabc' - 'b', 'abc' - ~/b./, 'abc' - 1, 'a1' - 1, 'anullb' - null] }
t('plus'){ ['a' + null, 'a' + [1,2], 'a' + [a:1], 'a' + 1.50, 'a' + 'c' as char, 'a' + (1 as int[])] }
t('plus arr'){ 'a' + ([1,2] as int[]) }
t('tr'){ ['hello'.tr('a-y','b-z'), 'hello'.tr('el','ip'), 'hello'.tr('a-z','x'), 'hello'.tr('elo',''), 'hello'.tr('^l','x'), 'he-llo'.tr('-l','_L'), 'hello'.tr('z-a','x') ] }
t('tr2'){ 'hello'.tr('el','') }
t('tr3'){ 'abc'.tr('a-c','d-') }
t('tr4'){ 'a-c'.tr('a-','12') }
t('tr5'){ 'hello'.tr('^a-k','x') }
t('tr6'){ 'hello^'.tr('l^','x') }
t('tr7'){ 'abcdef'.tr('f-a','1-6') }
t('tokenize'){ ['a,b,,c'.tokenize(','), 'a b\tc\n'.tokenize(), 'a1b2'.tokenize('12'), 'a-b'.tokenize('-' as char), ''.tokenize(), 'abc'.tokenize('')] }
t('split'){ [' a  b '.split(), 'a,b,,'.split(','), 'a,b,,'.split(',',-1), 'a,b,c'.split(',',2), ''.split(','), ','.split(','), 'abc'.split(''), 'a.b'.split('.'), 'a.b'.split('\\.'), 'a|b'.split('|'), 'aXbX'.split('X',2), 'boo:and:foo'.split('o',-2), 'boo:and:foo'.split('o')]*.toList() }
t('readLines'){ ['a\nb\n\nc'.readLines(), 'a\r\nb\rc\n'.readLines(), ''.readLines(), '\n'.readLines(), 'a\n\r\nb'.readLines()] }
t('eachLine'){ def l=[]; def r='a\nb'.eachLine{ x,i -> l<<"$i$x"; i}; [l,r] }
t('eachLine1'){ def l=[]; def r='a\nb'.eachLine(5){ x,i -> l<<"$i$x"; i}; [l,r] }
t('eachLine0'){ def l=[]; def r='a\nb'.eachLine{ l<<it; it}; [l,r] }
t('normalize'){ ['\ra', 'a\r\nb\rc\r', 'a\rb\r\r\nc', '\r', 'abc'].collect{ it.normalize().inspect() } }
t('stripIndent'){ ['  a\n   b\n\n  c'.stripIndent(), '  a\n b\n'.stripIndent(1), '\n    x\n  y\n  '.stripIndent(), '\ta\n  b'.stripIndent(), '   '.stripIndent(), '  a\r\n  b\r\n'.stripIndent()] }
t('stripMargin'){ ['|a\n  |b\nc'.stripMargin(), '#a\n #b'.stripMargin('#'), '#a\n #b'.stripMargin('#' as char), '|a\n'.stripMargin(''), ' x|a'.stripMargin()] }
t('expand'){ ['a\tb'.expand(), 'a\tb\n\tc\n'.expand(4), ''.expand(), 'a\tb\tc'.expandLine(4), 'a       b'.unexpand(), '        x   y   z'.unexpand(4), 'abc     def'.unexpandLine(4)] }
t('center'){ ['a'.center(4), 'a'.center(5,'xy'), 'ab'.center(5,'12'), 'abc'.center(2), 'a'.padRight(5,'xy'), 'a'.padLeft(4,'xyz')] }
t('capitalize'){ ['abc'.capitalize(), ''.capitalize(), 'ß'.capitalize(), 'éa'.capitalize()] }
t('uncapitalize'){ 'ABC'.uncapitalize() }
t('toUpperCase'){ ['ß'.toUpperCase(), 'i'.toUpperCase(), 'İ'.toLowerCase(), 'ΑΣ'.toLowerCase(), 'ŉ'.toUpperCase(), 'ﬁ'.toUpperCase()] }
t('trim'){ [' \u0001a\u00a0 '.trim().inspect(), '\u2003a'.strip(), '\u2003a'.trim(), ' a '.stripLeading(), ' a '.stripTrailing(), ' \u2003'.isBlank(), '\u00a0'.isBlank()] }
t('toBoolean'){ ['true','TRUE',' y ','1','yes','no','t'].collect{it.toBoolean()} }
t('toInteger'){ ' 12 '.toInteger() }
t('toInteger bad'){ 'x'.toInteger() }
t('toInteger bad2'){ ''.toInteger() }
t('toInteger bad3'){ '99999999999'.toInteger() }
t('toLong bad'){ 'x1'.toLong() }
t('toDouble bad'){ 'x1'.toDouble() }
t('toDouble bad2'){ ''.toDouble() }
t('toBigDecimal bad'){ 'x1'.toBigDecimal() }
t('toBigDecimal bad2'){ ''.toBigDecimal() }
t('toBigDecimal ok'){ ' 1.50e3 '.toBigDecimal() }
t('toBigInteger bad'){ 'x1'.toBigInteger() }
t('toBigInteger bad2'){ ''.toBigInteger() }
t('toBigInteger bad3'){ '1-2'.toBigInteger() }
t('toBigInteger bad4'){ '-'.toBigInteger() }
t('toBigInteger bad5'){ '12345678901234567890x'.toBigInteger() }
t('toShort'){ '70000'.toShort() }
t('toFloat'){ ['1.5'.toFloat(), '1e50'.toFloat(), '0x1p3'.toDouble(), 'NaN'.toDouble(), '1d'.toDouble(), ' 1.5f '.toFloat()] }
t('isNumber'){ ['1','1.5','1e5','abc','',' 1 ','0x1','1L','-1','+1','.5','5.','1_000'].collect{[it.isNumber(),it.isInteger(),it.isLong(),it.isDouble(),it.isBigInteger(),it.isFloat(),it.isBigDecimal()]} }
t('toCharacter'){ ['abc'.toCharacter(), 'abc'.toCharacter().class] }
t('toCharacter empty'){ ''.toCharacter() }
t('count'){ ['aaa'.count('aa'), 'abc'.count(''), 'abc'.count('x'), 'abcabc'.count('bc')] }
t('contains'){ ['abc'.contains('b'), 'abc'.contains("${'b'}")] }
t('find'){ ['abc123'.find('\\d+'), 'abc123'.find(/(\w)(\d)/), 'abc'.find('x'), 'abc123'.find(/(\w)(\d)/){ it }, 'abc123'.find(/\d/){ it*2 }, 'abc1'.find(/(\w)(\d)/){ a,b,c -> "$a-$b-$c" }] }
t('findAll'){ ['a1b2'.findAll('\\d'), 'a1b2'.findAll(/(\w)(\d)/), 'a1b2'.findAll(/(\w)(\d)/){ it }, 'a1b2'.findAll(/(\w)(\d)/){ a,b,c -> c+b }, 'a1b2'.findAll(/\d/){ it as int }, 'abc'.findAll{ it>'a' }] }
t('eachMatch'){ def l=[]; def r='a1b2'.eachMatch(/(\w)(\d)/){ l<<it }; def l2=[]; 'a1b2'.eachMatch(/(\w)(\d)/){ a,b,c -> l2<<c }; def l3=[]; 'a1'.eachMatch(/\w/){l3<<it}; [l,r,l2,l3] }
t('replaceAll'){ ['a1b2'.replaceAll(/\d/){ (it as int)*2 }, 'a1b2'.replaceAll(/(\w)(\d)/){ a,b,c -> c+b }, 'a1b2'.replaceAll(/(\w)(\d)/){ it[2]+it[1] }, 'a1'.replaceAll(/\d/){ null }, 'a1'.replaceAll(~/\d/, '\\$'), 'a1b2'.replaceFirst(/\d/){ '$1' }, 'a1'.replaceAll('x'){ 1 }, 'abc'.replaceAll(/(b)/, '[$1]'), 'abc'.replaceAll(/(?<n>b)/, '[${n}]')] }
t('replace'){ ['aaa'.replace('a','b'), 'abc'.replace('','-'), 'a.b'.replace('.','$1'), 'abc'.replace('b' as char,'x' as char)] }
t('replaceAll bad'){ 'abc'.replaceAll('b','$1') }
t('replaceAll bad2'){ 'abc'.replaceAll('b','$') }
t('replaceAll bad3'){ 'abc'.replaceAll('b','\\') }
t('replaceAll bad4'){ 'abc'.replaceAll('b','${x}') }
t('replaceAll bad5'){ 'abc'.replaceAll('b','${x') }
t('replaceAll bad6'){ 'abc'.replaceAll('b','$x') }
t('replaceAll bad7'){ 'abc'.replaceAll('b','${1}') }
t('replaceAll bad8'){ 'abc'.replaceAll('b','${}') }
t('collectReplacements'){ 'abc'.collectReplacements{ it == 'b' as char ? 'XX' : null } }
t('collectReplacements2'){ 'abc'.collectReplacements{ it == 'b' ? 'XX' : null } }
t('take'){ ['abc'.take(2), 'abc'.take(0), 'abc'.take(-1), 'abc'.take(9), 'abc'.drop(1), 'abc'.drop(-1), 'abc'.drop(9), 'abcd'.takeWhile{ it < 'c' }, 'abcd'.dropWhile{ it < 'c' }] }
t('takeWhile class'){ def l=[]; 'ab'.takeWhile{ l << it.class; true }; l }
t('toSet'){ def s='aab'.toSet(); [s, s.class] }
t('leftShift'){ def r = 'a' << 'b'; [r, r.class]; }
t('leftShift gs'){ def r = "a${1}" << 'b'; [r, r.class]; }
t('bitneg'){ (~'a+').class }
t('isAllWhitespace'){ [' \t'.isAllWhitespace(), ''.isAllWhitespace(), 'a'.allWhitespace, '\u00a0'.isAllWhitespace()] }
t('startsWithAny'){ ['abc'.startsWithAny('x','ab'), 'abc'.endsWithAny('c'), 'abc'.startsWithAny()] }
t('splitEachLine'){ def l=[]; def r='a b\nc d'.splitEachLine(' '){ l<<it; 5 }; [l,r, l[0].class] }
t('splitEachLine2'){ def l=[]; 'a b\nc d'.splitEachLine(~/\s/){ x,y -> l<<y }; l }
t('denormalize'){ 'a\r\nb\rc\n'.denormalize().inspect() }
t('reverse'){ 'a😀b'.reverse() }
t('size'){ ['abc'.size(), "a${1}".size(), 'abc'.length()] }
t('hash'){ ['abc'.hashCode(), ''.hashCode(), 'The quick brown fox jumps'.hashCode()] }
t('compareTo'){ ['a'.compareTo('b'), 'abc'.compareTo('ab'), 'a'.compareToIgnoreCase('B'), 'a' <=> 'c', 'Z'.compareToIgnoreCase('a'), 'abc'.equalsIgnoreCase('ABC'), 'İ'.equalsIgnoreCase('i'), 'ß'.equalsIgnoreCase('ẞ'), 'ı'.equalsIgnoreCase('I')] }
t('regionMatches'){ ['abcdef'.regionMatches(2,'xcd',1,2), 'abcdef'.regionMatches(true,2,'XCD',1,2), 'abc'.regionMatches(-1,'a',0,1), 'abc'.regionMatches(0,'a',0,-1)] }
t('contentEquals'){ ['abc'.contentEquals('abc'), 'abc'.contentEquals(new StringBuilder('abc'))] }
t('intern'){ 'a'.intern() }
t('bytes'){ ['é😀'.bytes, 'é'.getBytes('UTF-16'), 'é'.getBytes('ISO-8859-1'), 'é\ud800'.getBytes('US-ASCII')]*.toList() }
t('new String'){ [new String(), new String('a'), new String([97,98] as byte[]), new String([65,128] as byte[], 'US-ASCII'), new String([0xC3,0x28] as byte[]), new String([97,0x1F600] as int[],0,2), new String(new StringBuilder('x'))] }
t('matches'){ ['abc'.matches('a.c'), 'abc'.matches(~/a/), 'abc' ==~ /a.*/, 'abc' ==~ ~/b/] }
t('matcher'){ def m = 'a1b2' =~ /(\w)(\d)/; [m[0], m[1], m[0][1], m[-1], m.count, m.size(), m.size().class, m.hasGroup(), m[0..1], m[[0,1]], m.collect{it}, m.groupCount()] }
t('matcher oob'){ ('a' =~ /a/)[1] }
t('matcher oob2'){ ('a' =~ /b/)[0] }
t('matcher oob range'){ ('aaa' =~ /a/)[1..5] }
t('matcher group no match'){ ('a' =~ /b/).group() }
t('matcher start no match'){ ('a' =~ /b/).start() }
t('matcher group 5'){ def m= 'a' =~ /a/; m.find(); m.group(5) }
t('matcher group n'){ def m= 'a' =~ /a/; m.find(); m.group('x') }
t('matcher toString'){ def m= 'abc' =~ /b/; [m.toString(), m.find(), m.toString()] }
t('matcher each'){ def l=[]; ('a1b2' =~ /(\w)(\d)/).each{ a,b,c -> l<<c }; ('a1b2' =~ /(\w)(\d)/).each{ l<<it }; l }
t('matcher index'){ def m='abc' =~ /./; m.index=1; m.find(); m.group() }
t('matcher region'){ ('abc' =~ /./).region(2,1) }
t('matcher region2'){ ('abc' =~ /./).region(1,10) }
t('matcher find9'){ ('abc' =~ /./).find(9) }
t('matchesPartially'){ [('ab' =~ /abc/).matchesPartially(), ('ax' =~ /abc/).matchesPartially()] }
t('appendReplacement'){ def m='a1b2' =~ /\d/; def sb=new StringBuffer(); while(m.find()) m.appendReplacement(sb,'<$0>'); m.appendTail(sb); sb.toString() }
t('appendReplacement bad'){ ('a' =~ /a/).appendReplacement(new StringBuffer(),'x') }
t('pattern'){ def p = ~/a+/; [p.toString(), p.flags(), p.pattern(), p.split('xaay'), java.util.regex.Pattern.quote('a\\Eb'), java.util.regex.Pattern.matches('a','a'), (~/(?i)a/).flags()] }
t('pattern eq'){ [~/a/ == ~/a/, (~/a/).matcher('a').matches(), java.util.regex.Pattern.compile('a', 2).matcher('A').matches()] }
t('pattern badflags'){ java.util.regex.Pattern.compile('a', 0x1000) }
t('quoteRepl'){ java.util.regex.Matcher.quoteReplacement('a$b\\c') }
t('usePattern'){ def m='ab' =~ /a/; m.find(); m.usePattern(~/b/); [m.find(), m.group()] }
t('replaceAll fn'){ ('a1' =~ /\d/).replaceAll{ it.group()*2 } }
t('m.replaceFirst'){ ('a1b2' =~ /\d/).replaceFirst('x') }
t('asPredicate'){ (~/a/).asPredicate().test('xax') }
t('indent'){ 'a\nb'.indent(2) }
t('isEmpty'){ [''.isEmpty(), ''.empty] }
t('translateEscapes'){ 'a\\n'.translateEscapes() }
t('transform'){ 'a'.transform{ it+'b' } }
t('CIO'){ ['b','A','a','B'].sort(String.CASE_INSENSITIVE_ORDER) }
t('StringTokenizer'){ def s=new StringTokenizer('a,b;c',',;',true); [s.countTokens(), s.nextToken(), s.nextToken(), s.hasMoreTokens(), s.nextToken(';'), s.collect{it}] }
t('StringTokenizer end'){ new StringTokenizer('').nextToken() }
t('eachWithIndex'){ def l=[]; 'ab'.eachWithIndex{ c,i -> l<<[c,i] }; l }
t('concat'){ 'a'.concat('b') }
t('isInteger'){ ['2147483648'.isInteger(), '９'.isInteger()] }
t('asType'){ ['5' as int, 'abc' as List, 'a' as char, '1.5' as BigDecimal, 'ab' as char[], 'x' as boolean] }
t('each'){ def l=[]; 'ab'.each{l<<it}; l }
t('gstring'){ def g="a${1}b"; [g.values, g.strings, g.valueCount, g.length(), g.charAt(0), g+'x', (g+'x').class, (g+"y${2}").class, g.toUpperCase(), g.plus('c').values] }
t('gstring eq'){ def g="a${1}"; [g=='a1', 'a1'==g, g.equals('a1'), g.hashCode()=='a1'.hashCode(), g in ['a1']] }
t('sb eq hash'){ new StringBuilder('a').equals(new StringBuilder('a')) }
t('g1'){ def g="a${1}b2"; [g.find(/\d/), g.findAll(/\d/), g.replaceAll(/\d/,'x'), g.tokenize('1'), g.split('1').toList(), g.padLeft(8), g.center(9,'*'), g.take(2), g.drop(1), g[0], g[0..1], g[-1], g.toUpperCase(), g.size(), g.contains('a1'), g.substring(1), g.startsWith('a'), g.reverse(), g*2, g+1, g-'a', g.trim(), g.isEmpty(), g.toList(), g.matches('.*'), g =~ /\d/ ? 1 : 0, g ==~ /a.*/] }
t('g2'){ def g="5${0}"; [g.toInteger(), g as int, g.isNumber(), g.toLong(), g.toDouble(), g.toBigDecimal(), g.isInteger()] }
t('g4'){ 'abc'.contains("${'b'}") && 'abc'.startsWith("${'a'}") && 'abc'.replace("${'b'}", "${'x'}") == 'axc' && 'a,b'.split("${','}").size()==2 }
t('g5'){ ['ab'.find("${'b'}"), 'ab'.findAll("${'b'}"), 'ab'.replaceAll("${'b'}","${'x'}"), 'ab'.replaceAll("${'b'}"){ 'y' }, 'ab'.tokenize("${'b'}"), 'abc'.minus("${'b'}"), 'a'.padLeft(3,"${'-'}"), 'abc'.tr("${'a'}","${'x'}"), 'ab'.count("${'b'}")] }
t('sw'){ def f={ x -> switch(x) { case ~/\d+/: 'num'; break; case 'abc': 'abc'; break; case ~/(?i)a.*/: 'A'; break; default: 'none' } }; ['12','abc','Axe',5,null,"1${2}"].collect(f) }
t('m1'){ def m = "v1.2.3" =~ /v(\d+)\.(\d+)\.(\d+)/; def (all, a, b, c) = m[0]; [all,a,b,c, m.groupCount()] }
t('m2'){ if ('foo-12' =~ /(\w+)-(\d+)/) { 'yes' } else { 'no' } }
t('m3'){ def m = 'foo-12' =~ /(\w+)-(\d+)/; if (m) { [m.group(1), m.group(2), m.start(), m.end(2)] } }
t('m4'){ def m = 'foo-12' =~ /(\w+)-(\d+)/; m.matches() ? [m.group(0), m[0][2]] : null }
t('m6'){ ('a=1,b=2' =~ /(\w)=(\d)/).collect { all, k, v -> "$k:$v" } }
t('m7'){ ('a=1,b=2' =~ /\w=\d/).each { println it }; ('a=1,b=2' =~ /\w=\d/).eachWithIndex { x, i -> println "$i $x" }.class }
t('m11'){ def m = 'x' =~ /(?<first>x)(?<second>y)?/; m.find(); [m.group('first'), m.group('second'), m.start('second'), m.end('first')] }
t('m12'){ def p = ~/(\d+)/; def m = p.matcher('a12b3'); def r=[]; while (m.find()) r << [m.group(1), m.start(), m.end(1)]; r }
t('m13'){ def m = 'abc' =~ /b/; def s = new StringBuilder(); m.find(); m.appendReplacement(s, 'X'); m.appendTail(s); s.toString() }
t('m14'){ def r = ('abc' =~ /b/); r.find(); def mr = r.toMatchResult(); r.find(); [mr.group(), mr.start()] }
t('m15'){ ['foo','bar','baz'].grep(~/ba./) }
t('m16'){ ['foo','bar','baz'].findAll { it =~ /a/ } }
t('m17'){ 'a.b.c'.split(/\./) as List }
t('m18'){ (null =~ /a/).matches() }
t('m19'){ [null ==~ /a/, 'a' ==~ null] }
t('m20'){ 12 =~ /1/ ? 'y' : 'n' }
t('m21'){ def m = 'aXbX' =~ 'X'; [m.replaceAll('-'), m.replaceFirst('-'), m.replaceAll('$0$0')] }
t('m22'){ 'John Smith'.replaceAll(/(\w+) (\w+)/, '$2, $1') }
t('m23'){ 'a b'.replaceAll(/(\w) (\w)/) { all, a, b -> "$b $a" } }
t('m24'){ 'camelCaseString'.replaceAll(/[A-Z]/) { '_' + it.toLowerCase() } }
t('m25'){ 'snake_case_str'.replaceAll(/_(\w)/) { it[1].toUpperCase() } }
t('m26'){ 'path/to/x'.replaceAll('/', '\\\\') + ' ' + 'C:\\a'.replaceAll('\\\\', '/') }
t('m27'){ 'x'.replaceAll(/(x)(y)?/) { all, a, b -> "$a$b" } }
t('m28'){ 'ab12'.eachMatch(/\d/) { print it }; println(); 0 }
t('m29'){ 'a1'.find(/b/) { it } }
t('m30'){ ('abc' =~ /z/)[0] }
t('m31'){ def m = 'abcabc' =~ /b/; [m[0], m[1], m[-1], m[-2], m[0..-1], m[0,1]] }
t('m32'){ java.util.regex.Pattern.compile('a.b', java.util.regex.Pattern.DOTALL | java.util.regex.Pattern.CASE_INSENSITIVE).matcher('A\nB').matches() }
t('m33'){ ~/[/ }
t('m34'){ 'a' =~ '(' }
t('m35'){ 'a'.replaceAll('*', 'x') }
t('m36'){ 'a'.split('[') }
t('m37'){ try { java.util.regex.Pattern.compile('a(b') } catch (java.util.regex.PatternSyntaxException e) { [e.description, e.index, e.pattern, e.message] } }
t('m38'){ [(~/a/).toString(), "${~/a/}", 'x' + ~/a/, (~/a/).pattern(), (~/a/).class.name] }
t('m39'){ ('aaa' =~ /a/).iterator().next() }
t('m41'){ def m = 'k: v' =~ /(\w): (\w)/; m.find() ? m.group(1) : null }
t('m42'){ def m = 'abc' =~ /(b)(x)?/; [m[0], m[0][2]] }
t('m43'){ 'one two'.split(' ').collect { it.capitalize() }.join(' ') }
t('m44'){ def (a, b) = 'x=y'.split('='); [a, b] }
t('m45'){ def (a, b, c) = 'x=y'.tokenize('='); [a, b, c] }
t('m46'){ 'a\\d'.replaceAll(java.util.regex.Pattern.quote('\\d'), java.util.regex.Matcher.quoteReplacement('$1')) }
t('m47'){ def m = 'a1' =~ /\d/; m.reset('22'); m.count }
t('m48'){ def p = ~/a/; p.matcher("xa${1}").find() }
t('m49'){ ['a','b'].any { it ==~ 'b' } }
t('m50'){ 'foo' in ~/f.*/ }
t('sb1'){ def sb = new StringBuilder(); 3.times { sb << it << ',' }; sb.setLength(sb.length() - 1); sb.toString() }
t('sb2'){ def sb = new StringBuilder('abc'); sb.insert(0, 'x').append(1).append('c' as char).append(1.5).append([1]).append(null as String); sb as String }
t('sb3'){ def sb = new StringBuffer(); sb.append('a') << 'b'; sb += 'c'; [sb, sb.class] }
t('sb4'){ def sb = new StringBuilder('hello'); sb[1..2] = 'EY'; sb.setCharAt(0, 'J' as char); sb.deleteCharAt(4); [sb.toString(), sb.length(), sb.indexOf('Y'), sb[0], sb.reverse().toString()] }
t('sb5'){ def sb = new StringBuilder('a'); "x${sb}y" + sb }
t('sb6'){ new StringBuilder('abc').toString().toUpperCase() }
t('sb7'){ new StringBuilder('abc').collect { it } }
t('sb8'){ def s = new StringBuilder("x${1}"); s << "y${2}"; s.toString() }
t('sb9'){ def s = new StringBuilder(); s.append('abc', 1, 2).append('xyz' as char[], 0, 2).appendCodePoint(0x1F600); s.toString() }
t('sb12'){ ['a','b'].inject(new StringBuilder()) { s, x -> s << x }.toString() }
t('sb13'){ [new StringBuilder('a').equals('a'), new StringBuilder('a').toString().equals('a'), 'a'.contentEquals(new StringBuilder('a')), new StringBuilder('') ? 1 : 0, new StringBuilder('b') <=> new StringBuilder('a')] }
t('sb14'){ def s=new StringBuilder('abc'); s.length = 1; s.toString() }
t('st1'){ ['a'..'e', ('a'..'e').join(''), 'a'..'c' as List].toString() }
t('st2'){ 'abc'.each { print it }; println(); 'abc'.eachWithIndex { c, i -> print "$i$c " }; println(); 'abc'.collect { it * 2 } }
t('st4'){ ['%5.2f|%-5s|%05d|%x|%,d|%s'.formatted(3.14159, 'ab', 42, 255, 1234567, null), String.format('%s %s', 'a', 'b'), sprintf('%d', 5)] }
t('st5'){ ['a' < 'b', 'a' <=> 'b', 'B' < 'a', 'abc' > 'abd', 'a'.compareTo('b'), 'Z' <=> 'a'] }
t('st6'){ ['a' as char, ('a' as char) + 1, 'a'.charAt(0), (int) 'a'.charAt(0), 'a'.charAt(0) == 'a', (char) 97] }
t('st7'){ ['abc'.hashCode(), 'abc'.bytes, 'é'.bytes.length, 'é'.getBytes('UTF-8').encodeBase64().toString(), new String('é'.getBytes('ISO-8859-1'), 'ISO-8859-1')] }
t('st8'){ 'line1\nline2'.eachLine { l, n -> println "$n:$l" } }
t('st9'){ 'a:b\nc:d'.splitEachLine(':') { k, v -> println "$k=$v" } }
t('st10'){ def x = 'abc'; [x[0], x[-1], x[0, 2], x[1..-1], x[0..<2], x[2..0], x.getAt(1), x[1..1], x[0..0, 2]] }
t('st11'){ 'abc'[1..<1] + '|' + 'abc'[0..<0] }
t('st12'){ 'x'.multiply(3) + 'y' * 0 }
t('st13'){ "\u00e9A".toLowerCase() + 'ǅ'.toUpperCase() + 'İI'.toLowerCase().length() }
t('st14'){ [' a '.trim(), '\u2003a\u2003'.strip(), ' a'.stripLeading() + '|', 'a '.stripTrailing() + '|', ''.isBlank(), 'ab'.repeat(2)] }
t('st18'){ (String) null }
t('st19'){ [String.valueOf(1), String.valueOf(null as Object), String.valueOf(true), String.valueOf(1.5), String.valueOf('a' as char), String.valueOf(['a','b'] as char[]), String.join('-', ['a', "b${1}"]), String.join('-', 'a', 'b', 'c')] }
t('st20'){ [new String('abc'), new String(['a','b'] as char[]), new String('abc'.bytes, 'UTF-8'), new String('abc'.bytes, 1, 2), 'abc'.toCharArray().toList(), 'abc'.chars.size()] }
t('st21'){ ['true'.toBoolean(), 'abc'.asBoolean(), ''.asBoolean(), !'', 'a' && 'b'] }
t('st23'){ 'x' as Integer }
t('st24'){ 'a,b;c'.split('[,;]').collect { it }.toString() + 'a1b22'.split(/\d+/).toString() }
t('st25'){ "a\tb".expand(4) + 'x'.center(5, '-') + 'abc'.tr('a-c', 'A-C') + 'Hello'.uncapitalize() + 'hello'.capitalize() }
t('st26'){ ['abc'.contains('b'), 'abc'.indexOf('c'), 'abcabc'.lastIndexOf('b'), 'abc'.endsWith('c'), 'abc'.equalsIgnoreCase('ABC'), 'a-b-c'.minus('-'), 'a-b-c' - ~/-.$/] }
t('st27'){ def s = 'x'; s += 1; s += null; s += [1]; s += 'c' as char; s }
t('st28'){ def s = 'a'; s++; s }
t('st29'){ ('a'..'d').step(2) }
t('st30'){ ['b','a','C'].sort(String.CASE_INSENSITIVE_ORDER) }
t('st31'){ new StringTokenizer('a b').collect { it } }
t('st32'){ 'hello world'.split().collect { it[0].toUpperCase() + it[1..-1] } }
t('st33'){ 'abcdef'.toList().collate(2)*.join() }
t('st34'){ ('abc' as List) + ('ab' as char[]).toList() }
t('st35'){ 'a'.class.name + 'abc'.getClass().simpleName + ('a' instanceof CharSequence) + ("${1}" instanceof String) + ("${1}" instanceof CharSequence) + ('a' instanceof Comparable) }
t('st36'){ 'abc'.with { toUpperCase() } }
t('st37'){ ['one', 'three']*.size() + ['a','b']*.toUpperCase() }
t('st39'){ 'abc'.intern().is('abc') }
t('st42'){ 'ab'.dump().startsWith('<java.lang.String') }
t('st43'){ 'a\\nb'.inspect() + "it's".inspect() + 'é\u0001'.inspect() }
t('st44'){ 'abc'.length().toString() + 'abc'.size() }
t('st45'){ def n = '007'; [n.padLeft(5, '0'), n.toInteger(), n as int, Integer.parseInt(n)] }
t('st46'){ 'Ünïcödé'.replaceAll(/[^\w]/, '?') + 'Ünïcödé'.replaceAll(/\W/, '?') + 'äb'.matches('\\w+') }
t('st47'){ 'feature/JIRA-123-x'.replaceAll('[^a-zA-Z0-9]', '-').toLowerCase().take(12) }
t('st48'){ ("v1.10.2" =~ /^v?(\d+)\.(\d+)\.(\d+)$/)[0].drop(1)*.toInteger() }
