def it1 = [1, 2, 3].iterator()
while (it1.hasNext()) { def v = it1.next(); if (v == 2) it1.remove() }
def l = [1, 2, 3, 4]
def i = l.iterator()
while (i.hasNext()) { if (i.next() % 2 == 0) i.remove() }
println l
def li = l.listIterator()
while (li.hasNext()) { def v = li.next(); li.set(v * 10) }
println l
println([1, 2, 3].stream().mapToInt { it }.sum())
println([1, 2, 3].stream().filter { it > 1 }.count())
println([1, 2, 3].stream().map { "x$it".toString() }.collect(java.util.stream.Collectors.joining(',')))
println([3, 1, 2].stream().sorted().findFirst().get())
println([1, 2, 3].stream().anyMatch { it == 2 })
println([1, 2, 3].stream().reduce(0) { a, b -> a + b })
println([1, 2, 3].iterator().collect { it * 2 })
println([1, 2, 3].iterator().toList())
println([3, 1].iterator().sort().toList())
println([1, 2, 3].iterator().find { it > 1 })
println new StringTokenizer('a b c').collect { it }
def en = Collections.enumeration([7, 8])
println en.toList()
println([1, 2].iterator().with { next() + next() })
println([1, 2, 3, 4].iterator().drop(2).toList())
println([1, 2, 3, 4].iterator().take(2).toList())
def st = new Stack()
st.push(1); st.push(2)
println st.pop() + st.peek()
println st
def q = new LinkedList([1, 2])
q.addFirst(0); q.addLast(3); q.offer(4)
println q
println q.poll() + q.peek() + q.removeLast()
println q
def dq = new ArrayDeque()
dq.push('a'); dq.push('b'); dq.addLast('z')
println dq
println dq.pop()
def pq = new PriorityQueue({ a, b -> b <=> a } as Comparator)
pq.addAll([1, 5, 3])
println pq.poll()
println((1..3).iterator().collect { it })
println([[1, 2], [3]].iterator()*.size())
println 'abc'.iterator().toList()
println([a: 1].iterator().next())
def gen = new Iterator() { int n = 0; boolean hasNext() { n < 3 }; def next() { n++ } }
println gen.collect { it }
