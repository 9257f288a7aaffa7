def l = [1, 2].asImmutable()
try { l << 3 } catch (e) { println e.class.simpleName }
try { l[0] = 9 } catch (e) { println e.class.simpleName }
try { l.clear() } catch (e) { println e.class.simpleName }
println l + 3
println l.collect { it * 2 }
println l == [1, 2]
def m = [a: 1].asImmutable()
try { m.b = 2 } catch (e) { println e.class.simpleName }
try { m.remove('a') } catch (e) { println e.class.simpleName }
println m + [b: 2]
def s = ([1] as Set).asImmutable()
try { s << 2 } catch (e) { println e.class.simpleName }
println s + 2
try { Collections.emptyMap().x = 1 } catch (e) { println e.class.simpleName }
try { Arrays.asList(1, 2) << 3 } catch (e) { println e.class.simpleName }
def al = Arrays.asList(1, 2)
al[0] = 5
println al
final x = 1
println x
