def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { 1.class }
t { 1L.class.name }
t { 1.0.class.simpleName }
t { 'x'.class }
t { "${1}".class.simpleName }
t { [].class }
t { [:].getClass() }
t { (1..2).class.simpleName }
t { true.class }
t { 1.0d.class }
t { ('c' as char).class }
t { null.getClass().simpleName }
t { [1].toArray().class.simpleName }
t { ('a'..'c').class.simpleName }
t { (1/2).class }
t { (1+1L).class }
t { (1+1.0).class }
t { (1+1.0f).class }
t { (1.0f+1.0).class }
t { (2**3).class }
t { (2**100).class.simpleName }
t { 1e5.class }
t { 'a'.bytes.class.simpleName }
t { new Date(0).class.name }
t { [1,2].stream().class.simpleName.isEmpty() }
t { ~/x/ instanceof java.util.regex.Pattern }
t { ('a' =~ 'a') instanceof java.util.regex.Matcher }
