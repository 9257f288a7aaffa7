class Stage { String name; List steps = []; Map env = [:]
  def sh(String s) { steps << "sh $s".toString(); this }
  def env(Map m) { env.putAll(m); this }
  def methodMissing(String n, args) { steps << "${n}(${args.join(',')})".toString(); this } }
class Pipe { List stages = []; Map opts = [:]
  def stage(String name, @DelegatesTo(Stage) Closure body) { def s = new Stage(name: name); body.delegate = s; body.resolveStrategy = Closure.DELEGATE_FIRST; body(); stages << s; s }
  def options(Map m) { opts += m } 
  static Pipe make(Closure c) { def p = new Pipe(); p.with(c); p } }
def p = Pipe.make {
  options timeout: 5, retries: 2
  stage('Build') { sh 'make'; env A: 1, B: 'x' }
  stage('Test') { sh 'make test'; junit 'a.xml', 3; sh('x').sh('y') }
}
println p.opts
p.stages.each { s -> println "${s.name}: ${s.steps} ${s.env}" }
println p.stages*.name
println p.stages.collectEntries { [it.name, it.steps.size()] }
println p.stages.find { it.name == 'Test' }?.steps?.first()
println p.stages.sum { it.steps.size() }
