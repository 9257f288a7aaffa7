def rows = [[n: 'alpha', v: 1.5, c: 10], [n: 'b', v: 22.333, c: 2000], [n: 'gamma-long', v: 0, c: -3]]
rows.each { println sprintf('%-10s|%8.2f|%,7d|', it.n, it.v as double, it.c) }
def w = rows*.n*.size().max()
rows.each { println it.n.padRight(w) + ' ' + it.c.toString().padLeft(6, '0') }
println '=' * 20
println 'x'.center(9, '*') + '|' + 'ab'.center(5) + '|'
println String.format('%05d %x %X %o %e %s %S %c %b %n', 42, 255, 255, 8, 12345.678d, [1], 'up', 'c' as char, true).trim()
println String.format('%2$s %1$s %<s', 'a', 'b')
println String.format('%+d %(d % d', 5, -5, 5)
println String.format('%.3s|%10.3s|%-10s|', 'abcdef', 'abcdef', 'x')
println String.format('%s %s', null, [a: 1])
println String.format('%08.3f %.0f %g', 3.14159d, 2.5d, 0.0001d)
println String.format(Locale.US, '%,.2f', 1234567.891)
printf('%d items%n', 3)
printf('%s-%s\n', ['a', 'b'])
println 1234567.toString().reverse().replaceAll(/(\d{3})(?=\d)/, '$1,').reverse()
println new java.text.DecimalFormat('#,##0.00').format(1234.5)
println new java.text.DecimalFormat('00.#%').format(0.1234)
println 255.toString(16)
