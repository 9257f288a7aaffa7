def orders = [[id: 1, who: 'ann', items: [[sku: 'A', qty: 2, price: 1.50], [sku: 'B', qty: 1, price: 10]]], [id: 2, who: 'bob', items: [[sku: 'A', qty: 10, price: 1.50]]], [id: 3, who: 'ann', items: []]]
def total = { o -> o.items.sum(0) { it.qty * it.price } }
orders.each { o -> println "${o.id.toString().padLeft(3)} ${o.who.padRight(5)} ${String.format('%8.2f', total(o) as BigDecimal)}" }
println "total ${orders.sum(total)}"
println orders.groupBy { it.who }.collectEntries { k, v -> [k, v.sum(total)] }
println orders.collectMany { it.items }.groupBy { it.sku }.collectEntries { k, v -> [k, v.qty.sum()] }
println orders.max(total).id
println orders.findAll { !it.items }*.id
println orders*.items*.size()
println orders.items.flatten().price.unique()
println orders.sort { a, b -> total(b) <=> total(a) }.id
def stats = { l -> def s = l.sort(); def n = s.size(); [n: n, mean: s.sum() / n, median: n % 2 ? s[n.intdiv(2)] : (s[n.intdiv(2) - 1] + s[n.intdiv(2)]) / 2, min: s[0], max: s[-1]] }
println stats([3, 1, 4, 1, 5])
println stats([2, 4, 6, 8])
def variance = { l -> def m = l.sum() / l.size(); l.sum { (it - m) ** 2 } / l.size() }
println variance([2, 4, 4, 4, 5, 5, 7, 9])
println Math.sqrt(variance([2, 4, 4, 4, 5, 5, 7, 9]) as double)
def hist = [1, 2, 2, 3, 3, 3].countBy { it }
hist.each { k, v -> println "$k ${'#' * v}" }
println orders.withIndex().collect { o, i -> "${i + 1}. ${o.who}" }.join('\n')
println((orders.collect { [it.id, total(it)] }.collectEntries()))
println orders.inject([:]) { m, o -> m.merge(o.who, 1) { x, y -> x + y }; m }
def csv = 'id,name\n1,ann\n2,bob'.readLines()*.split(',')*.toList()
println csv.tail().collect { [csv[0], it].transpose().collectEntries() }
println csv.collect { it.join(';') }.join('|')
