enum Color { RED, GREEN, BLUE }
println EnumSet.of(Color.RED, Color.BLUE)
println new EnumMap([(Color.RED): 1])
println EnumSet.allOf(Color)
println EnumSet.noneOf(Color)
println((Color.values() as Set).size())
println new Hashtable([q: 1])
println new IdentityHashMap().size()
