node {
  def n = 0
  retry(3) { n++; sh "echo try $n; test $n -ge 2" }
}
