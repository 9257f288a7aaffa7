import groovy.json.*
def s = new JsonSlurper()
def o = s.parseText('{"name": "x", "n": 1, "d": 1.5, "e": 1e3, "b": true, "nil": null, "list": [1, "a", {"k": []}], "obj": {}, "esc": "a\\n\\"\\u00e9"}')
println o
println o.name
println o.n.class.simpleName
println o.d.class.simpleName
println o.e
println o.e.class.simpleName
println o.list[2].k
println o.esc
println o.nil
println o.getClass().simpleName != null
println o.keySet()
println s.parseText('[1, 2, 3]').sum()
println s.parseText('"str"')
println s.parseText('[]')
println s.parseText('{"big": 12345678901234567890, "neg": -5, "long": 5000000000}')
println s.parseText('{"long": 5000000000}').long.class.simpleName
println JsonOutput.toJson([a: 1, b: [1, 2.5, null, true], c: 'q"uote', d: [e: 'f']])
println JsonOutput.toJson([1, 'a', null])
println JsonOutput.toJson('str\n\t\u00e9/')
println JsonOutput.toJson(null)
println JsonOutput.toJson(5)
println JsonOutput.toJson(1.50)
println JsonOutput.toJson(true)
println JsonOutput.toJson("g${1}")
println JsonOutput.toJson([date: new Date(0)])
println JsonOutput.toJson(['k y': 1, 2: 'two'])
println JsonOutput.toJson([])
println JsonOutput.toJson([:])
println JsonOutput.prettyPrint('{"a":1,"b":[1,2,{"c":null}],"d":{},"e":[]}')
println JsonOutput.prettyPrint(JsonOutput.toJson([x: [y: [z: 'deep']]]))
def b = new JsonBuilder()
b { name 'n'; tags 'a', 'b'; nested { k 1 }; list([1, 2]) }
println b.toString()
println b.toPrettyString()
println new JsonBuilder([a: 1]).toString()
println new JsonBuilder([1, 2]).toString()
b([1, 2, 3]) { v it }
println b
println b.content
['{', '{"a": }', '[1, 2', 'nope', '', '{"a" 1}'].each { try { println s.parseText(it) } catch (e) { println e.class.simpleName } }
println new JsonSlurperClassic().parseText('{"a": [1, {"b": 2}]}')
def m = new JsonSlurperClassic().parseText('{"z": 1, "a": 2}')
println m.a
m.c = 3
println m.size()
println JsonOutput.toJson(m.sort())
class Pojo { String name = 'p'; int v = 1; List l = [1] }
println JsonOutput.toJson([url: new URL('http://x.y/z')])
println JsonOutput.toJson([c: 'c' as char, dd: 1.5d, ff: 2.5f, ll: 5L])
try { JsonOutput.toJson(Double.NaN) } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
