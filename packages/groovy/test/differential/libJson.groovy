import groovy.json.*
def o = [name: 'x', n: 1, d: 1.50, l: [1, null, true, "g${1}"], m: [:], e: [], s: 'q"\\/\n\té', date: null]
println JsonOutput.toJson(o)
println JsonOutput.prettyPrint(JsonOutput.toJson(o))
def p = new JsonSlurper().parseText('{"a": [1, 2.5, 1e3, -0, "x\\u0041", null, true, {"b": {}}], "big": 12345678901234567890, "l": 3000000000}')
println p
println p.a.collect { it?.class?.simpleName }
println p.big.class.simpleName + p.l.class.simpleName
println p.a[7].b == [:]
println p.keySet()
def b = new JsonBuilder()
b.root { name 'n'; list 1, 2; sub { k 'v' }; items([1, 2]) { i -> id i } }
println b.toString()
println new JsonBuilder([a: 1]).toPrettyString()
println JsonOutput.toJson('s') + JsonOutput.toJson(1.0) + JsonOutput.toJson(null) + JsonOutput.toJson([1, 'a'] as Object[])
class Pt { int x; String y }
println JsonOutput.toJson(new Pt(x: 1, y: 'z'))
try { new JsonSlurper().parseText('{bad') } catch (JsonException e) { println e.message.readLines()[0] }
try { new JsonSlurper().parseText('') } catch (e) { println e.class.simpleName }
def c = new JsonSlurperClassic().parseText('{"z": 1, "a": {"k": [1]}}')
println c + [x: 2]
println c.getClass().simpleName
println JsonOutput.toJson([k: new Date(0)])
println JsonOutput.toJson([(1): 2, c: 'c' as char, en: 1])
def merged = p.findAll { it.key != 'a' }
println JsonOutput.toJson(merged)
println new JsonSlurper().parseText('[{"id": 2}, {"id": 1}]').sort { it.id }*.id
println new JsonBuilder([1, 2, 3].collect { [id: it] }).content.size()
