def numbers = (1..200000).collect { it * 7 % 1000 }
int sum = 0
5.times {
    sum += numbers.findAll { it % 2 == 0 }.collect { it + 1 }.inject(0) { a, b -> (a + b) % 1000003 }
}
println sum
println numbers.groupBy { it % 10 }.collectEntries { k, v -> [k, v.size()] }.sort { -it.value }.take(3)
println numbers.sort(false).unique().size()
println numbers.sort(false) { a, b -> b <=> a }[0..4]
println numbers.toSet().size() + numbers.indexed().findAll { i, v -> i % 1000 == 0 }.size()
def list = []
for (int i = 0; i < 300000; i++) list << i
for (int i = 0; i < 300000; i++) list[i] = list[i] + 1
int last = 0
for (x in list) last = x
println last
println list.any { it == 299999 }
println list.every { it > 0 }
println list.collate(7).collect { it.sum() }.max()
