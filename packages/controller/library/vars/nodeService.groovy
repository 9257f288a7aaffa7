/** The template node-service. */
def call(Map p) {
  node(p.agent ?: null) {
    serviceCheckout(p)
    stage('Build') {
      sh p.install
      if (p.build) sh p.build
    }
    boolean good = p.test ? serviceTests(p.test, p.reports) : true
    serviceScan(p.sonar, 'sonar-scanner "-Dsonar.projectKey=$SONAR_PROJECT"')
    if (good) serviceDeploy(p.deploy, serviceImage(p.image))
  }
}
