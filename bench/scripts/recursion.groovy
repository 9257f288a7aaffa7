def fib(n) { n < 2 ? n : fib(n - 1) + fib(n - 2) }

int ackermann(int m, int n) {
    if (m == 0) return n + 1
    if (n == 0) return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))
}

def hanoi
int moves = 0
hanoi = { int n, String from, String to, String over ->
    if (n == 0) return
    hanoi(n - 1, from, over, to)
    moves++
    hanoi(n - 1, over, to, from)
}

println fib(30)
println ackermann(2, 300)
hanoi(17, 'a', 'b', 'c')
println moves
