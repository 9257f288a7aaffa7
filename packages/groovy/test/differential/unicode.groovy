println '\u00e9\u00e8'
println 'ñandú'.toUpperCase()
println 'ß'.toUpperCase()
println 'İ'.toLowerCase().length()
println '中文字'.size()
println '中文字'[1]
println '中文字'.reverse()
println 'a中'.bytes.length
println 'a中'.getBytes('UTF-8').length
println new String('é'.getBytes('UTF-8'), 'UTF-8')
println 'é'.getBytes('ISO-8859-1').toList()
println '😀x'.size()
println '😀x'.codePointCount(0, 3)
println '日本'.padLeft(5, '*')
println 'naïve café'.split(' ').toList()
println 'Ünïcödé' ==~ /\p{Lu}\p{L}+/
println 'αβγ'.collect { (int) (it as char) }
println 'é' <=> 'f'
println(['é', 'z', 'a'].sort())
println 'x\u0000y'.length()
println '\t|\u0009|'
def größe = 5
println größe
println 'é'.hashCode()
println '中'.hashCode()
