node {
  def lines = sh(script: 'echo one; echo two', returnStdout: true).trim().split('\n')
  for (l in lines) { echo "line $l" }
  def status = sh(script: 'exit 7', returnStatus: true)
  echo "status $status"
}
