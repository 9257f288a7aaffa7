def sb = new StringBuilder()
sb.append('a').append(1).append(2.5).append(true).append('c' as char).append([1]).append((Object) null)
println sb
println sb.length()
println sb.toString().class.simpleName
sb << 'more' << 5
println sb
sb.insert(0, 'start-')
println sb
sb.delete(0, 6)
println sb
sb.deleteCharAt(0)
println sb
sb.reverse()
println sb
sb.replace(0, 1, 'XYZ')
println sb
println sb.indexOf('Z')
println sb.charAt(1)
println sb[0]
println "$sb"
println sb + 'plus'
println sb.size()
def sb2 = new StringBuilder('init')
println sb2
println sb2 == new StringBuilder('init')
println sb2.toString() == 'init'
def buf = new StringBuffer()
buf << 'x' << "y${1}"
println buf
println buf.class.simpleName
def sw = new StringWriter()
sw << 'written '
sw.write('more')
sw.append('!')
println sw
println sw.toString().size()
def pw = new PrintWriter(sw)
pw.println(' line')
pw.print(5)
pw.flush()
println sw
println sb2.each { print it }
println()
println new StringBuilder().append('abc' as char[])
println new StringBuilder('abc').leftShift('d')
println(new StringBuilder('abc') as String)
def parts = []
3.times { i -> parts << "p$i" }
println parts.inject(new StringBuilder()) { acc, p -> acc << p }
