def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { "${1+1}" }
t { "a${'b'}c".size() }
t { "${[1]}" + "${[a:1]}" }
t { "${null}" }
t { "${'x'*3}" }
t { "${1}${2}".toInteger()+1 }
t { "${1}"=='1' }
t { '1'=="${1}" }
t { "${-> 5}" }
t { "${true ? 'y' : 'n'}" }
t { "${1.0/3}" }
t { "${[1,2]*.toString()}" }
t { "a\tb".length() }
t { "${'q'}".class.simpleName }
t { "${'q'}".toString().class.simpleName }
t { ["${'k'}":1].keySet().first().class.simpleName }
t { "${1}" as int }
t { "${'abc'}"[1] }
t { "x${1}y".replace('1','2') }
