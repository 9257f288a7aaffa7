class LinkedL<T> implements Iterable<T> {
  private static class N { def v; N next }
  private N head
  int size = 0
  LinkedL<T> add(T v) { def n = new N(v: v); if (!head) head = n else { def c = head; while (c.next) c = c.next; c.next = n }; size++; this }
  T getAt(int i) { def c = head; i.times { c = c.next }; c?.v }
  LinkedL<T> leftShift(T v) { add(v) }
  Iterator<T> iterator() { def c = head; [hasNext: { c != null }, next: { def v = c.v; c = c.next; v }] as Iterator }
  LinkedL<T> reverse() { def r = null, c = head; while (c) { def nx = c.next; c.next = r; r = c; c = nx }; head = r; this }
  String toString() { collect { it }.toString() }
}
def l = new LinkedL<Integer>()
l << 1 << 2
l.add(3)
println l
println l[1]
println l.size
println l.reverse()
println l.sum()
println l.collect { it * 2 }
println l.find { it < 3 }
class Lru extends LinkedHashMap { int cap; Lru(int c) { super(16, 0.75f, true); cap = c }; boolean removeEldestEntry(Map.Entry e) { size() > cap } }
class Tree { def v; Tree l, r; void insert(x) { if (x < v) { if (l) l.insert(x) else l = new Tree(v: x) } else { if (r) r.insert(x) else r = new Tree(v: x) } }; List inorder() { (l?.inorder() ?: []) + v + (r?.inorder() ?: []) }; int height() { 1 + Math.max(l?.height() ?: 0, r?.height() ?: 0) } }
def t = new Tree(v: 5)
[3, 8, 1, 4, 9].each { t.insert(it) }
println t.inorder()
println t.height()
class Stk { private items = []; def push(x) { items.push(x); this }; def pop() { if (!items) throw new IllegalStateException('empty'); items.pop() }; boolean asBoolean() { items as boolean }; int size() { items.size() } }
def s = new Stk().push(1).push(2)
println s.size()
println s ? 'has' : 'none'
s.pop(); s.pop()
println s ? 'has' : 'none'
try { s.pop() } catch (e) { println e.message }
def graph = [a: ['b', 'c'], b: ['d'], c: ['d', 'e'], d: ['f'], e: ['f'], f: []]
def bfs = { start -> def seen = [start] as LinkedHashSet, q = [start] as LinkedList; while (q) { graph[q.poll()].each { if (seen.add(it)) q << it } }; seen }
println bfs('a')
def dfs; dfs = { n, seen = [] -> if (n in seen) return seen; seen << n; graph[n].each { dfs(it, seen) }; seen }
println dfs('a')
def topo = { def out = [], mark = [:]; def visit; visit = { n -> if (mark[n]) return; mark[n] = true; graph[n].each { visit(it) }; out.add(0, n) }; graph.keySet().each { visit(it) }; out }
println topo()
def w = [a: [b: 7, c: 3], b: [d: 2], c: [b: 1, d: 8], d: [:]]
def dist = [:].withDefault { Integer.MAX_VALUE }
dist.a = 0
def todo = w.keySet() as ArrayList
while (todo) { def u = todo.min { dist[it] }; todo.remove(u); w[u].each { v, d -> if (dist[u] + d < dist[v]) dist[v] = dist[u] + d } }
println dist.sort()
def matMul = { a, b -> a.collect { row -> b.transpose().collect { col -> [row, col].transpose().sum { x, y -> x * y } } } }
println matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]])
def life = { cells -> def n = cells.collectMany { x, y -> [-1, 0, 1].collectMany { dx -> [-1, 0, 1].collect { dy -> [x + dx, y + dy] } } }.countBy { it }; n.findAll { k, v -> v == 3 || (v == 4 && k in cells) }.keySet() as List }
println life([[0, 1], [1, 1], [2, 1]]).sort { a, b -> a[0] <=> b[0] ?: a[1] <=> b[1] }
