// Every pair of number types: the class and value that each operator gives.
def values = [(byte) 7, (short) 300, 42, 5000000000L, 123456789012345678901234567890G, 1.5f, 2.25d, 3.125G]
def ops = [
  '+': { a, b -> a + b }, '-': { a, b -> a - b }, '*': { a, b -> a * b }, '/': { a, b -> a / b },
]
ops.each { name, op ->
  values.each { a ->
    values.each { b ->
      def r = op(a, b)
      println "${a.class.simpleName} $name ${b.class.simpleName} = $r ${r.class.simpleName}"
    }
  }
}
