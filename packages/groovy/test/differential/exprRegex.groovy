def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 'a1b2'.replaceAll(/[0-9]/,'#') }
t { 'a1b2' =~ /\d/ ? 1 : 0 }
t { ('k=v' =~ /(\w)=(\w)/)[0] }
t { 'abc' ==~ /[a-c]+/ }
t { 'a.b'.split('\\.').size() }
t { 'x12y3'.findAll(/\d+/) }
t { '2024-01-02'.replaceAll(/(\d+)-(\d+)-(\d+)/,'$3.$2.$1') }
t { 'foo' ==~ 'f.*' }
t { 'aBc'.replaceAll(/[A-Z]/) { it.toLowerCase() } }
t { 'ab12'.find(/[a-z]+/) }
t { ('aab' =~ /a/).count }
t { 'x=1, y=2'.findAll(/(\w)=(\d)/) { a,k,v -> k+v } }
t { 'tab\there'.split(/\t/) as List }
t { 'A-B'.split('-')[1] }
t { (~/x+/).matcher('xx').matches() }
t { 'v1.2.3-rc1' ==~ /v\d+(\.\d+)*(-\w+)?/ }
