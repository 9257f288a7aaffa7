/** The source of a service: a branch, tag or commit of its repository. */
def call(Map p) {
  stage('Checkout') {
    checkout([$class: 'GitSCM',
              branches: [[name: p.revision]],
              userRemoteConfigs: [p.credentialsId ? [url: p.repository, credentialsId: p.credentialsId] : [url: p.repository]]])
  }
}
