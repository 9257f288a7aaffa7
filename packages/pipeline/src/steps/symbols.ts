/**
 * Names that make describables when a script calls them: `usernamePassword(…)`, `logRotator(…)`. What they mean is up to the
 * step that takes them.
 */
export const SYMBOLS: readonly string[] = [
  // Job properties: `properties([…])` and Declarative's options.
  'buildDiscarder', 'copyArtifactPermission', 'disableConcurrentBuilds', 'disableResume', 'durabilityHint', 'gitLabConnection', 'githubProjectProperty',
  'githubProjectUrl', 'overrideIndexTriggers', 'parameters', 'pipelineTriggers', 'preserveStashes', 'rateLimitBuilds', 'throttleJobProperty', 'authorizationMatrix',
  'buildBlocker', 'disableRestartFromStage',
  // What they are made of.
  'logRotator', 'artifactManager', 'rateLimit',
  // Triggers.
  'cron', 'githubPush', 'GenericTrigger', 'genericTrigger', 'issueCommentTrigger', 'parameterizedCron', 'pollSCM', 'upstream', 'gitlab', 'periodicFolderTrigger',
  // Parameters.
  'booleanParam', 'choice', 'credentials', 'extendedChoice', 'file', 'gitParameter', 'password', 'run', 'string', 'text', 'base64File', 'stashedFile',
  'validatingString', 'activeChoice', 'reactiveChoice', 'imageTag', 'booleanValue', 'submitter',
  // Conditions of retry.
  'agent', 'kubernetesAgent', 'nonresumable',
  // Recipients of mails.
  'brokenBuildSuspects', 'brokenTestsSuspects', 'buildUser', 'contributor', 'culprits', 'developers', 'previous', 'recipients', 'requestor', 'upstreamDevelopers',
  // Managed files.
  'configFile',
];
