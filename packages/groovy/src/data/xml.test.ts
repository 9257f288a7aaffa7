/** XmlSlurper, XmlParser, XmlUtil and the markup builders. */
import { checkAnswers } from '../time/testing/answers.ts';

const IMPORTS = `import groovy.util.*
import groovy.xml.*`;

const PRELUDE = `
def src = '''<?xml version="1.0"?>
<root a="1" xmlns:n="urn:n">
  <item id="x">one</item>
  <item id="y">two<b>bold</b>tail</item>
  <n:other>3</n:other>
  <!-- c --><empty/>
  <cd><![CDATA[<raw>&]]></cd>
  <deep><item id="z">5 &amp; &lt; &#65;</item></deep>
</root>'''
def x = new XmlSlurper().parseText(src)
def n = new XmlParser().parseText(src)
`;

/** An expression, and what Groovy 2.4.21 on Java 17 prints for it. */
const ANSWERS: readonly (readonly [string, string])[] = [
  ["x.item.size() + ' ' + x.'@a' + ' ' + x.item[0].'@id' + ' ' + x.item[1].text() + '|' + x.name()", '2 1 x twoboldtail|root'],
  ['x.item*.text()', '[one, twoboldtail]'],
  ["x.item.collect { it.'@id'.text() }", '[x, y]'],
  ["x.'**'.findAll { it.name() == 'item' }*.text()", '[one, twoboldtail, 5 & < A]'],
  ['x.depthFirst().collect { it.name() }', '[root, item, item, b, other, empty, cd, deep, item]'],
  ['x.breadthFirst().collect { it.name() }', '[root, item, item, other, empty, cd, deep, b, item]'],
  ["x.'*'.size() + ' ' + x.children().collect { it.name() }", '6 [item, item, other, empty, cd, deep]'],
  ['x.text()', 'onetwoboldtail3<raw>&5 & < A'],
  ['x.toString()', 'onetwoboldtail3<raw>&5 & < A'],
  ["x.item.find { it.'@id' == 'y' }.b.text()", 'bold'],
  [
    "x.nothing.text() + '|' + x.nothing.size() + '|' + x.nothing.isEmpty() + (x.nothing ? 't' : 'f') + x.item.getClass() + x.getClass() + x.nothing.getClass() + x.'@a'.getClass() + x.item[0].getClass()+ x.item.findAll{true}.getClass()",
    '|0|truetclass groovy.util.slurpersupport.NodeChildrenclass groovy.util.slurpersupport.NodeChildclass groovy.util.slurpersupport.NodeChildrenclass groovy.util.slurpersupport.Attributesclass groovy.util.slurpersupport.NodeChildclass groovy.util.slurpersupport.FilteredNodeChildren',
  ],
  [
    'x.other.toInteger() + x.other.toLong() + x.other.toBigDecimal() + (x.other as Integer)',
    "org.codehaus.groovy.runtime.typehandling.GroovyCastException: Cannot cast object '3' with class 'groovy.util.slurpersupport.NodeChildren' to class 'java.lang.Integer'",
  ],
  ['x.deep.item.text() + x.cd.text()', '5 & < A<raw>&'],
  ['x.item[0].parent().name() + x.deep.item.parent().name()', 'rootdeep'],
  ["x.'n:other'.text() + '|' + x.declareNamespace(n: 'urn:n').'n:other'.text()", '|3'],
  ['x.item.list()', '[one, twoboldtail]'],
  ["x.item[5].text() + '|' + x.item[-1].text()", '|twoboldtail'],
  ["x == 'x'", 'false'],
  ["x.other == '3'", 'true'],
  ['x.item.each { }.size()', '2'],
  ["x.item.any { it.text() == 'one' }", 'true'],
  ['x.item.iterator().next().getClass()', 'class groovy.util.slurpersupport.NodeChild'],
  ["x.item.'@id'.text() + ' ' + x.item.'@id'*.text() + x.item['@id']", 'xy [x, y]xy'],
  ["x.item.children().size() + ' ' + x.item[1].localText()", '1 [two, tail]'],
  ["x.item.'@missing'.text()", ''],
  [
    'XmlUtil.serialize(x)',
    '<?xml version="1.0" encoding="UTF-8"?><root a="1">\n  <item id="x">one</item>\n  <item id="y">\n    two\n    <b>bold</b>\n    tail\n  </item>\n  <n:other xmlns:n="urn:n">3</n:other>\n  <empty/>\n  <cd>&lt;raw&gt;&amp;</cd>\n  <deep>\n    <item id="z">5 &amp; &lt; A</item>\n  </deep>\n</root>\n',
  ],
  ["XmlUtil.escapeXml('<a href=\"x\">\\'&</a>')", '&lt;a href=&quot;x&quot;&gt;&apos;&amp;&lt;/a&gt;'],
  [
    'XmlUtil.serialize(new XmlParser().parseText(\'<a x="1"><b>t</b><c/></a>\'))',
    '<?xml version="1.0" encoding="UTF-8"?><a x="1">\n    \n  <b>t</b>\n    \n  <c/>\n  \n</a>\n',
  ],
  ["XmlUtil.serialize('<a><b>t</b></a>')", '<?xml version="1.0" encoding="UTF-8"?><a>\n  <b>t</b>\n</a>\n'],
  [
    "n.name() + ' ' + n.'@a' + ' ' + n.item.size() + n.item[0].text() + n.item[1].text() + n.item*.'@id' + n.item.'@id' + n.item[0].'@id'.getClass() + n.getClass() + n.item.getClass()",
    'root 1 2onetwoboldtail[x, y][x, y]class java.lang.Stringclass groovy.util.Nodeclass groovy.util.NodeList',
  ],
  [
    'n.toString()',
    'root[attributes={a=1}; value=[item[attributes={id=x}; value=[one]], item[attributes={id=y}; value=[two, b[attributes={}; value=[bold]], tail]], {urn:n}other[attributes={}; value=[3]], empty[attributes={}; value=[]], cd[attributes={}; value=[<raw>&]], deep[attributes={}; value=[item[attributes={id=z}; value=[5 & < A]]]]]]',
  ],
  ['n.children().collect { it instanceof Node ? it.name() : it }', '[item, item, {urn:n}other, empty, cd, deep]'],
  ['n.item[1].children()', '[two, b[attributes={}; value=[bold]], tail]'],
  ['n.children()[2].name().getClass().toString() + n.children()[2].name()', 'class groovy.xml.QName{urn:n}other'],
  ["n.'**'.item*.text()", '[one, twoboldtail, 5 & < A]'],
  ["n.'*'*.name()", '[item, item, {urn:n}other, empty, cd, deep]'],
  ['n.deep.item.text() + n.text()', '5 & < Aonetwoboldtail3<raw>&5 & < A'],
  [
    "def a = new Node(null, 'a', [x: 1], 'v'); a.appendNode('b', 'c'); a.'@y' = 2; a.toString() + a.children() + a.value()",
    'a[attributes={x=1, y=2}; value=[v, b[attributes={}; value=c]]][v, b[attributes={}; value=c]][v, b[attributes={}; value=c]]',
  ],
  [
    'def w = new StringWriter(); new XmlNodePrinter(new PrintWriter(w)).print(new XmlParser().parseText(\'<a x="1"><b>t</b><c/></a>\')); w.toString()',
    '<a x="1">\n  <b>\n    t\n  </b>\n  <c/>\n</a>\n',
  ],
  [
    "def w = new StringWriter(); def b = new MarkupBuilder(w); b.root(a: 1, \"b\": \"x'y\") { item('text & <'); item(id: 2) { sub() }; empty(); mkp.yield('hi<'); mkp.comment('c'); mkp.yieldUnescaped('<x/>') }; w.toString()",
    "<root a='1' b='x&apos;y'>\n  <item>text &amp; &lt;</item>\n  <item id='2'>\n    <sub />\n  </item>\n  <empty />hi&lt;<!-- c --><x/>\n</root>",
  ],
  ["def w = new StringWriter(); def b = new MarkupBuilder(w); b.doubleQuotes = true; b.a(x: 'q\"'); w.toString()", '<a x="q&quot;" />'],
  ["def b = new StreamingMarkupBuilder(); b.bind { root(a: 1) { item('x & y'); empty() } }.toString()", "<root a='1'><item>x &amp; y</item><empty/></root>"],
  ["new XmlParser().parseText('')", 'org.xml.sax.SAXParseException: Premature end of file.'],
  [
    "def y = new XmlSlurper().parseText('<a><b>1</b><b>2</b></a>'); y.b[0] = 'new'; y.b[1].replaceNode { c('n') }; y.appendNode { d('e') }; XmlUtil.serialize(y)",
    '<?xml version="1.0" encoding="UTF-8"?><a>\n  <b>new</b>\n  <c>n</c>\n  <d>e</d>\n</a>\n',
  ],
  [
    "def y = new XmlSlurper().parseText('<a><b>1</b></a>'); y.b.'@k' = 'v'; y.b = 'zz'; XmlUtil.serialize(y)",
    '<?xml version="1.0" encoding="UTF-8"?><a>\n  <b k="v">zz</b>\n</a>\n',
  ],
  ["new XmlSlurper().parseText('<a> x <b/> y </a>').text() + '|' + new XmlSlurper().parseText('<a> x </a>').text() + '|'", ' x  y | x |'],
  [
    "new XmlParser().parseText('<a> x <b/> y </a>').children().toString() + new XmlParser().parseText('<a> x </a>').text() + '|'",
    '[ x , b[attributes={}; value=[]],  y ] x |',
  ],
  ["new XmlSlurper(false, false).parseText('<n:a xmlns:n=\"u\"><n:b>1</n:b></n:a>').'n:b'.text()", '1'],
  ["new XmlParser(false, false).parseText('<n:a xmlns:n=\"u\"><n:b>1</n:b></n:a>').'n:b'.text()", '1'],
  ['x.item.sum { it.text().size() }', '14'],
  ['x.item.inject(0) { a, b -> a + 1 }', '2'],
  ["x.item.findAll { it.'@id' != 'x' }.size() + ' ' + x.children().findAll { it.name() == 'item' }.'@id'", '1 xy'],
  ["x.item[0].name() + x.item.name() + x.'@a'", 'itemitem1'],
  ['"${x.item[0]} ${x.item[0].\'@id\'}" + x.item.toList()', 'one x[one, twoboldtail]'],
  ["x.item[0].text().getClass().toString() + x.item.join(',')", 'class java.lang.Stringone,twoboldtail'],
  ["new XmlSlurper().parseText('<a><b c=\"1\"/></a>').b.'@c'.toInteger() + 1", '2'],
  ['x.item.max { it.text() }.text() + x.item.sort { it.text() }*.text()', 'twoboldtail[one, twoboldtail]'],
  ["new XmlSlurper().parseText('').text()", 'org.xml.sax.SAXParseException: Premature end of file.'],
  ["new XmlSlurper().parseText('<a>').text()", 'org.xml.sax.SAXParseException: XML document structures must start and end within the same entity.'],
  ["new XmlSlurper().parseText('<a></b>').text()", 'org.xml.sax.SAXParseException: The element type "a" must be terminated by the matching end-tag "</a>".'],
  ["new XmlSlurper().parseText('<a').text()", 'org.xml.sax.SAXParseException: XML document structures must start and end within the same entity.'],
  ["new XmlSlurper().parseText('x').text()", 'org.xml.sax.SAXParseException: Content is not allowed in prolog.'],
  [
    "new XmlSlurper().parseText('<a/><b/>').text()",
    'org.xml.sax.SAXParseException: The markup in the document following the root element must be well-formed.',
  ],
  [
    "new XmlSlurper().parseText('<a b></a>').text()",
    'org.xml.sax.SAXParseException: Attribute name "b" associated with an element type "a" must be followed by the \' = \' character.',
  ],
  [
    "new XmlSlurper().parseText('<a b=1/>').text()",
    'org.xml.sax.SAXParseException: Open quote is expected for attribute "b" associated with an  element type  "a".',
  ],
  ["new XmlSlurper().parseText('<a>&foo;</a>').text()", 'org.xml.sax.SAXParseException: The entity "foo" was referenced, but not declared.'],
  ['new XmlSlurper().parseText(\'<a b="1" b="2"/>\').text()', 'org.xml.sax.SAXParseException: Attribute "b" was already specified for element "a".'],
  [
    "new XmlSlurper().parseText('<a>&#xZ;</a>').text()",
    'org.xml.sax.SAXParseException: A hexadecimal representation must immediately follow the "&#x" in a character reference.',
  ],
  ["new XmlSlurper().parseText('<n:a/>').text()", 'org.xml.sax.SAXParseException: The prefix "n" for element "n:a" is not bound.'],
  [
    "new XmlSlurper().parseText('<a><![CDATA[x</a>').text()",
    'org.xml.sax.SAXParseException: XML document structures must start and end within the same entity.',
  ],
  [
    'new XmlSlurper().parseText(\'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>\').text()',
    'org.xml.sax.SAXParseException: DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.',
  ],
  [
    "new XmlSlurper().parseText('<a>a & b</a>').text()",
    "org.xml.sax.SAXParseException: The entity name must immediately follow the '&' in the entity reference.",
  ],
  [
    'new XmlSlurper().parseText(\'<a b="<"/>\').text()',
    'org.xml.sax.SAXParseException: The value of attribute "b" associated with an element type "a" must not contain the \'<\' character.',
  ],
  [
    "new XmlSlurper().parseText('<a>]]></a>').text()",
    'org.xml.sax.SAXParseException: The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
  ],
  [
    'new XmlSlurper().parseText(\' <?xml version="1.0"?><a/>\').text()',
    'org.xml.sax.SAXParseException: The processing instruction target matching "[xX][mM][lL]" is not allowed.',
  ],
  ["new XmlSlurper().parseText('<a/>x').text()", 'org.xml.sax.SAXParseException: Content is not allowed in trailing section.'],
  ["new XmlSlurper().parseText('<1/>').text()", 'org.xml.sax.SAXParseException: The markup in the document preceding the root element must be well-formed.'],
  ["new XmlSlurper().parseText('<a><!-- -- --></a>').text()", 'org.xml.sax.SAXParseException: The string "--" is not permitted within comments.'],
  ["new XmlSlurper().parseText('</a>').text()", 'org.xml.sax.SAXParseException: The markup in the document preceding the root element must be well-formed.'],
  ["new XmlSlurper().parseText('<a>x</a >').text()", 'x'],
  ["new XmlSlurper().parseText('<a b=\\'&lt;&#33;\\'/>').text()", ''],
];

checkAnswers({ imports: IMPORTS, prelude: PRELUDE, answers: ANSWERS });
