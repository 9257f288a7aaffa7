import org.acme.Tool
def call(Map args = [:], Closure body = null) {
  echo "greet ${args.name ?: 'nobody'} ${new Tool(this).twice(4)}"
  if (body) { stage('inner') { body() } }
}
def other() { sh 'echo other' ; return libraryResource('org/text.txt').trim() }
