def quick(l) { if (l.size() < 2) return l; def (p, rest) = [l.head(), l.tail()]; quick(rest.findAll { it < p }) + p + quick(rest.findAll { it >= p }) }
println quick([3, 6, 1, 9, 2, 8])
def merge(a, b) { def r = []; int i = 0, j = 0; while (i < a.size() && j < b.size()) r << (a[i] <= b[j] ? a[i++] : b[j++]); r + a.drop(i) + b.drop(j) }
def msort(l) { if (l.size() < 2) return l; int m = l.size() / 2; merge(msort(l[0..<m]), msort(l[m..-1])) }
println msort([5, 2, 4, 7, 1, 3])
def bubble(int[] a) { for (int i = 0; i < a.length; i++) for (int j = 0; j < a.length - i - 1; j++) if (a[j] > a[j + 1]) { int t = a[j]; a[j] = a[j + 1]; a[j + 1] = t }; a }
println bubble([9, 7, 8, 1] as int[]).toList()
def insertion(l) { l.inject([]) { s, x -> def i = s.findIndexOf { it > x }; i < 0 ? s + [x] : s.plus(i, [x]) } }
println insertion([4, 2, 3, 1])
def bsearch(l, x) { int lo = 0, hi = l.size() - 1; while (lo <= hi) { int mid = (lo + hi) >>> 1; if (l[mid] == x) return mid; if (l[mid] < x) lo = mid + 1 else hi = mid - 1 }; -1 }
println bsearch([1, 3, 5, 7, 9], 7)
println bsearch([1, 3, 5, 7, 9], 4)
println Collections.binarySearch([1, 3, 5], 3)
def counting(l) { def c = [:].withDefault { 0 }; l.each { c[it]++ }; c.sort().collectMany { k, v -> [k] * v } }
println counting([3, 1, 3, 2, 1])
def heap = new PriorityQueue([5, 1, 4])
println((1..3).collect { heap.poll() })
