/** Every step there is. A new step is added here and nowhere else. */
import type { AnyStep } from './step.ts';
import { catchErrorStep } from './catch-error.ts';
import { dirStep } from './dir.ts';
import { echoStep } from './echo.ts';
import { errorStep } from './error.ts';
import { inputStep } from './input.ts';
import { nodeStep } from './node.ts';
import { parallelStep } from './parallel.ts';
import { retryStep } from './retry.ts';
import { scriptStep } from './script.ts';
import { shStep } from './sh.ts';
import { sleepStep } from './sleep.ts';
import { stageStep } from './stage.ts';
import { timeoutStep } from './timeout.ts';
import { withEnvStep } from './with-env.ts';
import { ansiColorStep, maskPasswordsStep, timestampsStep } from './decorators.ts';
import { archiveArtifactsStep, archiveStep, fingerprintStep, unarchiveStep } from './archive-artifacts.ts';
import { batStep } from './bat.ts';
import { checkoutStep, gitStep } from './checkout.ts';
import { cleanWsStep } from './clean-ws.ts';
import { deleteDirStep } from './delete-dir.ts';
import { envVarsForToolStep, toolStep } from './tool.ts';
import { fileExistsStep } from './file-exists.ts';
import { isUnixStep } from './is-unix.ts';
import { libraryResourceStep } from './library-resource.ts';
import { libraryStep } from './library.ts';
import { loadStep } from './load.ts';
import { lockStep } from './lock.ts';
import { milestoneStep } from './milestone.ts';
import { powershellStep, pwshStep } from './powershell.ts';
import { pwdStep } from './pwd.ts';
import { readFileStep } from './read-file.ts';
import { stashStep, unstashStep } from './stash.ts';
import { unstableStep } from './unstable.ts';
import { waitUntilStep } from './wait-until.ts';
import { warnErrorStep } from './warn-error.ts';
import { writeFileStep } from './write-file.ts';
import { withCredentialsStep } from './with-credentials.ts';
import { wsStep } from './ws.ts';
import { compareVersionsStep } from './compare-versions.ts';
import { findFilesStep, prependToFileStep, touchStep } from './find-files.ts';
import { HASH_STEPS } from './hashes.ts';
import { readCsvStep, writeCsvStep } from './csv.ts';
import { readJsonStep, writeJsonStep } from './json.ts';
import { readManifestStep, readPropertiesStep } from './properties-files.ts';
import { readTomlStep, writeTomlStep } from './toml.ts';
import { readYamlStep, writeYamlStep } from './yaml.ts';
import { tarStep, untarStep, unzipStep, zipStep } from './archives.ts';
import { buildStep, waitForBuildStep } from './build.ts';
import { configFileProviderStep, stepStep, wrapStep } from './meta-steps.ts';
import { emailextStep, mailStep, mailerStep } from './mail.ts';
import { httpRequestStep } from './http-request.ts';
import { junitStep } from './junit.ts';
import { nodesByLabelStep } from './nodes-by-label.ts';
import { propertiesStep } from './properties.ts';
import { publishHtmlStep } from './publish-html.ts';
import { readMavenPomStep, writeMavenPomStep } from './maven.ts';
import { readTrustedStep } from './read-trusted.ts';
import { throttleStep } from './throttle.ts';

export const STEPS: readonly AnyStep[] = [
  catchErrorStep, dirStep, echoStep, errorStep, inputStep, nodeStep, parallelStep, retryStep, scriptStep, shStep, sleepStep, stageStep,
  timeoutStep, withEnvStep,
  ansiColorStep, archiveArtifactsStep, archiveStep, batStep, cleanWsStep, deleteDirStep, envVarsForToolStep, fileExistsStep, fingerprintStep,
  isUnixStep, libraryResourceStep, libraryStep, loadStep, lockStep, maskPasswordsStep, milestoneStep, powershellStep, pwdStep, pwshStep, readFileStep, stashStep, timestampsStep,
  toolStep, unarchiveStep, unstableStep, unstashStep, waitUntilStep, warnErrorStep, writeFileStep, wsStep,
  checkoutStep, gitStep, withCredentialsStep,
  ...HASH_STEPS, compareVersionsStep, findFilesStep, prependToFileStep, readCsvStep, readJsonStep, readManifestStep, readPropertiesStep,
  readTomlStep, readYamlStep, tarStep, touchStep, untarStep, unzipStep, writeCsvStep, writeJsonStep, writeTomlStep, writeYamlStep, zipStep,
  buildStep, configFileProviderStep, emailextStep, httpRequestStep, junitStep, mailStep, mailerStep, nodesByLabelStep, propertiesStep,
  publishHtmlStep, readMavenPomStep, readTrustedStep, stepStep, throttleStep, waitForBuildStep, wrapStep, writeMavenPomStep,
];
