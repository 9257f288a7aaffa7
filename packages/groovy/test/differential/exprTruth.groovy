def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { !!1 }
t { !!0 }
t { !![] }
t { !![0] }
t { !!'' }
t { !!' ' }
t { !![:] }
t { !![a:null] }
t { !!null }
t { !!0.0 }
t { !!(0.1) }
t { !!'false' }
t { !!new Object() }
t { !!('a'=~'b') }
t { 1 && 0 }
t { null || 'x' }
t { null ?: 1 }
t { '' ?: 'e' }
t { [] ?: [1] }
t { 0 ? 1 : 2 }
t { !'a' ? 1 : 2 }
t { true && null }
t { false || [] }
t { null == false }
