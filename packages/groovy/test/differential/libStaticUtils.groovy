class Utils {
  static final Map DEFAULTS = [a: 1, b: [c: 2]].asImmutable()
  static final String NAME = 'utils'
  private static int counter = 0
  static merge(Map x, Map y) { def r = [:] + x; y.each { k, v -> r[k] = (v instanceof Map && r[k] instanceof Map) ? merge(r[k], v) : v }; r }
  static int next() { ++counter }
  static boolean isBlank(CharSequence s) { !s?.toString()?.trim() }
  static String slug(String s) { s.toLowerCase().replaceAll(/[^a-z0-9]+/, '-').replaceAll(/^-|-$/, '') }
  static retry(int n, Closure c) { def last; for (i in 1..n) { try { return c(i) } catch (e) { last = e } }; throw new RuntimeException("after $n", last) }
  static <T> T firstNonNull(T... xs) { xs.find { it != null } }
}
println Utils.merge(Utils.DEFAULTS, [b: [d: 3], e: 4])
println Utils.DEFAULTS
println Utils.next() + Utils.next()
println([null, '', '  ', 'x', "${''}"].collect { Utils.isBlank(it) })
println Utils.slug('  Hello, World! 1.2 ')
println Utils.retry(3) { if (it < 3) throw new Exception("no $it"); "ok $it" }
try { Utils.retry(2) { throw new Exception("no $it") } } catch (e) { println "$e.message <- $e.cause.message" }
println Utils.firstNonNull(null, 5, 6)
println Utils.NAME
import static java.lang.Math.*
println max(1, abs(-5)) + (int) sqrt(16)
println Utils.metaClass != null
def u = Utils
println u.slug('A B')
println u.NAME
println Utils.name
