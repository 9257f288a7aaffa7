import groovy.transform.Field
@Field Map cache = [:]
@Field static int hits = 0
@Field final List LOG = []
@Field String name = 'n'
def get(k, Closure c) { if (cache.containsKey(k)) { hits++; return cache[k] }; LOG << "miss $k".toString(); cache[k] = c() }
println get('a') { 1 }
println get('a') { 2 }
println get('b') { 3 }
println hits
println LOG
def bump() { name += '!'; name }
println bump() + bump()
[1, 2].each { LOG << it }
println LOG.size()
println this.name
this.name = 'q'
println name
class K { def s; def go() { s.name } }
println new K(s: this).go()
binding.setVariable('bv', 5)
println bv
undeclared = 7
def readIt() { undeclared + 1 }
println readIt()
println binding.variables.containsKey('undeclared')
println binding.hasVariable('name')
