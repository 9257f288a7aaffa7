class Bank { private accounts = [:]; def open(String id, amount = 0) { if (accounts.containsKey(id)) throw new IllegalArgumentException("exists: $id"); accounts[id] = amount; this }
  def transfer(String from, String to, amount) { def f = balance(from), t = balance(to); if (f < amount) throw new IllegalStateException("$from has only $f"); accounts[from] = f - amount; accounts[to] = t + amount; this }
  def balance(String id) { def b = accounts[id]; if (b == null) throw new NoSuchElementException("no account $id"); b }
  def total() { accounts.values().sum() }
  def report() { accounts.sort().collect { k, v -> "$k=$v" }.join(', ') } }
def b = new Bank().open('a', 100).open('b').open('c', 5.5)
println b.transfer('a', 'b', 30).report()
println b.transfer('b', 'c', 10.25).report()
println b.total()
[{ b.transfer('b', 'a', 1000) }, { b.open('a') }, { b.balance('zz') }, { b.transfer('a', 'zz', 1) }].each { try { it() } catch (e) { println "${e.class.simpleName}: ${e.message}" } }
println b.report()
