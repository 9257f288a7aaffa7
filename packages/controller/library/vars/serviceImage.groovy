/** A container image, with a tag for the build and those that are asked for. Answers its name with the build's tag, or null. */
def call(Map image) {
  if (!image?.enabled) return null
  String name = "${image.name}:${env.BUILD_NUMBER}"
  stage('Image') {
    Map options = [context: image.context, destination: [name] + image.tags.collect { "${image.name}:${it}".toString() }, push: true]
    if (image.dockerfile) options.dockerfile = image.dockerfile
    if (image.credentialsId) options.credentialsId = image.credentialsId
    if (image.container) options.container = image.container
    buildImage(options)
  }
  return name
}
