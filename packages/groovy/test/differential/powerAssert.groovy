def t = { c -> try { c(); println 'passed' } catch (AssertionError e) { println e.message } }
def x = 5
def list = [1, 2, 3]
def person = [name: 'Ann', age: 30]
t { assert x == 5 }
t { assert x == 6 }
t { assert x > 10 }
t { assert list.size() == 4 }
t { assert list[0] == 2 }
t { assert list.contains(9) }
t { assert person.name == 'Bob' }
t { assert person.age + 1 == 30 }
t { assert !x }
t { assert x == 5 && list.isEmpty() }
t { assert x == 6 || list.empty }
t { assert null }
t { assert 'abc'.startsWith('b') }
t { assert list.collect { it * 2 } == [2, 4] }
t { assert x == 6 : 'with message' }
t { assert x == 6, 'comma message' }
t { assert false }
t { assert x instanceof String }
t { assert "g$x" == 'g6' }
t { assert (x + 1) * 2 == 13 }
t { assert x in [1, 2] }
t { assert x as boolean == false }
t { assert person?.name?.size() == 4 }
t { assert Math.max(x, 7) == 8 }
t { assert new Date(0).time == 1 }
t { assert 'multi' == '''line
two''' }
t { assert x ? false : true }
t { assert -x == 5 }
t { assert list*.toString() == ['1'] }
t { assert [a: x].a == 6 }
t { assert [x, x + 1] == [5, 7] }
t { assert x == 5 : 'unused' }
t { assert x != 5 }
t { assert x <=> 5 }
t { assert 'abc' =~ /z/ }
t { assert 'abc' ==~ /z/ }
t { assert list.find { it > 5 } }
t { assert (list << 4).size() == 3 }
assert list.size() == 0
