@Library('acme') _
import org.acme.Tool
greet name: 'ada'
node {
  greet(name: 'bob') { sh 'echo in body' }
  echo greet.other()
  echo "${new Tool(this).twice(21)}"
  writeFile file: 'x.groovy', text: 'def hi(n) { echo "loaded $n" }\nreturn this'
  def x = load 'x.groovy'
  x.hi(3)
}
