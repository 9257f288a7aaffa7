def calls = 0
def slow = { n -> calls++; n * n }.memoize()
println slow(3)
println slow(3)
println calls
def fib
fib = { n -> n < 2 ? n : fib(n - 1) + fib(n - 2) }.memoize()
println fib(40)
def lim = { calls++; it }.memoizeAtMost(1)
calls = 0
lim(1); lim(1); lim(2); lim(1)
println calls
def tramp
tramp = { n, acc = 1G -> n <= 1 ? acc : tramp.trampoline(n - 1, acc * n) }.trampoline()
println tramp(20)
println tramp(500).toString().size()
def comp = { it + 1 } >> { it * 2 } >> { "r$it" }
println comp(3)
def cur = { a, b, c, d -> [a, b, c, d] }
println cur.curry(1, 2)(3, 4)
println cur.rcurry(3, 4)(1, 2)
println cur.ncurry(1, 8, 9)(1, 4)
println cur.curry(1).rcurry(4)(2, 3)
println cur.curry(1).maximumNumberOfParameters
println({ a, b -> a - b }.curry(10)(3))
println({ a, b -> a - b }.rcurry(10)(3))
def identity = { it }
println identity('i')
def times = { n, Closure c -> (1..n).collect { c(it) } }
println times(3) { it * 10 }
println times.curry(2)({ -it })
