/** Methods of strings and builders with arguments chosen at random. */
def show(r){ r==null?'null': (r.getClass().isArray()? 'array ' + r.toList().inspect() : r.getClass().name+' '+r.inspect()) }
def t(String l, Closure c){ try { println((l.inspect()+' => '+show(c())).replace('\u0000', '0')) } catch (Throwable e) { println l.inspect()+' !! '+e.class.name+': '+e.message } }
def f0(){
  t('\'ab_cd\'.substring(1, 20)'){ 'ab_cd'.substring(1, 20) }
  t('\'\'.substring(-1, 3)'){ ''.substring(-1, 3) }
  t('\'x\'.substring(4, 1)'){ 'x'.substring(4, 1) }
  t('\'\\n\\n\'.substring(8, 0)'){ '\n\n'.substring(8, 0) }
  t('\'foo.bar.baz\'.substring(20)'){ 'foo.bar.baz'.substring(20) }
  t('\'  padded\\t\'.subSequence(4, 2)'){ '  padded\t'.subSequence(4, 2) }
  t('\'A1b2C3\'.subSequence(0, -5)'){ 'A1b2C3'.subSequence(0, -5) }
  t('\'a\\tb\\tc\'.subSequence(-2, 5)'){ 'a\tb\tc'.subSequence(-2, 5) }
  t('\'a\'.subSequence(-2, -5)'){ 'a'.subSequence(-2, -5) }
  t('\'-45.6\'.subSequence(-2, 3)'){ '-45.6'.subSequence(-2, 3) }
  t('\'123\'.charAt(20)'){ '123'.charAt(20) }
  t('\'a\\tb\\tc\'.charAt(5)'){ 'a\tb\tc'.charAt(5) }
  t('\'\\n\\n\'.charAt(-5)'){ '\n\n'.charAt(-5) }
  t('\'abc\'.charAt(5)'){ 'abc'.charAt(5) }
  t('\'123\'.charAt(8)'){ '123'.charAt(8) }
  t('\'foo.bar.baz\'.codePointAt(4)'){ 'foo.bar.baz'.codePointAt(4) }
  t('\'\'.codePointAt(5)'){ ''.codePointAt(5) }
  t('\'|m\\n |n\'.codePointAt(0)'){ '|m\n |n'.codePointAt(0) }
  t('\'key=value; k2=v2\'.codePointAt(2)'){ 'key=value; k2=v2'.codePointAt(2) }
  t('\'|m\\n |n\'.codePointAt(-2)'){ '|m\n |n'.codePointAt(-2) }
  t('\'aXbXc\'.codePointBefore(2)'){ 'aXbXc'.codePointBefore(2) }
  t('\'A1b2C3\'.codePointBefore(5)'){ 'A1b2C3'.codePointBefore(5) }
  t('\'key=value; k2=v2\'.codePointBefore(-5)'){ 'key=value; k2=v2'.codePointBefore(-5) }
  t('\'ab_cd\'.codePointBefore(-5)'){ 'ab_cd'.codePointBefore(-5) }
  t('\'123\'.codePointBefore(0)'){ '123'.codePointBefore(0) }
  t('\'foo.bar.baz\'.codePointCount(3, 0)'){ 'foo.bar.baz'.codePointCount(3, 0) }
  t('\'  padded\\t\'.codePointCount(5, 0)'){ '  padded\t'.codePointCount(5, 0) }
  t('\'123\'.codePointCount(1, -5)'){ '123'.codePointCount(1, -5) }
  t('\'foo.bar.baz\'.codePointCount(4, 2)'){ 'foo.bar.baz'.codePointCount(4, 2) }
  t('\'aXbXc\'.codePointCount(5, 4)'){ 'aXbXc'.codePointCount(5, 4) }
}
def f30(){
  t('\'-45.6\'.offsetByCodePoints(2, 1)'){ '-45.6'.offsetByCodePoints(2, 1) }
  t('\'  padded\\t\'.offsetByCodePoints(4, 0)'){ '  padded\t'.offsetByCodePoints(4, 0) }
  t('\'  padded\\t\'.offsetByCodePoints(5, 2)'){ '  padded\t'.offsetByCodePoints(5, 2) }
  t('\'\'.offsetByCodePoints(0, 8)'){ ''.offsetByCodePoints(0, 8) }
  t('\'  x\\n    y\\n\\n  z\\n\'.offsetByCodePoints(2, -1)'){ '  x\n    y\n\n  z\n'.offsetByCodePoints(2, -1) }
  t('\'a\'.indexOf(\'line\')'){ 'a'.indexOf('line') }
  t('\'Hello World\'.indexOf(\'=\')'){ 'Hello World'.indexOf('=') }
  t('\'a,b,,c,\'.indexOf(\'line\', 5)'){ 'a,b,,c,'.indexOf('line', 5) }
  t('\'a\\tb\\tc\'.indexOf(\'12\')'){ 'a\tb\tc'.indexOf('12') }
  t('\'x\'.indexOf(1)'){ 'x'.indexOf(1) }
  t('\'ab_cd\'.lastIndexOf(\'X\')'){ 'ab_cd'.lastIndexOf('X') }
  t('\'aXbXc\'.lastIndexOf(\'lo\', 20)'){ 'aXbXc'.lastIndexOf('lo', 20) }
  t('\'  padded\\t\'.lastIndexOf(\'.\', 4)'){ '  padded\t'.lastIndexOf('.', 4) }
  t('\'a\'.lastIndexOf(\',\', 8)'){ 'a'.lastIndexOf(',', 8) }
  t('\'x\'.lastIndexOf(\'\\n\', 5)'){ 'x'.lastIndexOf('\n', 5) }
  t('\'ÀÉß\'.startsWith(\'😀\', 0)'){ 'ÀÉß'.startsWith('😀', 0) }
  t('\'\'.startsWith(\'a\', 20)'){ ''.startsWith('a', 20) }
  t('\'\\n\\n\'.startsWith(\'\')'){ '\n\n'.startsWith('') }
  t('\'  x\\n    y\\n\\n  z\\n\'.startsWith(\' \', -1)'){ '  x\n    y\n\n  z\n'.startsWith(' ', -1) }
  t('\'aaa\'.startsWith(\' \')'){ 'aaa'.startsWith(' ') }
  t('\'A1b2C3\'.endsWith(\'line\')'){ 'A1b2C3'.endsWith('line') }
  t('\'a\'.endsWith(\'zz\')'){ 'a'.endsWith('zz') }
  t('\'A1b2C3\'.endsWith(\' \')'){ 'A1b2C3'.endsWith(' ') }
  t('\'key=value; k2=v2\'.endsWith(\'12\')'){ 'key=value; k2=v2'.endsWith('12') }
  t('\'\\n\\n\'.endsWith(\'=\')'){ '\n\n'.endsWith('=') }
  t('\'x\'.contains(\'\\n\')'){ 'x'.contains('\n') }
  t('\'  padded\\t\'.contains(\'=\')'){ '  padded\t'.contains('=') }
  t('\'a,b,,c,\'.contains(\'😀\')'){ 'a,b,,c,'.contains('😀') }
  t('\'a\'.contains(\'zz\')'){ 'a'.contains('zz') }
  t('\'123\'.contains(\'12\')'){ '123'.contains('12') }
}
def f60(){
  t('\'key=value; k2=v2\'.replace(\'zz\', \'12\')'){ 'key=value; k2=v2'.replace('zz', '12') }
  t('\'line1\\nline2\\r\\nline3\'.replace(\'😀\', \'\\n\')'){ 'line1\nline2\r\nline3'.replace('😀', '\n') }
  t('\'\\n\\n\'.replace((\'b\' as char), (\' \' as char))'){ '\n\n'.replace(('b' as char), (' ' as char)) }
  t('\'Hello World\'.replace((\'.\' as char), (\'.\' as char))'){ 'Hello World'.replace(('.' as char), ('.' as char)) }
  t('\'key=value; k2=v2\'.replace(\'line\', \'=\')'){ 'key=value; k2=v2'.replace('line', '=') }
  t('\'  x\\n    y\\n\\n  z\\n\'.split()'){ '  x\n    y\n\n  z\n'.split() }
  t('\'aXbXc\'.split(\'(a)|(b)\')'){ 'aXbXc'.split('(a)|(b)') }
  t('\'a\\tb\\tc\'.split(\'(\\\\w)(\\\\d)\', 20)'){ 'a\tb\tc'.split('(\\w)(\\d)', 20) }
  t('\'ÀÉß\'.split(\'(\\\\w)(\\\\d)\')'){ 'ÀÉß'.split('(\\w)(\\d)') }
  t('\'x\'.split(\'.\', 20)'){ 'x'.split('.', 20) }
  t('\'  padded\\t\'.matches(\'(?m)^\')'){ '  padded\t'.matches('(?m)^') }
  t('\'aaa\'.matches(\'x*\')'){ 'aaa'.matches('x*') }
  t('\'  padded\\t\'.matches(\'\\\\d+\')'){ '  padded\t'.matches('\\d+') }
  t('\'a\\tb\\tc\'.matches(\'o\')'){ 'a\tb\tc'.matches('o') }
  t('\'a\\tb\\tc\'.matches(\'\\\\b\')'){ 'a\tb\tc'.matches('\\b') }
  t('\'aXbXc\'.replaceAll(\'\\\\b\', \'\')'){ 'aXbXc'.replaceAll('\\b', '') }
  t('\'line1\\nline2\\r\\nline3\'.replaceAll(\'(?i)A\', \'x\\\$\')'){ 'line1\nline2\r\nline3'.replaceAll('(?i)A', 'x\$') }
  t('\'ab_cd\'.replaceAll(\'^\', \'-\')'){ 'ab_cd'.replaceAll('^', '-') }
  t('\'a\\tb\\tc\'.replaceAll(\'line(\\\\d)\', \'\\\$2\')'){ 'a\tb\tc'.replaceAll('line(\\d)', '\$2') }
  t('\'key=value; k2=v2\'.replaceAll(\'line(\\\\d)\', \'[\\\$1]\')'){ 'key=value; k2=v2'.replaceAll('line(\\d)', '[\$1]') }
  t('\'a\'.replaceFirst(\'\\\\.\', \'[\\\$1]\')'){ 'a'.replaceFirst('\\.', '[\$1]') }
  t('\'key=value; k2=v2\'.replaceFirst(\'(a)|(b)\', \'\\\\\\\$\')'){ 'key=value; k2=v2'.replaceFirst('(a)|(b)', '\\\$') }
  t('\'\\n\\n\'.replaceFirst(\'[a-c]\', \'\')'){ '\n\n'.replaceFirst('[a-c]', '') }
  t('\'\'.replaceFirst(\'(?m)^\', \'x\\\$\')'){ ''.replaceFirst('(?m)^', 'x\$') }
  t('\'x\'.replaceFirst(\'\\\\d+\', \'\\\$0\')'){ 'x'.replaceFirst('\\d+', '\$0') }
  t('\'  padded\\t\'.toUpperCase()'){ '  padded\t'.toUpperCase() }
  t('\'aaa\'.toUpperCase()'){ 'aaa'.toUpperCase() }
  t('\'\\n\\n\'.toUpperCase()'){ '\n\n'.toUpperCase() }
  t('\'|m\\n |n\'.toUpperCase()'){ '|m\n |n'.toUpperCase() }
  t('\'a\'.toUpperCase()'){ 'a'.toUpperCase() }
}
def f90(){
  t('\'aXbXc\'.toLowerCase()'){ 'aXbXc'.toLowerCase() }
  t('\'123\'.toLowerCase()'){ '123'.toLowerCase() }
  t('\'key=value; k2=v2\'.toLowerCase()'){ 'key=value; k2=v2'.toLowerCase() }
  t('\'a,b,,c,\'.toLowerCase()'){ 'a,b,,c,'.toLowerCase() }
  t('\'|m\\n |n\'.toLowerCase()'){ '|m\n |n'.toLowerCase() }
  t('\'foo.bar.baz\'.trim()'){ 'foo.bar.baz'.trim() }
  t('\'123\'.trim()'){ '123'.trim() }
  t('\'foo.bar.baz\'.trim()'){ 'foo.bar.baz'.trim() }
  t('\'a\\tb\\tc\'.trim()'){ 'a\tb\tc'.trim() }
  t('\'key=value; k2=v2\'.trim()'){ 'key=value; k2=v2'.trim() }
  t('\'key=value; k2=v2\'.strip()'){ 'key=value; k2=v2'.strip() }
  t('\'  padded\\t\'.strip()'){ '  padded\t'.strip() }
  t('\'line1\\nline2\\r\\nline3\'.strip()'){ 'line1\nline2\r\nline3'.strip() }
  t('\'Hello World\'.strip()'){ 'Hello World'.strip() }
  t('\'ab_cd\'.strip()'){ 'ab_cd'.strip() }
  t('\'x\'.isBlank()'){ 'x'.isBlank() }
  t('\'ÀÉß\'.isBlank()'){ 'ÀÉß'.isBlank() }
  t('\'ÀÉß\'.isBlank()'){ 'ÀÉß'.isBlank() }
  t('\'\'.isBlank()'){ ''.isBlank() }
  t('\'a\'.isBlank()'){ 'a'.isBlank() }
  t('\'line1\\nline2\\r\\nline3\'.repeat(-1)'){ 'line1\nline2\r\nline3'.repeat(-1) }
  t('\'ÀÉß\'.repeat(0)'){ 'ÀÉß'.repeat(0) }
  t('\'ÀÉß\'.repeat(-1)'){ 'ÀÉß'.repeat(-1) }
  t('\'Hello World\'.repeat(8)'){ 'Hello World'.repeat(8) }
  t('\'aaa\'.repeat(20)'){ 'aaa'.repeat(20) }
  t('\'Hello World\'.concat(\'lo\')'){ 'Hello World'.concat('lo') }
  t('\'a,b,,c,\'.concat(\'.\')'){ 'a,b,,c,'.concat('.') }
  t('\'aaa\'.concat(\'line\')'){ 'aaa'.concat('line') }
  t('\'aXbXc\'.concat(\'lo\')'){ 'aXbXc'.concat('lo') }
  t('\'123\'.concat(\'A\')'){ '123'.concat('A') }
}
def f120(){
  t('\'\'.compareTo(\'|m\\n |n\')'){ ''.compareTo('|m\n |n') }
  t('\'aXbXc\'.compareTo(\'aaa\')'){ 'aXbXc'.compareTo('aaa') }
  t('\'\\n\\n\'.compareTo(\'123\')'){ '\n\n'.compareTo('123') }
  t('\'aXbXc\'.compareTo(\'foo.bar.baz\')'){ 'aXbXc'.compareTo('foo.bar.baz') }
  t('\'aXbXc\'.compareTo(\'a,b,,c,\')'){ 'aXbXc'.compareTo('a,b,,c,') }
  t('\'Hello World\'.compareToIgnoreCase(\'  x\\n    y\\n\\n  z\\n\')'){ 'Hello World'.compareToIgnoreCase('  x\n    y\n\n  z\n') }
  t('\'a\'.compareToIgnoreCase(\'abc\')'){ 'a'.compareToIgnoreCase('abc') }
  t('\'\'.compareToIgnoreCase(\'  x\\n    y\\n\\n  z\\n\')'){ ''.compareToIgnoreCase('  x\n    y\n\n  z\n') }
  t('\'foo.bar.baz\'.compareToIgnoreCase(\'A1b2C3\')'){ 'foo.bar.baz'.compareToIgnoreCase('A1b2C3') }
  t('\'  x\\n    y\\n\\n  z\\n\'.compareToIgnoreCase(\'A1b2C3\')'){ '  x\n    y\n\n  z\n'.compareToIgnoreCase('A1b2C3') }
  t('\'line1\\nline2\\r\\nline3\'.equalsIgnoreCase(\'x\')'){ 'line1\nline2\r\nline3'.equalsIgnoreCase('x') }
  t('\'123\'.equalsIgnoreCase(\'a\\tb\\tc\')'){ '123'.equalsIgnoreCase('a\tb\tc') }
  t('\'key=value; k2=v2\'.equalsIgnoreCase(\'  x\\n    y\\n\\n  z\\n\')'){ 'key=value; k2=v2'.equalsIgnoreCase('  x\n    y\n\n  z\n') }
  t('\'foo.bar.baz\'.equalsIgnoreCase(\'x\')'){ 'foo.bar.baz'.equalsIgnoreCase('x') }
  t('\'aXbXc\'.equalsIgnoreCase(\'a\')'){ 'aXbXc'.equalsIgnoreCase('a') }
  t('\'ÀÉß\'.hashCode()'){ 'ÀÉß'.hashCode() }
  t('\'aaa\'.hashCode()'){ 'aaa'.hashCode() }
  t('\'|m\\n |n\'.hashCode()'){ '|m\n |n'.hashCode() }
  t('\'line1\\nline2\\r\\nline3\'.hashCode()'){ 'line1\nline2\r\nline3'.hashCode() }
  t('\'Hello World\'.hashCode()'){ 'Hello World'.hashCode() }
  t('\'a\\tb\\tc\'.regionMatches(3, \'a\\tb\\tc\', 3, 2)'){ 'a\tb\tc'.regionMatches(3, 'a\tb\tc', 3, 2) }
  t('\'x\'.regionMatches(4, \'a\\tb\\tc\', 0, 8)'){ 'x'.regionMatches(4, 'a\tb\tc', 0, 8) }
  t('\'|m\\n |n\'.regionMatches(-2, \'  x\\n    y\\n\\n  z\\n\', 2, 3)'){ '|m\n |n'.regionMatches(-2, '  x\n    y\n\n  z\n', 2, 3) }
  t('\'a\\tb\\tc\'.regionMatches(5, \'-45.6\', 1, 1)'){ 'a\tb\tc'.regionMatches(5, '-45.6', 1, 1) }
  t('\'aaa\'.regionMatches(-2, \'Hello World\', 8, 20)'){ 'aaa'.regionMatches(-2, 'Hello World', 8, 20) }
  t('\'\\n\\n\'.indent(2)'){ '\n\n'.indent(2) }
  t('\'foo.bar.baz\'.indent(8)'){ 'foo.bar.baz'.indent(8) }
  t('\'a\\tb\\tc\'.indent(3)'){ 'a\tb\tc'.indent(3) }
  t('\'aXbXc\'.indent(2)'){ 'aXbXc'.indent(2) }
  t('\'foo.bar.baz\'.indent(5)'){ 'foo.bar.baz'.indent(5) }
}
def f150(){
  t('\'  padded\\t\'.stripIndent(-2)'){ '  padded\t'.stripIndent(-2) }
  t('\'a\\tb\\tc\'.stripIndent(0)'){ 'a\tb\tc'.stripIndent(0) }
  t('\'aXbXc\'.stripIndent(8)'){ 'aXbXc'.stripIndent(8) }
  t('\'ÀÉß\'.stripIndent()'){ 'ÀÉß'.stripIndent() }
  t('\'x\'.stripIndent(2)'){ 'x'.stripIndent(2) }
  t('\'a\\tb\\tc\'.center(-5, \'line\')'){ 'a\tb\tc'.center(-5, 'line') }
  t('\'ab_cd\'.center(20)'){ 'ab_cd'.center(20) }
  t('\'  padded\\t\'.center(1)'){ '  padded\t'.center(1) }
  t('\'ÀÉß\'.center(-2, \'.\')'){ 'ÀÉß'.center(-2, '.') }
  t('\'  x\\n    y\\n\\n  z\\n\'.center(4)'){ '  x\n    y\n\n  z\n'.center(4) }
  t('\'  x\\n    y\\n\\n  z\\n\'.padLeft(-2, \'A\')'){ '  x\n    y\n\n  z\n'.padLeft(-2, 'A') }
  t('\'|m\\n |n\'.padLeft(0)'){ '|m\n |n'.padLeft(0) }
  t('\'line1\\nline2\\r\\nline3\'.padLeft(20)'){ 'line1\nline2\r\nline3'.padLeft(20) }
  t('\'ÀÉß\'.padLeft(4)'){ 'ÀÉß'.padLeft(4) }
  t('\'aaa\'.padLeft(-1, \'12\')'){ 'aaa'.padLeft(-1, '12') }
  t('\'key=value; k2=v2\'.padRight(4, \'lo\')'){ 'key=value; k2=v2'.padRight(4, 'lo') }
  t('\'line1\\nline2\\r\\nline3\'.padRight(1, \'😀\')'){ 'line1\nline2\r\nline3'.padRight(1, '😀') }
  t('\'ab_cd\'.padRight(8)'){ 'ab_cd'.padRight(8) }
  t('\'foo.bar.baz\'.padRight(5, \'.\')'){ 'foo.bar.baz'.padRight(5, '.') }
  t('\'ÀÉß\'.padRight(2, \' \')'){ 'ÀÉß'.padRight(2, ' ') }
  t('\'\'.capitalize()'){ ''.capitalize() }
  t('\'ÀÉß\'.capitalize()'){ 'ÀÉß'.capitalize() }
  t('\'ÀÉß\'.capitalize()'){ 'ÀÉß'.capitalize() }
  t('\'a,b,,c,\'.capitalize()'){ 'a,b,,c,'.capitalize() }
  t('\'A1b2C3\'.capitalize()'){ 'A1b2C3'.capitalize() }
  t('\'  padded\\t\'.uncapitalize()'){ '  padded\t'.uncapitalize() }
  t('\'123\'.uncapitalize()'){ '123'.uncapitalize() }
  t('\'a\'.uncapitalize()'){ 'a'.uncapitalize() }
  t('\'a\'.uncapitalize()'){ 'a'.uncapitalize() }
  t('\'Hello World\'.uncapitalize()'){ 'Hello World'.uncapitalize() }
}
def f180(){
  t('\'  x\\n    y\\n\\n  z\\n\'.tokenize((\'b\' as char))'){ '  x\n    y\n\n  z\n'.tokenize(('b' as char)) }
  t('\'line1\\nline2\\r\\nline3\'.tokenize()'){ 'line1\nline2\r\nline3'.tokenize() }
  t('\'\\n\\n\'.tokenize()'){ '\n\n'.tokenize() }
  t('\'aaa\'.tokenize(\'line\')'){ 'aaa'.tokenize('line') }
  t('\'abc\'.tokenize(\'=\')'){ 'abc'.tokenize('=') }
  t('\'a,b,,c,\'.readLines()'){ 'a,b,,c,'.readLines() }
  t('\'key=value; k2=v2\'.readLines()'){ 'key=value; k2=v2'.readLines() }
  t('\'ab_cd\'.readLines()'){ 'ab_cd'.readLines() }
  t('\'line1\\nline2\\r\\nline3\'.readLines()'){ 'line1\nline2\r\nline3'.readLines() }
  t('\'line1\\nline2\\r\\nline3\'.readLines()'){ 'line1\nline2\r\nline3'.readLines() }
  t('\'  x\\n    y\\n\\n  z\\n\'.stripMargin((\'a\' as char))'){ '  x\n    y\n\n  z\n'.stripMargin(('a' as char)) }
  t('\'\\n\\n\'.stripMargin(\'a\')'){ '\n\n'.stripMargin('a') }
  t('\'Hello World\'.stripMargin((\',\' as char))'){ 'Hello World'.stripMargin((',' as char)) }
  t('\'ab_cd\'.stripMargin(\'=\')'){ 'ab_cd'.stripMargin('=') }
  t('\'A1b2C3\'.stripMargin()'){ 'A1b2C3'.stripMargin() }
  t('\'123\'.normalize()'){ '123'.normalize() }
  t('\'\'.normalize()'){ ''.normalize() }
  t('\'key=value; k2=v2\'.normalize()'){ 'key=value; k2=v2'.normalize() }
  t('\'key=value; k2=v2\'.normalize()'){ 'key=value; k2=v2'.normalize() }
  t('\'abc\'.normalize()'){ 'abc'.normalize() }
  t('\'\\n\\n\'.expand(8)'){ '\n\n'.expand(8) }
  t('\'ab_cd\'.expand()'){ 'ab_cd'.expand() }
  t('\'a,b,,c,\'.expand(8)'){ 'a,b,,c,'.expand(8) }
  t('\'a\\tb\\tc\'.expand()'){ 'a\tb\tc'.expand() }
  t('\'ab_cd\'.expand()'){ 'ab_cd'.expand() }
  t('\'  x\\n    y\\n\\n  z\\n\'.unexpand(4)'){ '  x\n    y\n\n  z\n'.unexpand(4) }
  t('\'|m\\n |n\'.unexpand(8)'){ '|m\n |n'.unexpand(8) }
  t('\'a\'.unexpand(1)'){ 'a'.unexpand(1) }
  t('\'ÀÉß\'.unexpand(4)'){ 'ÀÉß'.unexpand(4) }
  t('\'x\'.unexpand(1)'){ 'x'.unexpand(1) }
}
def f210(){
  t('\'Hello World\'.tr(\'A\', \'a\')'){ 'Hello World'.tr('A', 'a') }
  t('\'a,b,,c,\'.tr(\'b\', \'=\')'){ 'a,b,,c,'.tr('b', '=') }
  t('\'\\n\\n\'.tr(\'zz\', \'line\')'){ '\n\n'.tr('zz', 'line') }
  t('\'aXbXc\'.tr(\'\', \'line\')'){ 'aXbXc'.tr('', 'line') }
  t('\'\'.tr(\'A\', \' \')'){ ''.tr('A', ' ') }
  t('\'-45.6\'.multiply(1)'){ '-45.6'.multiply(1) }
  t('\'  padded\\t\'.multiply(2)'){ '  padded\t'.multiply(2) }
  t('\'ÀÉß\'.multiply(-5)'){ 'ÀÉß'.multiply(-5) }
  t('\'line1\\nline2\\r\\nline3\'.multiply(3)'){ 'line1\nline2\r\nline3'.multiply(3) }
  t('\'foo.bar.baz\'.multiply(-5)'){ 'foo.bar.baz'.multiply(-5) }
  t('\'ÀÉß\'.minus(\'aXbXc\')'){ 'ÀÉß'.minus('aXbXc') }
  t('\'aaa\'.minus(\'=\')'){ 'aaa'.minus('=') }
  t('\'aXbXc\'.minus(\'123\')'){ 'aXbXc'.minus('123') }
  t('\'A1b2C3\'.minus(\'a\')'){ 'A1b2C3'.minus('a') }
  t('\'ab_cd\'.minus(\'\\n\\n\')'){ 'ab_cd'.minus('\n\n') }
  t('\'foo.bar.baz\'.plus(\',\')'){ 'foo.bar.baz'.plus(',') }
  t('\'a\'.plus(\'\')'){ 'a'.plus('') }
  t('\'\\n\\n\'.plus(\'X\')'){ '\n\n'.plus('X') }
  t('\'Hello World\'.plus(\'12\')'){ 'Hello World'.plus('12') }
  t('\'foo.bar.baz\'.plus(\'b\')'){ 'foo.bar.baz'.plus('b') }
  t('\'123\'.next()'){ '123'.next() }
  t('\'|m\\n |n\'.next()'){ '|m\n |n'.next() }
  t('\'123\'.next()'){ '123'.next() }
  t('\'aXbXc\'.next()'){ 'aXbXc'.next() }
  t('\'a\\tb\\tc\'.next()'){ 'a\tb\tc'.next() }
  t('\'x\'.previous()'){ 'x'.previous() }
  t('\'aaa\'.previous()'){ 'aaa'.previous() }
  t('\'  x\\n    y\\n\\n  z\\n\'.previous()'){ '  x\n    y\n\n  z\n'.previous() }
  t('\'Hello World\'.previous()'){ 'Hello World'.previous() }
  t('\'aaa\'.previous()'){ 'aaa'.previous() }
}
def f240(){
  t('\'-45.6\'.getAt((5..0))'){ '-45.6'.getAt((5..0)) }
  t('\'a,b,,c,\'.getAt([3,2..0])'){ 'a,b,,c,'.getAt([3,2..0]) }
  t('\'aaa\'.getAt([20,-1..5])'){ 'aaa'.getAt([20,-1..5]) }
  t('\'line1\\nline2\\r\\nline3\'.getAt([-1,-2])'){ 'line1\nline2\r\nline3'.getAt([-1,-2]) }
  t('\'|m\\n |n\'.getAt([0,-1])'){ '|m\n |n'.getAt([0,-1]) }
  t('\'a\\tb\\tc\'.toList()'){ 'a\tb\tc'.toList() }
  t('\'-45.6\'.toList()'){ '-45.6'.toList() }
  t('\'123\'.toList()'){ '123'.toList() }
  t('\'line1\\nline2\\r\\nline3\'.toList()'){ 'line1\nline2\r\nline3'.toList() }
  t('\'A1b2C3\'.toList()'){ 'A1b2C3'.toList() }
  t('\'a,b,,c,\'.find(\'(?s).*\')'){ 'a,b,,c,'.find('(?s).*') }
  t('\'  padded\\t\'.find(\'.*\')'){ '  padded\t'.find('.*') }
  t('\'  padded\\t\'.find(\'(?s).*\')'){ '  padded\t'.find('(?s).*') }
  t('\'aaa\'.find(\'\\\\b\')'){ 'aaa'.find('\\b') }
  t('\'  padded\\t\'.find(\'\')'){ '  padded\t'.find('') }
  t('\'foo.bar.baz\'.findAll(\'\\\\.\')'){ 'foo.bar.baz'.findAll('\\.') }
  t('\'aaa\'.findAll(\'\')'){ 'aaa'.findAll('') }
  t('\'ab_cd\'.findAll(\'(?i)A\')'){ 'ab_cd'.findAll('(?i)A') }
  t('\'x\'.findAll(\'line(\\\\d)\')'){ 'x'.findAll('line(\\d)') }
  t('\'abc\'.findAll(\'(?i)A\')'){ 'abc'.findAll('(?i)A') }
  t('\'\\n\\n\'.take(-1)'){ '\n\n'.take(-1) }
  t('\'A1b2C3\'.take(5)'){ 'A1b2C3'.take(5) }
  t('\'foo.bar.baz\'.take(3)'){ 'foo.bar.baz'.take(3) }
  t('\'ab_cd\'.take(4)'){ 'ab_cd'.take(4) }
  t('\'x\'.take(0)'){ 'x'.take(0) }
  t('\'  padded\\t\'.drop(5)'){ '  padded\t'.drop(5) }
  t('\'\'.drop(20)'){ ''.drop(20) }
  t('\'\\n\\n\'.drop(-2)'){ '\n\n'.drop(-2) }
  t('\'ÀÉß\'.drop(3)'){ 'ÀÉß'.drop(3) }
  t('\'-45.6\'.drop(-2)'){ '-45.6'.drop(-2) }
}
def f270(){
  t('\'  padded\\t\'.count(\'line\')'){ '  padded\t'.count('line') }
  t('\'  padded\\t\'.count(\'b\')'){ '  padded\t'.count('b') }
  t('\'a\\tb\\tc\'.count(\'a\')'){ 'a\tb\tc'.count('a') }
  t('\'Hello World\'.count(\'\')'){ 'Hello World'.count('') }
  t('\'|m\\n |n\'.count(\'a\')'){ '|m\n |n'.count('a') }
  t('\'|m\\n |n\'.reverse()'){ '|m\n |n'.reverse() }
  t('\'aXbXc\'.reverse()'){ 'aXbXc'.reverse() }
  t('\'A1b2C3\'.reverse()'){ 'A1b2C3'.reverse() }
  t('\'-45.6\'.reverse()'){ '-45.6'.reverse() }
  t('\'123\'.reverse()'){ '123'.reverse() }
  t('\'aXbXc\'.isNumber()'){ 'aXbXc'.isNumber() }
  t('\'aXbXc\'.isNumber()'){ 'aXbXc'.isNumber() }
  t('\'Hello World\'.isNumber()'){ 'Hello World'.isNumber() }
  t('\'|m\\n |n\'.isNumber()'){ '|m\n |n'.isNumber() }
  t('\'a\\tb\\tc\'.isNumber()'){ 'a\tb\tc'.isNumber() }
  t('\'aaa\'.isInteger()'){ 'aaa'.isInteger() }
  t('\'a\\tb\\tc\'.isInteger()'){ 'a\tb\tc'.isInteger() }
  t('\'Hello World\'.isInteger()'){ 'Hello World'.isInteger() }
  t('\'key=value; k2=v2\'.isInteger()'){ 'key=value; k2=v2'.isInteger() }
  t('\'  padded\\t\'.isInteger()'){ '  padded\t'.isInteger() }
  t('\'-45.6\'.toInteger()'){ '-45.6'.toInteger() }
  t('\'\\n\\n\'.toInteger()'){ '\n\n'.toInteger() }
  t('\'x\'.toInteger()'){ 'x'.toInteger() }
  t('\'abc\'.toInteger()'){ 'abc'.toInteger() }
  t('\'  padded\\t\'.toInteger()'){ '  padded\t'.toInteger() }
  t('\'  padded\\t\'.toBigDecimal()'){ '  padded\t'.toBigDecimal() }
  t('\'ÀÉß\'.toBigDecimal()'){ 'ÀÉß'.toBigDecimal() }
  t('\'  x\\n    y\\n\\n  z\\n\'.toBigDecimal()'){ '  x\n    y\n\n  z\n'.toBigDecimal() }
  t('\'\'.toBigDecimal()'){ ''.toBigDecimal() }
  t('\'a\\tb\\tc\'.toBigDecimal()'){ 'a\tb\tc'.toBigDecimal() }
}
def f300(){
  t('\'key=value; k2=v2\'.toBoolean()'){ 'key=value; k2=v2'.toBoolean() }
  t('\'  padded\\t\'.toBoolean()'){ '  padded\t'.toBoolean() }
  t('\'abc\'.toBoolean()'){ 'abc'.toBoolean() }
  t('\'a,b,,c,\'.toBoolean()'){ 'a,b,,c,'.toBoolean() }
  t('\'foo.bar.baz\'.toBoolean()'){ 'foo.bar.baz'.toBoolean() }
  t('\'key=value; k2=v2\'.isAllWhitespace()'){ 'key=value; k2=v2'.isAllWhitespace() }
  t('\'a\\tb\\tc\'.isAllWhitespace()'){ 'a\tb\tc'.isAllWhitespace() }
  t('\'|m\\n |n\'.isAllWhitespace()'){ '|m\n |n'.isAllWhitespace() }
  t('\'abc\'.isAllWhitespace()'){ 'abc'.isAllWhitespace() }
  t('\'a\\tb\\tc\'.isAllWhitespace()'){ 'a\tb\tc'.isAllWhitespace() }
  t('\'\'.size()'){ ''.size() }
  t('\'a\\tb\\tc\'.size()'){ 'a\tb\tc'.size() }
  t('\'  x\\n    y\\n\\n  z\\n\'.size()'){ '  x\n    y\n\n  z\n'.size() }
  t('\'line1\\nline2\\r\\nline3\'.size()'){ 'line1\nline2\r\nline3'.size() }
  t('\'123\'.size()'){ '123'.size() }
  t('\'foo.bar.baz\'.startsWithAny(\'X\', \'12\')'){ 'foo.bar.baz'.startsWithAny('X', '12') }
  t('\'  x\\n    y\\n\\n  z\\n\'.startsWithAny(\'😀\', \'A\')'){ '  x\n    y\n\n  z\n'.startsWithAny('😀', 'A') }
  t('\'x\'.startsWithAny(\'b\', \'a\')'){ 'x'.startsWithAny('b', 'a') }
  t('\'aXbXc\'.startsWithAny(\'a\', \'zz\')'){ 'aXbXc'.startsWithAny('a', 'zz') }
  t('\'  padded\\t\'.startsWithAny(\'\\n\', \'X\')'){ '  padded\t'.startsWithAny('\n', 'X') }
  t('\'Hello World\'.endsWithAny(\'=\')'){ 'Hello World'.endsWithAny('=') }
  t('\'abc\'.endsWithAny(\'A\')'){ 'abc'.endsWithAny('A') }
  t('\'aaa\'.endsWithAny(\'A\')'){ 'aaa'.endsWithAny('A') }
  t('\'x\'.endsWithAny(\'\')'){ 'x'.endsWithAny('') }
  t('\'aaa\'.endsWithAny(\'😀\')'){ 'aaa'.endsWithAny('😀') }
  t('\'123\'.getChars()'){ '123'.getChars() }
  t('\'  padded\\t\'.getChars()'){ '  padded\t'.getChars() }
  t('\'ÀÉß\'.getChars()'){ 'ÀÉß'.getChars() }
  t('\'Hello World\'.getChars()'){ 'Hello World'.getChars() }
  t('\'\'.getChars()'){ ''.getChars() }
}
def f330(){
  t('\'a\'.toSet()'){ 'a'.toSet() }
  t('\'ab_cd\'.toSet()'){ 'ab_cd'.toSet() }
  t('\'a\\tb\\tc\'.toSet()'){ 'a\tb\tc'.toSet() }
  t('\'ÀÉß\'.toSet()'){ 'ÀÉß'.toSet() }
  t('\'\\n\\n\'.toSet()'){ '\n\n'.toSet() }
  t('\'x\'.isEmpty()'){ 'x'.isEmpty() }
  t('\'abc\'.isEmpty()'){ 'abc'.isEmpty() }
  t('\'Hello World\'.isEmpty()'){ 'Hello World'.isEmpty() }
  t('\'aaa\'.isEmpty()'){ 'aaa'.isEmpty() }
  t('\'a\'.isEmpty()'){ 'a'.isEmpty() }
  t('\'x\'.stripLeading()'){ 'x'.stripLeading() }
  t('\'A1b2C3\'.stripLeading()'){ 'A1b2C3'.stripLeading() }
  t('\'x\'.stripLeading()'){ 'x'.stripLeading() }
  t('\'aaa\'.stripLeading()'){ 'aaa'.stripLeading() }
  t('\'A1b2C3\'.stripLeading()'){ 'A1b2C3'.stripLeading() }
  t('\'\\n\\n\'.stripTrailing()'){ '\n\n'.stripTrailing() }
  t('\'key=value; k2=v2\'.stripTrailing()'){ 'key=value; k2=v2'.stripTrailing() }
  t('\'x\'.stripTrailing()'){ 'x'.stripTrailing() }
  t('\'A1b2C3\'.stripTrailing()'){ 'A1b2C3'.stripTrailing() }
  t('\'-45.6\'.stripTrailing()'){ '-45.6'.stripTrailing() }
  t('\'  padded\\t\'.denormalize()'){ '  padded\t'.denormalize() }
  t('\'aaa\'.denormalize()'){ 'aaa'.denormalize() }
  t('\'ab_cd\'.denormalize()'){ 'ab_cd'.denormalize() }
  t('\'line1\\nline2\\r\\nline3\'.denormalize()'){ 'line1\nline2\r\nline3'.denormalize() }
  t('\'  padded\\t\'.denormalize()'){ '  padded\t'.denormalize() }
  t('\'aaa\'.isCase(\'  padded\\t\')'){ 'aaa'.isCase('  padded\t') }
  t('\'foo.bar.baz\'.isCase(\'  x\\n    y\\n\\n  z\\n\')'){ 'foo.bar.baz'.isCase('  x\n    y\n\n  z\n') }
  t('\'  padded\\t\'.isCase(\'123\')'){ '  padded\t'.isCase('123') }
  t('\'\\n\\n\'.isCase(\'aXbXc\')'){ '\n\n'.isCase('aXbXc') }
  t('\'  padded\\t\'.isCase(\'a\\tb\\tc\')'){ '  padded\t'.isCase('a\tb\tc') }
}
def f360(){
  t('\'\'.contentEquals(\'  padded\\t\')'){ ''.contentEquals('  padded\t') }
  t('\'foo.bar.baz\'.contentEquals(\'  x\\n    y\\n\\n  z\\n\')'){ 'foo.bar.baz'.contentEquals('  x\n    y\n\n  z\n') }
  t('\'A1b2C3\'.contentEquals(\'123\')'){ 'A1b2C3'.contentEquals('123') }
  t('\'a\\tb\\tc\'.contentEquals(\'-45.6\')'){ 'a\tb\tc'.contentEquals('-45.6') }
  t('\'abc\'.contentEquals(\'123\')'){ 'abc'.contentEquals('123') }
  t('\'Hello World\'.toCharArray()'){ 'Hello World'.toCharArray() }
  t('\'\\n\\n\'.toCharArray()'){ '\n\n'.toCharArray() }
  t('\'a,b,,c,\'.toCharArray()'){ 'a,b,,c,'.toCharArray() }
  t('\'\\n\\n\'.toCharArray()'){ '\n\n'.toCharArray() }
  t('\'\'.toCharArray()'){ ''.toCharArray() }
  t('sb \'key=value; k2=v2\'.append(\' \')'){ def b=new StringBuilder('key=value; k2=v2'); def r=b.append(' '); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'\'.append(8)'){ def b=new StringBuilder(''); def r=b.append(8); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'key=value; k2=v2\'.append((\',\' as char))'){ def b=new StringBuilder('key=value; k2=v2'); def r=b.append((',' as char)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'aXbXc\'.append(\'\')'){ def b=new StringBuilder('aXbXc'); def r=b.append(''); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'Hello World\'.insert(0, \' \')'){ def b=new StringBuilder('Hello World'); def r=b.insert(0, ' '); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'\\n\\n\'.insert(20, 20)'){ def b=new StringBuilder('\n\n'); def r=b.insert(20, 20); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'line1\\nline2\\r\\nline3\'.insert(3, 5)'){ def b=new StringBuilder('line1\nline2\r\nline3'); def r=b.insert(3, 5); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'  x\\n    y\\n\\n  z\\n\'.insert(0, 2)'){ def b=new StringBuilder('  x\n    y\n\n  z\n'); def r=b.insert(0, 2); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'aaa\'.delete(-1, 0)'){ def b=new StringBuilder('aaa'); def r=b.delete(-1, 0); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'x\'.delete(0, -1)'){ def b=new StringBuilder('x'); def r=b.delete(0, -1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'abc\'.delete(5, -5)'){ def b=new StringBuilder('abc'); def r=b.delete(5, -5); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'aXbXc\'.delete(3, 3)'){ def b=new StringBuilder('aXbXc'); def r=b.delete(3, 3); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'key=value; k2=v2\'.deleteCharAt(5)'){ def b=new StringBuilder('key=value; k2=v2'); def r=b.deleteCharAt(5); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'123\'.deleteCharAt(8)'){ def b=new StringBuilder('123'); def r=b.deleteCharAt(8); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'  x\\n    y\\n\\n  z\\n\'.deleteCharAt(20)'){ def b=new StringBuilder('  x\n    y\n\n  z\n'); def r=b.deleteCharAt(20); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'aaa\'.deleteCharAt(1)'){ def b=new StringBuilder('aaa'); def r=b.deleteCharAt(1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'a\\tb\\tc\'.replace(-2, 20, \'zz\')'){ def b=new StringBuilder('a\tb\tc'); def r=b.replace(-2, 20, 'zz'); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ab_cd\'.replace(-5, 0, \'X\')'){ def b=new StringBuilder('ab_cd'); def r=b.replace(-5, 0, 'X'); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'a,b,,c,\'.replace(8, 8, \'A\')'){ def b=new StringBuilder('a,b,,c,'); def r=b.replace(8, 8, 'A'); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'\'.replace(-5, 3, \'A\')'){ def b=new StringBuilder(''); def r=b.replace(-5, 3, 'A'); [r instanceof StringBuilder ? "B" : r, b.toString()] }
}
def f390(){
  t('sb \'ÀÉß\'.reverse()'){ def b=new StringBuilder('ÀÉß'); def r=b.reverse(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'a,b,,c,\'.reverse()'){ def b=new StringBuilder('a,b,,c,'); def r=b.reverse(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'\'.reverse()'){ def b=new StringBuilder(''); def r=b.reverse(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'foo.bar.baz\'.reverse()'){ def b=new StringBuilder('foo.bar.baz'); def r=b.reverse(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'aXbXc\'.setLength(-5)'){ def b=new StringBuilder('aXbXc'); def r=b.setLength(-5); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'\'.setLength(20)'){ def b=new StringBuilder(''); def r=b.setLength(20); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'A1b2C3\'.setLength(1)'){ def b=new StringBuilder('A1b2C3'); def r=b.setLength(1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'a,b,,c,\'.setLength(-1)'){ def b=new StringBuilder('a,b,,c,'); def r=b.setLength(-1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'A1b2C3\'.charAt(2)'){ def b=new StringBuilder('A1b2C3'); def r=b.charAt(2); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'-45.6\'.charAt(-2)'){ def b=new StringBuilder('-45.6'); def r=b.charAt(-2); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'key=value; k2=v2\'.charAt(2)'){ def b=new StringBuilder('key=value; k2=v2'); def r=b.charAt(2); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'123\'.charAt(8)'){ def b=new StringBuilder('123'); def r=b.charAt(8); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ÀÉß\'.setCharAt(-2, (\'X\' as char))'){ def b=new StringBuilder('ÀÉß'); def r=b.setCharAt(-2, ('X' as char)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ÀÉß\'.setCharAt(-1, (\',\' as char))'){ def b=new StringBuilder('ÀÉß'); def r=b.setCharAt(-1, (',' as char)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'  x\\n    y\\n\\n  z\\n\'.setCharAt(-2, (\' \' as char))'){ def b=new StringBuilder('  x\n    y\n\n  z\n'); def r=b.setCharAt(-2, (' ' as char)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'a,b,,c,\'.setCharAt(0, (\' \' as char))'){ def b=new StringBuilder('a,b,,c,'); def r=b.setCharAt(0, (' ' as char)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'Hello World\'.substring(-2, 1)'){ def b=new StringBuilder('Hello World'); def r=b.substring(-2, 1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'123\'.substring(1)'){ def b=new StringBuilder('123'); def r=b.substring(1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'a,b,,c,\'.substring(5, 20)'){ def b=new StringBuilder('a,b,,c,'); def r=b.substring(5, 20); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'123\'.substring(2)'){ def b=new StringBuilder('123'); def r=b.substring(2); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'123\'.indexOf(\'12\')'){ def b=new StringBuilder('123'); def r=b.indexOf('12'); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'  padded\\t\'.indexOf(\'.\')'){ def b=new StringBuilder('  padded\t'); def r=b.indexOf('.'); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ÀÉß\'.indexOf(\',\')'){ def b=new StringBuilder('ÀÉß'); def r=b.indexOf(','); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'|m\\n |n\'.indexOf(\'12\', 4)'){ def b=new StringBuilder('|m\n |n'); def r=b.indexOf('12', 4); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'a,b,,c,\'.lastIndexOf(\'\', 1)'){ def b=new StringBuilder('a,b,,c,'); def r=b.lastIndexOf('', 1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'  x\\n    y\\n\\n  z\\n\'.lastIndexOf(\'line\')'){ def b=new StringBuilder('  x\n    y\n\n  z\n'); def r=b.lastIndexOf('line'); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'foo.bar.baz\'.lastIndexOf(\'=\')'){ def b=new StringBuilder('foo.bar.baz'); def r=b.lastIndexOf('='); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'A1b2C3\'.lastIndexOf(\'a\', -5)'){ def b=new StringBuilder('A1b2C3'); def r=b.lastIndexOf('a', -5); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'-45.6\'.length()'){ def b=new StringBuilder('-45.6'); def r=b.length(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'  padded\\t\'.length()'){ def b=new StringBuilder('  padded\t'); def r=b.length(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
}
def f420(){
  t('sb \'aaa\'.length()'){ def b=new StringBuilder('aaa'); def r=b.length(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ÀÉß\'.length()'){ def b=new StringBuilder('ÀÉß'); def r=b.length(); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'123\'.codePointBefore(5)'){ def b=new StringBuilder('123'); def r=b.codePointBefore(5); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'aaa\'.codePointBefore(3)'){ def b=new StringBuilder('aaa'); def r=b.codePointBefore(3); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'aXbXc\'.codePointBefore(2)'){ def b=new StringBuilder('aXbXc'); def r=b.codePointBefore(2); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'x\'.codePointBefore(1)'){ def b=new StringBuilder('x'); def r=b.codePointBefore(1); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ab_cd\'.codePointAt(8)'){ def b=new StringBuilder('ab_cd'); def r=b.codePointAt(8); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'  padded\\t\'.codePointAt(4)'){ def b=new StringBuilder('  padded\t'); def r=b.codePointAt(4); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'\'.codePointAt(4)'){ def b=new StringBuilder(''); def r=b.codePointAt(4); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ab_cd\'.codePointAt(5)'){ def b=new StringBuilder('ab_cd'); def r=b.codePointAt(5); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'x\'.getAt(3)'){ def b=new StringBuilder('x'); def r=b.getAt(3); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'foo.bar.baz\'.getAt((-1..-1))'){ def b=new StringBuilder('foo.bar.baz'); def r=b.getAt((-1..-1)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'A1b2C3\'.getAt((-2..5))'){ def b=new StringBuilder('A1b2C3'); def r=b.getAt((-2..5)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
  t('sb \'ÀÉß\'.getAt((0..-1))'){ def b=new StringBuilder('ÀÉß'); def r=b.getAt((0..-1)); [r instanceof StringBuilder ? "B" : r, b.toString()] }
}
f0()
f30()
f60()
f90()
f120()
f150()
f180()
f210()
f240()
f270()
f300()
f330()
f360()
f390()
f420()