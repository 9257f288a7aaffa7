def out = new StringBuilder()
for (int i = 0; i < 300000; i++) {
    out.append('line ').append(i).append('\n')
}
println out.length()

int total = 0
for (int i = 0; i < 200000; i++) {
    def text = "item ${i} of ${total % 100}"
    total += text.toString().length()
}
println total

def lines = out.toString().split('\n')
def words = lines.collect { it.tokenize(' ')[1] }
println words.join(',').length()

String joined = ''
for (int i = 0; i < 20000; i++) joined += 'x'
println joined.size()

int vowels = 0
for (line in lines) {
    if (line.contains('7') && line.startsWith('line') && line.toUpperCase().endsWith('1')) vowels += line.replace('line', 'LINE').indexOf('7')
}
println vowels
println lines.findAll { it =~ /\d*99\d*/ }.size()
