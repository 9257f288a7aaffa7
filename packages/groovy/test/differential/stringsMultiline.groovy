def n = 'N'
def s = """\
  first $n
  second \
joined
  "quoted" 'single' \\ backslash
"""
print s
print '''
a
  b\tc
'''
println s.readLines().size()
println s.stripIndent()
println """x
${[1, 2].collect { "item $it" }.join('\n')}
y"""
println '''|margin
  |kept
  none'''.stripMargin()
println """#m1
   #m2""".stripMargin('#')
println 'con' +
  'cat'
println "a${n}b" + 'c' + "${n}"
println(/a\/b $n \d/)
println($/dollar $n /slash/ \d $$x/$)
def multi = /line1
line2/
println multi.readLines().size()
println '\u0041\t|\\|\'|\"'
println "\$notvar \\\$ ${'$'}"
println 'a\
b'
println """""".isEmpty()
println "" + ''
println 'trailing   '.size()
println """  indented
    more
  same""".stripIndent()
println 'x\r\ny'.normalize().readLines()
println 'a\nb'.denormalize().size()
println "tab\tnl\\n"
println 'é'.length()
println '日本'.reverse()
println '😀'.length()
println '😀'.codePointAt(0)
println "${n}${n}" + "${n}"
