class Outer {
  String name = 'outer'
  private secret = 42
  class Inner {
    String name = 'inner'
    def show() { "$name ${Outer.this.name} $secret" }
    class Deep { def all() { "$name ${Outer.this.name}" } }
  }
  static class Nested { def v = 'nested'; static s = 'ns' }
  def make() { new Inner() }
  def anon() { new Object() { def hi() { "anon in $name" }; String toString() { hi() } } }
  def deep() { def i = new Inner(); i }
  interface Call { def call() }
  enum E { X, Y }
}
def o = new Outer()
println o.make().show()
println new Outer.Nested().v
println Outer.Nested.s
println o.anon()
println o.anon().hi()
println Outer.E.X
println Outer.Nested.name
println Outer.Nested.simpleName
println o.make().class.name
def local = 'captured'
def run = new Runnable() { void run() { println "running $local" } }
run.run()
def list = [3, 1, 2]
Collections.sort(list, new Comparator<Integer>() { int compare(Integer a, Integer b) { b <=> a } })
println list
abstract class Tmpl { abstract step(); def go() { "<${step()}>" } }
println new Tmpl() { def step() { 'anonymous step' } }.go()
def mk(n) { new Tmpl() { def step() { 'x' * n } } }
println mk(3).go()
println new Tmpl() { def step() { 's' } }.class.simpleName
class WithCtor { def v; WithCtor(v) { this.v = v }; def get() { v } }
println new WithCtor(5) { def get() { super.get() * 2 } }.get()
def it1 = new Iterator() { int i = 0; boolean hasNext() { i < 2 }; def next() { i++ }; void remove() { } }
println it1.collect { it }
class Holder { def callbacks = []; def on(Closure c) { callbacks << c; this }; def fire() { callbacks*.call(this) } ; def tag = 'T' }
println new Holder().on { it.tag }.on { h -> h.tag * 2 }.fire()
