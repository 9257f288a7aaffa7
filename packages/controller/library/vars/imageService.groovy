/** The template image-deploy. */
def call(Map p) {
  node(p.agent ?: null) {
    serviceCheckout(p)
    boolean good = p.test ? serviceTests(p.test, p.reports) : true
    serviceScan(p.sonar, 'sonar-scanner "-Dsonar.projectKey=$SONAR_PROJECT"')
    if (good) serviceDeploy(p.deploy, serviceImage([enabled: true] + p.image))
  }
}
