def deep(n) { n == 0 ? 0 : 1 + deep(n - 1) }
println deep(200)
def inf(n) { inf(n + 1) }
try { inf(0) } catch (StackOverflowError e) { println 'overflow caught' }
println 'goes on'
