def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { new groovy.json.JsonSlurper().parseText('[1,{"a":null}]') }
t { groovy.json.JsonOutput.toJson([a:[1,'x',null]]) }
t { groovy.json.JsonOutput.toJson('q"\\') }
t { groovy.json.JsonOutput.prettyPrint('[1,{"a":[]}]') }
t { new groovy.json.JsonSlurper().parseText('{"a":{"b":[1,2]}}').a.b[1] }
t { groovy.json.JsonOutput.toJson(1.10) }
t { new groovy.json.JsonSlurper().parseText('1.5').class }
t { new groovy.json.JsonSlurper().parseText('true') }
t { groovy.json.JsonOutput.toJson([:]) }
t { new groovy.json.JsonSlurperClassic().parseText('{"k":1}').k }
t { groovy.json.JsonOutput.toJson("${1}") }
t { new groovy.json.JsonBuilder([x:1]).toString() }
t { groovy.json.JsonOutput.toJson(['é','/']) }
t { new groovy.json.JsonSlurper().parseText('"\\u0041"') }
