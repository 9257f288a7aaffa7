/** Brings a service to where it runs: files by rsync, or manifests by kubectl. `image`: what was built, or null. */
def call(Map deploy, image = null) {
  if (!deploy || deploy.kind == 'none') return
  stage('Deploy') {
    if (deploy.kind == 'rsync') {
      Map r = deploy.rsync
      withCredentials([sshUserPrivateKey(credentialsId: r.credentialsId, keyFileVariable: 'DEPLOY_KEY', usernameVariable: 'DEPLOY_USER')]) {
        withEnv(["DEPLOY_FROM=${r.source}", "DEPLOY_TO=${r.host}:${r.path}"]) {
          sh '''rsync -az --delete -e "ssh -o BatchMode=yes -i '$DEPLOY_KEY'" -- "$DEPLOY_FROM" "$DEPLOY_USER@$DEPLOY_TO"'''
        }
      }
    } else {
      Map k = deploy.kubectl
      withCredentials([file(credentialsId: k.credentialsId, variable: 'KUBECONFIG')]) {
        withEnv(["DEPLOY_NAMESPACE=${k.namespace}", "DEPLOY_FILES=${k.manifests}", "DEPLOY_OBJECT=${k.workload ?: ''}", "DEPLOY_IMAGE=${image ?: ''}"]) {
          sh 'kubectl --namespace "$DEPLOY_NAMESPACE" apply -f "$DEPLOY_FILES"'
          if (k.workload) {
            if (image) sh 'kubectl --namespace "$DEPLOY_NAMESPACE" set image "$DEPLOY_OBJECT" "*=$DEPLOY_IMAGE"'
            sh 'kubectl --namespace "$DEPLOY_NAMESPACE" rollout status "$DEPLOY_OBJECT" --timeout=10m'
          }
        }
      }
    }
  }
}
