/** Every step there is. A new step is added here and nowhere else. */

import { archiveArtifactsStep, archiveStep, fingerprintStep, unarchiveStep } from './archive-artifacts.ts';
import { tarStep, untarStep, unzipStep, zipStep } from './archives.ts';
import { batStep } from './bat.ts';
import { bitbucketStatusNotifyStep, notifyBitbucketStep, notifyStashStep } from './bitbucket-status.ts';
import { buildStep, waitForBuildStep } from './build.ts';
import { buildImageStep } from './build-image.ts';
import { withBuildUserStep } from './build-user.ts';
import { cacheStep } from './cache.ts';
import { catchErrorStep } from './catch-error.ts';
import { checkoutStep, gitStep } from './checkout.ts';
import { publishChecksStep, withChecksStep } from './checks.ts';
import { cleanWsStep } from './clean-ws.ts';
import { gitHubCommitStatusSetterStep, githubNotifyStep, gitlabBuildsStep, gitlabCommitStatusStep, updateGitlabCommitStatusStep } from './commit-status.ts';
import { compareVersionsStep } from './compare-versions.ts';
import { configFileProviderStep } from './config-files.ts';
import { containerLogStep } from './container-log.ts';
import { copyArtifactsStep } from './copy-artifacts.ts';
import { readCsvStep, writeCsvStep } from './csv.ts';
import { ansiColorStep, maskPasswordsStep, timestampsStep } from './decorators.ts';
import { deleteDirStep } from './delete-dir.ts';
import { dirStep } from './dir.ts';
import { withDockerContainerStep } from './docker-container.ts';
import { withDockerRegistryStep, withDockerServerStep } from './docker-endpoints.ts';
import { echoStep } from './echo.ts';
import { errorStep } from './error.ts';
import { fileExistsStep } from './file-exists.ts';
import { findFilesStep, prependToFileStep, touchStep } from './find-files.ts';
import { HASH_STEPS } from './hashes.ts';
import { httpRequestStep } from './http-request.ts';
import { inputStep } from './input.ts';
import { isUnixStep } from './is-unix.ts';
import { readJsonStep, writeJsonStep } from './json.ts';
import { junitStep } from './junit.ts';
import { libraryStep } from './library.ts';
import { libraryResourceStep } from './library-resource.ts';
import { loadStep } from './load.ts';
import { lockStep } from './lock.ts';
import { emailextStep, mailerStep, mailStep } from './mail.ts';
import { readMavenPomStep, writeMavenPomStep } from './maven.ts';
import { acceptGitLabMRStep, addGitLabMRCommentStep, LABEL_STEPS } from './merge-request.ts';
import { stepStep, wrapStep } from './meta-steps.ts';
import { milestoneStep } from './milestone.ts';
import { nodeStep } from './node.ts';
import { nodejsStep } from './nodejs.ts';
import { nodesByLabelStep } from './nodes-by-label.ts';
import { notifyStep } from './notify.ts';
import { parallelStep } from './parallel.ts';
import { containerStep, podTemplateStep } from './pod.ts';
import { powershellStep, pwshStep } from './powershell.ts';
import { propertiesStep } from './properties.ts';
import { readManifestStep, readPropertiesStep } from './properties-files.ts';
import { publishHtmlStep } from './publish-html.ts';
import { pwdStep } from './pwd.ts';
import { readFileStep } from './read-file.ts';
import { readTrustedStep } from './read-trusted.ts';
import { retryStep } from './retry.ts';
import { dingtalkStep, feishuStep, larkStep, qyWechatNotificationStep, wecomStep } from './robots.ts';
import { scriptStep } from './script.ts';
import { shStep } from './sh.ts';
import { slackSendStep } from './slack-send.ts';
import { sleepStep } from './sleep.ts';
import { waitForQualityGateStep, withSonarQubeEnvStep } from './sonar.ts';
import { sshagentStep } from './ssh-agent.ts';
import { stageStep } from './stage.ts';
import { stashStep, unstashStep } from './stash.ts';
import type { AnyStep } from './step.ts';
import { throttleStep } from './throttle.ts';
import { timeoutStep } from './timeout.ts';
import { readTomlStep, writeTomlStep } from './toml.ts';
import { envVarsForToolStep, toolStep } from './tool.ts';
import { unstableStep } from './unstable.ts';
import { waitUntilStep } from './wait-until.ts';
import { warnErrorStep } from './warn-error.ts';
import { withCredentialsStep } from './with-credentials.ts';
import { withEnvStep } from './with-env.ts';
import { writeFileStep } from './write-file.ts';
import { wsStep } from './ws.ts';
import { readYamlStep, writeYamlStep } from './yaml.ts';

export const STEPS: readonly AnyStep[] = [
  catchErrorStep,
  dirStep,
  echoStep,
  errorStep,
  inputStep,
  nodeStep,
  parallelStep,
  retryStep,
  scriptStep,
  shStep,
  sleepStep,
  stageStep,
  timeoutStep,
  withEnvStep,
  ansiColorStep,
  archiveArtifactsStep,
  archiveStep,
  batStep,
  cleanWsStep,
  deleteDirStep,
  envVarsForToolStep,
  fileExistsStep,
  fingerprintStep,
  isUnixStep,
  libraryResourceStep,
  libraryStep,
  loadStep,
  lockStep,
  maskPasswordsStep,
  milestoneStep,
  powershellStep,
  pwdStep,
  pwshStep,
  readFileStep,
  stashStep,
  timestampsStep,
  toolStep,
  unarchiveStep,
  copyArtifactsStep,
  withSonarQubeEnvStep,
  withBuildUserStep,
  nodejsStep,
  waitForQualityGateStep,
  unstableStep,
  unstashStep,
  waitUntilStep,
  warnErrorStep,
  writeFileStep,
  wsStep,
  checkoutStep,
  gitStep,
  withCredentialsStep,
  cacheStep,
  buildImageStep,
  containerStep,
  containerLogStep,
  podTemplateStep,
  sshagentStep,
  withDockerContainerStep,
  withDockerRegistryStep,
  withDockerServerStep,
  ...HASH_STEPS,
  compareVersionsStep,
  findFilesStep,
  prependToFileStep,
  readCsvStep,
  readJsonStep,
  readManifestStep,
  readPropertiesStep,
  readTomlStep,
  readYamlStep,
  tarStep,
  touchStep,
  untarStep,
  unzipStep,
  writeCsvStep,
  writeJsonStep,
  writeTomlStep,
  writeYamlStep,
  zipStep,
  buildStep,
  configFileProviderStep,
  emailextStep,
  httpRequestStep,
  junitStep,
  mailStep,
  mailerStep,
  notifyStep,
  publishChecksStep,
  withChecksStep,
  githubNotifyStep,
  updateGitlabCommitStatusStep,
  gitlabCommitStatusStep,
  gitlabBuildsStep,
  gitHubCommitStatusSetterStep,
  bitbucketStatusNotifyStep,
  notifyBitbucketStep,
  notifyStashStep,
  addGitLabMRCommentStep,
  acceptGitLabMRStep,
  ...LABEL_STEPS,
  slackSendStep,
  dingtalkStep,
  larkStep,
  feishuStep,
  wecomStep,
  qyWechatNotificationStep,
  nodesByLabelStep,
  propertiesStep,
  publishHtmlStep,
  readMavenPomStep,
  readTrustedStep,
  stepStep,
  throttleStep,
  waitForBuildStep,
  wrapStep,
  writeMavenPomStep,
];
