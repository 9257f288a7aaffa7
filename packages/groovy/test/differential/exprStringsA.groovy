def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 'abc'.padLeft(6,'-') }
t { 'Hello'.swapCase() }
t { 'hello'.capitalize() }
t { 'a-b_c d'.split(/[-_ ]/) }
t { 'x'.plus('y').minus('x') }
t { 'abc'.toUpperCase().toLowerCase() }
t { 'one two'.tokenize()*.capitalize().join() }
t { 'abcdef'.substring(2,4) }
t { 'abcabc'.replaceFirst('b','_') }
t { 'tESt'.toLowerCase().capitalize() }
t { 'aXbX'.lastIndexOf('X') }
t { '%s'.size() }
t { 'abc'.collect { it.next() }.join() }
t { 'text'.center(10,'.') }
t { 'a'.compareTo('c') }
t { 'abc'[-2..-1] }
t { 'hello world'.count('o') }
t { 'a,b'.split(',') as List }
t { 'abc'.contains('bc') && !'abc'.contains('cb') }
t { '12'.padLeft(5,'0') }
t { ' x '.trim().isEmpty() }
t { 'aaa'.unique() }
