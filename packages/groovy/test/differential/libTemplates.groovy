def render(String t, Map b) { t.replaceAll(/\$\{(\w+)(?::-(\w+))?\}/) { all, k, d -> (b[k] ?: d ?: all).toString() } }
println render('a ${x} b ${y:-def} c ${z}', [x: 1])
println 'Hello ${name}'.replace('${name}', 'Bob')
def m = [user: [name: 'N', tags: ['a', 'b']]]
println "U=${m.user.name} T=${m.user.tags.join(', ')} C=${m.user.tags.size() > 1 ? 'many' : 'one'}"
println """line1 ${m.user.name}
  indented ${-> m.user.tags[0]}
end""".stripIndent()
println '''\
  |margin
  |  two
  |three'''.stripMargin()
def t = { Map a -> "Dear ${a.to},\n${a.lines.collect { " * $it" }.join('\n')}" }
println t(to: 'X', lines: ['one', 'two'])
println "${1}${'2'}${3.0}${[4]}${[a: 5]}${null}${true}"
println "a${"b${"c"}"}"
println "$m.user.name ${m['user']['tags'][-1]}"
println 'tab\tnl\\n "q" \'s\' \u0041'
println(/re\d+ ${m.user.name} \/ x/)
println "sum: ${(1..3).collect { i -> "${i}!" }.join()}"
def g = "x${1}"
println g == 'x1'
println g.hashCode() == 'x1'.hashCode()
println([(g): 1]['x1'])
println(["x1": 1][g])
println g.class.simpleName + ' ' + g.toString().class.simpleName
println g.length() + ' ' + g.size() + ' ' + g[0] + ' ' + g.toUpperCase()
