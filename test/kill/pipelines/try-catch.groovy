def say(x) { echo "said $x" }
try {
  node { sh 'exit 4' }
} catch (e) {
  say e.message
} finally {
  say 'finally'
}
currentError = null
catchError(buildResult: 'UNSTABLE') { error 'soft' }
