/** A scan by SonarQube; `command` finds the server in SONAR_HOST_URL, the token in SONAR_TOKEN and the project in SONAR_PROJECT. */
def call(Map sonar, String command) {
  if (!sonar?.enabled) return
  stage('Scan') {
    withEnv(["SONAR_HOST_URL=${sonar.url}", "SONAR_PROJECT=${sonar.project ?: env.JOB_BASE_NAME}"]) {
      if (sonar.credentialsId) withCredentials([string(credentialsId: sonar.credentialsId, variable: 'SONAR_TOKEN')]) { sh command }
      else sh command
    }
  }
}
