pipeline {
  agent any
  stages {
    stage('Build') { steps { sh 'echo build' } }
    stage('Matrix') {
      matrix {
        axes { axis { name 'OS'; values 'linux', 'mac' } }
        stages { stage('Test') { steps { sh 'echo "test on $OS"' } } }
      }
    }
  }
  post { always { echo 'post always' } }
}
