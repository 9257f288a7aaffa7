node {
  try {
    timeout(time: 3, unit: 'SECONDS') { sh 'sleep 30' }
  } catch (e) {
    echo "gave up: ${e.class.simpleName}"
  }
}
