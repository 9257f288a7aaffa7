class Person {
  String name
  int age = 18
  private String secret = 'hidden'
  final String id = 'ID'
  static int count = 0
  static final String KIND = 'person'
  protected prot = 'p'
  public pub = 'pub'
  List tags = []
  Person() { count++ }
  Person(String name) { this(); this.name = name }
  Person(String name, int age) { this(name); this.age = age }
  String greet() { "Hi, $name" }
  String greet(other) { "Hi $other, I'm $name" }
  static create(n) { new Person(n) }
  def getUpper() { name.toUpperCase() }
  void setUpper(v) { name = v.toLowerCase() }
  boolean isAdult() { age >= 18 }
  def peek() { secret }
  String toString() { "Person($name, $age)" }
}
def p = new Person('Ann', 30)
println p
println p.name
println p.getName()
p.name = 'Bea'
p.setAge(31)
println p
println p.greet()
println p.greet('Cy')
println p.upper
p.upper = 'DEE'
println p.name
println p.adult
println p.isAdult()
println Person.count
println Person.KIND
println Person.create('Eve')
println Person.count
println p.peek()
println p.id
println p.pub
println p.@name
p.@name = 'raw'
println p.@name
p.tags << 'x'
println p.tags
println p.class.name
println p.getClass().simpleName
println Person.name
println Person.simpleName
println p instanceof Person
println p instanceof Object
println p['name']
p['name'] = 'sub'
println p.name
def prop = 'age'
println p."$prop"
p."$prop" = 40
println p.age
println p."greet"()
println p?.name
println p.properties.keySet().sort()
println p.hasProperty('name') != null
println p.hasProperty('zzz') == null
println p.respondsTo('greet').size()
println p.respondsTo('nope').size()
try { p.id = 'x' } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { p.nope } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { p.nope = 1 } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { p.nope() } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { Person.nope } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { Person.nope() } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { new Person(1, 2, 3) } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
class Bean { String a; int b; Bean inner; def c }
def bean = new Bean(a: 'x', b: 2, inner: new Bean(a: 'y'))
println bean.inner.a
println bean.c
bean.inner.b += 5
println bean.inner.b
println new Bean().a
println new Bean().b
println new Bean([a: 'm', c: [1]]).c
try { new Bean(zzz: 1) } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
try { new Bean(b: 'x1') } catch (e) { println "${e.class.simpleName}: ${e.message.readLines()[0]}" }
Bean viaMap = [a: 'cast', b: 9]
println viaMap.a + viaMap.b
println(([a: 'as'] as Bean).a)
println bean.with { a + b }
def ctor = Bean
println new Bean().class == ctor
class Empty { }
println new Empty().toString().startsWith('Empty@')
println new Empty() == new Empty()
println Empty.simpleName
class Init { def list; { list = [1]; } ; Init() { list << 2 } ; static s; static { s = 'static init' } }
println new Init().list
println Init.s
class Chain { int v; Chain add(n) { v += n; this } }
println new Chain().add(1).add(2).v
class Self { def self() { this }; def cl() { return { this } } }
def se = new Self()
println se.self().is(se)
println se.cl()().is(se)
