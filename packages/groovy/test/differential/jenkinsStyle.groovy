def params = [BRANCH: 'main', DEPLOY: 'true', COUNT: '3']
def env = [PATH: '/bin', BUILD_NUMBER: '42']
def branch = params.BRANCH ?: 'develop'
println "Building $branch #${env.BUILD_NUMBER}"
if (params.DEPLOY.toBoolean()) println 'deploying'
if (params.DEPLOY == 'true' && branch ==~ /main|release\/.*/) println 'release branch'
int count = params.COUNT as int
println((1..count).collect { "shard-$it" })
def stages = [:]
['linux', 'mac', 'win'].each { os -> stages["build-$os"] = { "built $os" } }
println stages.keySet()
println stages.collect { k, v -> v() }
def matrix = [['8', '11'], ['debug', 'release']].combinations().collect { "jdk${it[0]}-${it[1]}" }
println matrix
def version = '1.2.3'
def (major, minor, patch) = version.tokenize('.')*.toInteger()
println "${major}.${minor}.${patch + 1}"
def tag = "v${version}-rc.${env.BUILD_NUMBER}"
println tag.replaceAll(/[^A-Za-z0-9._-]/, '_')
println 'feature/ABC-123_thing'.replaceAll('/', '-').toLowerCase().take(20)
def m = 'feature/ABC-123_thing' =~ /([A-Z]+-\d+)/
println m ? m[0][1] : 'none'
def out = '''NAME   STATUS
pod-a  Running
pod-b  Failed
'''
println out.readLines().drop(1).collect { it.split(/\s+/) }.findAll { it[1] == 'Failed' }.collect { it[0] }
println out.trim().split('\n').size()
println out.split('\n').findAll { it }.collect { it.trim() }.tail().collectEntries { def p = it.tokenize(); [p[0], p[1]] }
def cfg = [defaults: [timeout: 10, retries: 2], overrides: [timeout: 20]]
println cfg.defaults + cfg.overrides
def merged = cfg.defaults.collectEntries { k, v -> [k, cfg.overrides[k] ?: v] }
println merged
def deepMerge
deepMerge = { a, b -> b.inject(a.clone()) { acc, e -> acc[e.key] = (acc[e.key] instanceof Map && e.value instanceof Map) ? deepMerge(acc[e.key], e.value) : e.value; acc } }
println deepMerge([x: [y: 1, z: 2], w: 3], [x: [y: 9], v: 4])
def status = 'SUCCESS'
def color = [SUCCESS: 'good', FAILURE: 'danger'].get(status, 'warning')
println color
println "${status == 'SUCCESS' ? '✓' : '✗'} ${status.toLowerCase().capitalize()}"
def files = ['src/a.groovy', 'docs/b.md', 'src/c.java']
println files.groupBy { it.tokenize('.').last() }
println files.findAll { it.startsWith('src/') && !it.endsWith('.java') }
println files.any { it ==~ /docs\/.*/ }
println files.collect { it - 'src/' }
println files*.split('/')*.last()
def cmd = ['docker', 'run', '--rm', '-e', "A=${1}", 'img']
println cmd.join(' ')
def sh = { Map a -> a.returnStdout ? "out of ${a.script}" : a.script }
println sh(script: 'ls', returnStdout: true)
println sh(script: "echo ${branch}")
try { throw new Exception('script returned exit code 1') } catch (e) { println "failed: ${e.message}"; println e }
def retries = 0
while (retries < 3) { retries++; if (retries == 2) break }
println retries
println([1, 2, 3].collate(2).collect { batch -> batch.sum() })
def props = 'a=1\nb=2\n#c\n'.readLines().findAll { it && !it.startsWith('#') }.collectEntries { it.split('=', 2).toList() }
println props
println props.collect { k, v -> "--$k=$v" }.join(' ')
def json = '{"items":[{"name":"x","ok":true},{"name":"y","ok":false}]}'
println new groovy.json.JsonSlurper().parseText(json).items.findAll { it.ok }*.name
println "commit abc1234def".find(/[0-9a-f]{7,}/).take(7)
println 'a b'.bytes.encodeBase64()
println currentBuildLike().result
def currentBuildLike() { [result: 'UNSTABLE'] }
println "${new Date(0).format('yyyyMMdd-HHmmss', TimeZone.getTimeZone('UTC'))}"
println "x".equals(null) ? 1 : 0
println((env.MISSING ?: '').split(',').toList())
println((params.LIST ?: 'a, b ,c').split(',')*.trim())
