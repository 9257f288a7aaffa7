def text = '<root a="1"><item id="x">one</item><item id="y">two</item><nested><deep>value</deep></nested><empty/></root>'
def r = new XmlSlurper().parseText(text)
println r.name()
println r.@a
println r.item.size()
println r.item[0].text()
println r.item[1].@id
println r.item*.text()
println r.item.collect { it.@id.text() }
println r.nested.deep
println r.nested.deep.text()
println r.missing.text().isEmpty()
println r.missing.size()
println r.item.find { it.@id == 'y' }.text()
println r.'**'.findAll { it.name() == 'item' }.size()
println r.depthFirst().collect { it.name() }
println r.children().size()
println r.item.@id*.text()
println r.text()
def p = new XmlParser().parseText(text)
println p.name()
println p.@a
println p.attribute('a')
println p.item.size()
println p.item[0].text()
println p.item[0].@id
println p.item*.@id
println p.nested.deep.text()
println p.children().size()
println p.empty[0].value()
println p.nested[0].deep[0].value()
def sw = new StringWriter()
def mk = new groovy.xml.MarkupBuilder(sw)
mk.people { person(id: 1) { name 'Ann'; age 30 }; person(id: 2, 'text') }
println sw
println groovy.xml.XmlUtil.escapeXml('<a & "b">')
try { new XmlSlurper().parseText('<a><b></a>') } catch (e) { println e.class.simpleName }
