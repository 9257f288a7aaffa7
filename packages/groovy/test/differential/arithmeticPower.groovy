def show = { r -> println "$r ${r.class.simpleName}" }
show 2 ** 3
show 2 ** 31
show 2 ** 62
show 2 ** 64
show 2 ** -1
show 2 ** 0
show 2 ** 0.5
show 2L ** 3
show 2L ** 70
show 2.5 ** 2
show 2.5 ** -2
show 2.5d ** 2
show 10G ** 20
show((-2) ** 3)
show((-2) ** 2)
show 1.1 ** 10
show 2f ** 3
show 4 ** 0.5d
show 7.power(2)
show 7.power(2L)
def x = 2
x **= 10
show x
x += 1
show x
x -= 25
show x
x *= 3
show x
x %= 1000
show x
x /= 4
show x
x = 6
x <<= 3
show x
x >>= 2
show x
x |= 3
show x
x &= 9
show x
x ^= 5
show x
x >>>= 1
show x
