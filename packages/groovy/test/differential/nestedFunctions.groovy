def outer(x) {
  def mid = { y ->
    def inner = { z -> x + y + z }
    inner(100)
  }
  mid(10)
}
println outer(1)
def counter() { int c = 0; [inc: { ++c }, dec: { --c }, now: { c }] }
def a = counter(), b = counter()
a.inc(); a.inc(); b.dec()
println a.now() + ' ' + b.now()
def compose(f, g) { { x -> g(f(x)) } }
println compose({ it + 1 }, { it * 2 })(3)
def apply(n, f, x) { (1..n).inject(x) { acc, i -> f(acc) } }
println apply(3, { it * 2 }, 1)
def curry3 = { x -> { y -> { z -> "$x$y$z" } } }
println curry3('a')('b')('c')
def y = { f -> ({ x -> x(x) })({ x -> f({ v -> x(x)(v) }) }) }
println y({ self -> { n -> n < 2 ? 1 : n * self(n - 1) } })(5)
def logs = []
def logged = { name, f -> { Object... args -> logs << name.toString(); f(*args) } }
def add = logged('add') { p, q -> p + q }
println add(1, 2)
println logs
def once = { f -> def done = false, r; { -> if (!done) { r = f(); done = true }; r } }
def o = once { logs << 'once'; 5 }
println o() + o()
println logs
