/** Sources that hold some of everything, for tests that walk trees or break sources. */
export const SEEDS: readonly string[] = [
  `pipeline {
    agent { label 'linux && x64' }
    options { timeout(time: 1, unit: 'HOURS'); skipDefaultCheckout() }
    parameters { string(name: 'VERSION', defaultValue: '1.0', description: "of \${env.NAME}") }
    environment { PATH = "/opt/bin:$PATH"; KEY = credentials('key') }
    stages {
        stage('Build') {
            when { expression { params.VERSION != null && !env.SKIP?.toBoolean() } }
            steps {
                sh script: """
                    make -j4 \\
                      VERSION=\${params.VERSION}
                """, returnStdout: true
            }
        }
    }
    post { always { junit '**/*.xml' } }
}
`,
  `@Library('shared@main') _
import groovy.json.JsonSlurper
import static java.lang.Math.max as most

@Field def builds = [:]
@NonCPS
def parse(String text, int depth = 0, List<String>... rest) {
  def json = new JsonSlurper().parseText(text)
  return json.items*.name.findAll { it =~ /^v\\d+/ }.collect { String n -> n - 'v' } ?: ['none']
}

node('docker') {
  def image = "app:\${-> env.BUILD_ID}"
  builds["\${it}"] = { stage(it) { sh "make \${it}" } }
  for (int i = 0; i < 10; i++) { if (i % 2 == 0) continue; echo "$i.$image" }
  for (x in 1..<5) println x
  try { parallel(builds + [failFast: true]) } catch (IOException | InterruptedException e) { throw e } finally { cleanWs() }
  switch (env.KIND) { case 'a': case ~/b.*/: break; case [1, 2]: echo 'list'; break
    default: error 'unknown' }
}
`,
  `package a.b
abstract class Shape<T extends Number> implements Comparable<Shape>, Serializable {
  static final int SIZES = 3
  String name
}
`,
  `class Point { int x, y
  Point(int x, int y = 0) { this.x = x; this.y = y }
  static { println 'loaded' }
  Point plus(Point o) { new Point(x + o.x, y + o.y) }
  def getLength() throws ArithmeticException { Math.sqrt(x ** 2 + y ** 2) as double }
}
enum Color { RED(1), GREEN(2) { String toString() { 'g' } }; final int n; Color(int n) { this.n = n } }
interface Named { String getName() }
trait Flying { def fly() { "flies \${name}" } }
@interface Since { String value() default '1.0' }
def p = new Point(1) + new Point(x: 2, y: 3)
assert p.x == 3 && p.@y >= 3 : "wrong: $p"
`,
  `def (a, b) = [1, 2]
(a, b) = [b, a]
x = a ? b : c ?: d
y = -2 ** 2 + (int) 3.7 - 0xFF * 1_000L / 1.5e3g % 017
z = [1, *list, *others[0..-1]] << [a: 1, (k): 2, "$s": 3, *: m]
w = 'it'.replace("''", '\\u0041\\101\\n') + /a\\/b$/ + $/c$$d/$ + '''x
y'''
f(*args, key: 1) { -> it } { a, int b = 2, String... c -> a?.b*.c.&d }
label: while (true) { break label }
synchronized (lock) { i++; --j; k <<= 2 }
o.'quoted name'."$dynamic"(1).class.in = new int[3][]
println a instanceof List || b in [1] && !(c as String[]) ==~ ~/x/
`,
];
