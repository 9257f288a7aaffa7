int count = 0
for (int i = 2; i < 40000; i++) {
    boolean prime = true
    for (int j = 2; j * j <= i; j++) {
        if (i % j == 0) { prime = false; break }
    }
    if (prime) count++
}
println count

long hash = 7
for (int i = 0; i < 1500000; i++) hash = (hash * 31 + i) % 1000000007L
println hash

def x = 0
while (x < 1500000) { x++ }
println x

double area = 0
for (int i = 0; i < 400000; i++) area += Math.sqrt(i as double) / 2.0d
println area > 0

def sum = 0
for (i in 1..1000000) sum += i % 3
println sum

int[] sieve = new int[200000]
for (int i = 2; i < sieve.length; i++) {
    if (sieve[i] == 0) for (int j = i + i; j < sieve.length; j += i) sieve[j] = 1
}
println sieve.count { it == 0 }

int collatz = 0
for (int i = 1; i < 10000; i++) {
    int n = i
    while (n != 1) { n = n % 2 == 0 ? n.intdiv(2) : 3 * n + 1; collatz++ }
}
println collatz
