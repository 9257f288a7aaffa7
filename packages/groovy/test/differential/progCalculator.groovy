class Lexer { String s; int p = 0; List lex() { def out = []; while (p < s.size()) { def c = s[p]; if (c ==~ /\s/) p++; else if (c ==~ /\d/) { def b = new StringBuilder(); while (p < s.size() && s[p] ==~ /[\d.]/) b << s[p++]; out << new BigDecimal(b.toString()) } else { out << c; p++ } }; out } }
class Parser { List t; int p = 0
  def peek() { p < t.size() ? t[p] : null }
  def expr() { def v = term(); while (peek() in ['+', '-']) { def o = t[p++]; def r = term(); v = o == '+' ? v + r : v - r }; v }
  def term() { def v = factor(); while (peek() in ['*', '/']) { def o = t[p++]; def r = factor(); v = o == '*' ? v * r : v / r }; v }
  def factor() { def x = peek(); p++; if (x == '(') { def v = expr(); if (peek() != ')') throw new RuntimeException("expected ) at $p"); p++; return v }; if (x == '-') return -factor(); if (x instanceof BigDecimal) return x; throw new RuntimeException("unexpected ${x ?: 'end'}") }
}
def calc = { String s -> new Parser(t: new Lexer(s: s).lex()).expr() }
['1 + 2 * 3', '(1 + 2) * 3', '10 / 4', '-(2 - 5)', '1.5 * 4', '2 * (3 + (4 - 1)) / 9', '7'].each { println "$it = ${calc(it)}" }
['1 +', '(1', '*'].each { try { calc(it) } catch (e) { println "$it: ${e.message}" } }
def rpn = { String s -> def st = []; s.split(' ').each { switch (it) { case '+': st << st.pop() + st.pop(); break; case '*': st << st.pop() * st.pop(); break; case ~/\d+/: st << it.toInteger(); break; default: throw new IllegalArgumentException(it) } }; st[0] }
println rpn('3 4 + 2 *')
try { rpn('3 x') } catch (e) { println e.message }
