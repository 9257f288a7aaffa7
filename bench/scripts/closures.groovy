def add = { a, b -> a + b }
def increment = add.curry(1)
def twice = { f -> { x -> f(f(x)) } }
def plusFour = twice(twice(increment))
int n = 0
for (int i = 0; i < 100000; i++) n = plusFour(n)
println n

def counter = { -> int c = 0; return { -> c++ } }()
for (int i = 0; i < 500000; i++) counter()
println counter()

def compose = { it + 1 } >> { it * 2 } << { it - 3 }
long total = 0
200000.times { total += compose(it) }
println total

def memo = { x -> x * x }.memoize()
100000.times { total += memo(it % 50) }
println total

class Config {
    Map values = [:]
    def methodMissing(String name, args) { values[name] = args[0] }
}
def config = new Config()
50000.times { int i ->
    def c = { first i; second i + 1 }
    c.delegate = config
    c.resolveStrategy = Closure.DELEGATE_FIRST
    c()
}
println config.values
