def counts = [:]
for (int i = 0; i < 500000; i++) {
    def key = 'key' + (i % 1000)
    counts[key] = (counts[key] ?: 0) + 1
}
println counts.size()

def byNumber = new HashMap()
for (int i = 0; i < 300000; i++) byNumber.put(i, i * 2)
long total = 0
byNumber.each { k, v -> total += k + v }
for (e in byNumber) total += e.value
println total

def nested = [a: [b: [c: 0]]]
for (int i = 0; i < 300000; i++) nested.a.b.c += 1
println nested

def tree = new TreeMap()
for (int i = 0; i < 50000; i++) tree[(i * 7919) % 50021] = i
println tree.firstKey() + ' ' + tree.lastKey()
println counts.findAll { k, v -> v > 499 }.collect { k, v -> "${k}=${v}".toString() }.sort().take(3)
println counts.sort { a, b -> a.key <=> b.key }.keySet().take(2)
println counts.groupBy { k, v -> k.size() }.collectEntries { k, v -> [k, v.size()] }
