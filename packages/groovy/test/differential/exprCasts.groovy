def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { (int) 3.7 }
t { (int) 'a' }
t { (char) 98 }
t { (String) 5 }
t { (long) 3 }
t { '5' as int }
t { 5 as String }
t { [1,2] as int[] }
t { 'abc' as List }
t { (List) [1] }
t { 3.7 as int }
t { 65 as char }
t { 'x' as boolean }
t { [] as boolean }
t { 1 as BigDecimal }
t { '1.50' as BigDecimal }
t { (double) 1 }
t { (float) 1.5 }
t { (short) 70000 }
t { (byte) 300 }
t { [1] as Set }
t { 'true' as Boolean }
t { null as Integer }
t { (Object) 1 }
t { [a:1] as HashMap }
t { 1.9d as long }
t { 'A' as char }
