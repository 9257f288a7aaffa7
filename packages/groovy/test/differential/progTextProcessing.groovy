def text = '''It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness'''
def words = text.toLowerCase().findAll(/\w+/)
println words.size()
println words.countBy { it }.sort { a, b -> b.value <=> a.value ?: a.key <=> b.key }.take(5)
println words.toSet().size()
println words*.size().max()
println words.groupBy { it.size() }.collectEntries { k, v -> [k, v.unique().sort()] }.sort()
println text.readLines()*.size()
println words.findAll { it == it.reverse() }.unique()
println text.split(/[,\n]+/)*.trim().findAll().collect { it.split(' ').last() }
def wrap(s, w) { def out = [], line = ''; s.split(' ').each { if ((line + ' ' + it).trim().size() > w) { out << line; line = it } else line = (line + ' ' + it).trim() }; out << line; out }
println wrap(text.replaceAll('\n', ' '), 25).join('\n')
def caesar = { s, n -> s.collect { c -> def ch = c as char; Character.isLetter(ch) ? (char) ((Character.isUpperCase(ch) ? 65 : 97) + (((int) ch - (Character.isUpperCase(ch) ? 65 : 97) + n) % 26 + 26) % 26) : c }.join() }
println caesar('Hello, World', 3)
println caesar(caesar('Hello, World', 3), -3)
def rle = { s -> s.replaceAll(/(.)\1*/) { all, c -> "${all.size()}$c" } }
println rle('aaabbc')
println '3a2b1c'.replaceAll(/(\d+)(.)/) { all, n, c -> c * (n as int) }
println(['listen', 'silent', 'enlist', 'abc', 'cab'].groupBy { it.toList().sort().join() }.values().toList())
def isPal = { s -> def t = s.toLowerCase().replaceAll(/[^a-z]/, ''); t == t.reverse() }
println isPal('A man, a plan, a canal: Panama')
println 'hello world'.split(' ')*.capitalize().join(' ')
println 'someVariableName'.replaceAll(/[A-Z]/) { '_' + it.toLowerCase() }
println 'snake_case_name'.replaceAll(/_(\w)/) { all, c -> c.toUpperCase() }
def pad = { rows -> def w = (0..<rows[0].size()).collect { i -> rows*.getAt(i)*.toString()*.size().max() }; rows.collect { r -> r.withIndex().collect { c, i -> c.toString().padRight(w[i]) }.join(' | ') }.join('\n') }
println pad([['name', 'qty'], ['apple', 3], ['fig', 120]])
println 'abc'.collect { (char) ((int) (it as char) + 1) }.join()
def lev(a, b) { def d = (0..a.size()).collect { i -> (0..b.size()).collect { j -> i == 0 ? j : j == 0 ? i : 0 } }; for (i in 1..a.size()) for (j in 1..b.size()) d[i][j] = [d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)].min(); d[-1][-1] }
println lev('kitten', 'sitting')
