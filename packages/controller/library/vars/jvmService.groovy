/** The template jvm-service. */
def call(Map p) {
  boolean maven = p.tool == 'maven'
  String tool = p.wrapper ? (maven ? './mvnw' : './gradlew') : (maven ? 'mvn' : 'gradle')
  String quiet = maven ? '-B -ntp' : '--no-daemon --console=plain'
  String more = p.arguments ? " ${p.arguments}" : ''
  node(p.agent ?: null) {
    serviceCheckout(p)
    stage('Build') {
      sh "${tool} ${quiet} ${maven ? '-DskipTests package' : 'assemble'}${more}"
    }
    boolean good = p.tests
      ? serviceTests("${tool} ${quiet} test${more}", p.reports ?: (maven ? '**/target/surefire-reports/*.xml' : '**/build/test-results/test/*.xml'))
      : true
    serviceScan(p.sonar, "${tool} ${quiet} ${maven ? 'sonar:sonar' : 'sonar'} \"-Dsonar.projectKey=\$SONAR_PROJECT\"${more}")
    if (good) serviceDeploy(p.deploy, serviceImage(p.image))
  }
}
