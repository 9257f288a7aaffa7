def cfg = [a: [b: [c: [1, [d: 'deep']]]], list: [[x: 1], null, [x: 3]], s: 'str', n: null]
println cfg.a.b.c[1].d
println cfg?.zz?.b?.c
println cfg.a?.zz?.size()
println cfg.list*.x
println cfg.list?.findAll { it }*.x
println cfg.list.x
println cfg.n?.length() ?: 'none'
println cfg['a']['b'].c[0]
println cfg.a.b.c[-1]?.d?.toUpperCase()?.reverse()
println cfg.a.'b'.c.size()
println cfg."${'s'}"
println cfg.get('zz', 'dflt')
println cfg.zz
println cfg.getOrDefault('yy', 1)
println cfg.list.findResult { it?.x > 1 ? it.x : null }
println cfg.list*.x*.toString()
println null?.foo()?.bar
println((cfg.s?.size() > 2))
def f(Map m) { m?.opts?.flag == true }
println f(null) || f([opts: [flag: true]])
println cfg.list.collect { it?.x ?: 0 }.sum()
try { cfg.n.length() } catch (NullPointerException e) { println e.message }
try { cfg.n.prop } catch (NullPointerException e) { println e.message }
try { cfg.n.prop = 1 } catch (NullPointerException e) { println e.message }
try { cfg.n[0] } catch (NullPointerException e) { println e.message }
println cfg.collect { k, v -> "$k:${v?.class?.simpleName}" }
def walk(o, path = '') { o instanceof Map ? o.collectMany { k, v -> walk(v, path ? "$path.$k" : k) } : o instanceof List ? o.withIndex().collectMany { v, i -> walk(v, "$path[$i]") } : ["$path=$o".toString()] }
println walk(cfg)
cfg.a.b.c << 5
cfg.new1 = [k: 1]; cfg.new1.k++; cfg.new1.j = (cfg.new1.j ?: 0) + 1
println cfg.new1
cfg.remove('a')
println cfg.keySet()
println cfg.with { s + list.size() }
def (p, q) = cfg.list
println p + [y: q]
