/** Runs unit tests and keeps their report. Failures make the build unstable; answers whether it may go on to deliver something. */
boolean call(String command, String reports) {
  stage('Unit tests') {
    int status = sh(label: command, script: command, returnStatus: true)
    junit(testResults: reports, allowEmptyResults: true)
    if (status != 0 && currentBuild.currentResult == 'SUCCESS') unstable("${command} ended with ${status}")
  }
  if (currentBuild.currentResult == 'SUCCESS') return true
  echo 'Nothing is delivered, as the tests have not passed.'
  return false
}
