/**
 * What a common Jenkins has for `agent`, `options`, `triggers`, `parameters`, `when` and `post`: the plug-ins that nearly
 * every installation carries. Steps and tools are the installation's own and are handed in.
 */
import type {
  AgentDescriptor,
  DeclarativeDescriptors,
  DeclarativeOptionDescriptor,
  DescribableDescriptor,
  DescribableKind,
  ParameterDescriptor,
  StepDescriptor,
  ToolDescriptor,
  WhenConditionDescriptor,
} from './descriptors.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'java.lang.String',
  bool: 'boolean',
  int: 'int',
  Boolean: 'java.lang.Boolean',
  list: 'java.util.List',
  object: 'java.lang.Object',
  long: 'long',
  secret: 'hudson.util.Secret',
};

/** `name*:type …`: a star marks a required parameter, no type means String. */
export function parameters(text: string): ParameterDescriptor[] {
  return text
    .split(' ')
    .filter((p) => p !== '')
    .map((p) => {
      const [name, type = 'string'] = p.split(':') as [string, string?];
      return { name: name.replace('*', ''), type: TYPES[type] ?? type, required: name.endsWith('*') };
    });
}

const kubernetes =
  'activeDeadlineSeconds:int agentContainer agentInjection:bool cloud containerTemplate:java.util.Map containerTemplates:list customWorkspace defaultContainer idleMinutes:int inheritFrom inheritYamlMergeStrategy:Boolean instanceCap:int label namespace nodeSelector podRetention:object retries:int schedulerName serviceAccount showRawYaml:Boolean slaveConnectTimeout:int supplementalGroups workingDir workspaceVolume:object yaml yamlFile yamlMergeStrategy:object';
const docker = 'alwaysPull:bool args containerPerStageRoot:bool customWorkspace label registryCredentialsId registryUrl reuseNode:bool';

const AGENTS: readonly AgentDescriptor[] = [
  { symbols: ['any'], parameters: [] },
  { symbols: ['docker'], parameters: parameters(`image* ${docker}`) },
  {
    symbols: ['dockerfile'],
    parameters: parameters(
      'additionalBuildArgs args containerPerStageRoot:bool customWorkspace dir filename label registryCredentialsId registryUrl reuseNode:bool',
    ),
  },
  { symbols: ['kubernetes'], parameters: parameters(kubernetes) },
  { symbols: ['label', 'node'], parameters: parameters('label* customWorkspace retries:int') },
  { symbols: ['none'], parameters: [] },
];

const WHEN: readonly WhenConditionDescriptor[] = [
  { name: 'allOf', children: -1, parameters: parameters('children*:list') },
  { name: 'anyOf', children: -1, parameters: parameters('children*:list') },
  { name: 'branch', children: 0, parameters: parameters('pattern* comparator') },
  { name: 'buildingTag', children: 0, parameters: parameters('comparator') },
  { name: 'changeRequest', children: 0, parameters: parameters('author authorDisplayName authorEmail branch comparator fork id target title url') },
  { name: 'changelog', children: 0, parameters: parameters('pattern*') },
  { name: 'changeset', children: 0, parameters: parameters('pattern* caseSensitive:bool comparator') },
  { name: 'environment', children: 0, parameters: parameters('name* value* ignoreCase:bool') },
  { name: 'equals', children: 0, parameters: parameters('expected*:object actual*:object') },
  { name: 'expression', children: 0, parameters: [] },
  { name: 'isRestartedRun', children: 0, parameters: [] },
  { name: 'not', children: 1, parameters: parameters('child*:object') },
  { name: 'tag', children: 0, parameters: parameters('pattern* comparator') },
  { name: 'triggeredBy', children: 0, parameters: parameters('cause* detail') },
];

const POST = ['always', 'changed', 'fixed', 'regression', 'aborted', 'success', 'unsuccessful', 'unstable', 'failure', 'notBuilt', 'cleanup'];

const TRIGGERS: Readonly<Record<string, string>> = {
  upstream: 'upstreamProjects* threshold:object',
  cron: 'spec*',
  parameterizedCron: 'parameterizedSpecification*',
  githubPush: '',
  pollSCM: 'scmpoll_spec* ignorePostCommitHooks:bool',
};

const PARAMETERS: Readonly<Record<string, string>> = {
  booleanParam: 'name* defaultValue:bool description',
  choice: 'name* choices:object description',
  credentials: 'name* defaultValue* credentialType* required*:bool description',
  file: 'name* description',
  text: 'name* defaultValue description trim:bool',
  password: 'name* defaultValueAsSecret*:secret description',
  run: 'name* projectName* filter:object description',
  string: 'name* defaultValue description trim:bool',
};

/** Triggers of plug-ins that many have and no fresh Jenkins: known, and not among those that a message proposes. */
const PLUGIN_TRIGGERS: Readonly<Record<string, string>> = {
  GenericTrigger:
    'allowSeveralTriggersPerBuild:bool causeString genericHeaderVariables:list genericRequestVariables:list genericVariables:list overrideQuietPeriod:bool printContributedVariables:bool printPostContent:bool regexpFilterExpression regexpFilterText shouldNotFlatten:bool shouldNotFlattern:bool silentResponse:bool token tokenCredentialId',
  bitbucketPush: 'buildOnCreatedBranch:bool overrideUrl',
  gitlab:
    'acceptMergeRequestOnSuccess:bool addCiMessage:bool addNoteOnMergeRequest:bool addVoteOnMergeRequest:bool branchFilterName branchFilterType:object cancelPendingBuildsOnUpdate:bool ciSkip:bool excludeBranchesSpec includeBranchesSpec labelsThatForcesBuildIfAdded mergeRequestLabelFilterConfig:object noteRegex pendingBuildName secretToken setBuildDescription:bool skipWorkInProgressMergeRequest:bool sourceBranchRegex targetBranchRegex triggerOnAcceptedMergeRequest:bool triggerOnApprovedMergeRequest:bool triggerOnClosedMergeRequest:bool triggerOnMergeRequest:bool triggerOnNoteRequest:bool triggerOnPipelineEvent:bool triggerOnPush:bool triggerOnlyIfNewCommitsPushed:bool triggerOpenMergeRequestOnPush:object triggerToBranchDeleteRequest:bool',
  issueCommentTrigger: 'commentPattern*',
};

const JOB_PROPERTIES: Readonly<Record<string, string>> = {
  authorizationMatrix: 'entries:object inheritanceStrategy:object',
  buildDiscarder: 'strategy*:object',
  copyArtifactPermission: 'projectNames*',
  disableConcurrentBuilds: 'abortPrevious:bool',
  disableResume: '',
  durabilityHint: 'hint*:object',
  gitLabConnection: 'gitLabConnection* jobCredentialId useAlternativeCredential:bool',
  githubProjectProperty: 'projectUrlStr* displayName',
  overrideIndexTriggers: 'enableTriggers*:bool',
  preserveStashes: 'buildCount:int',
  rateLimitBuilds: 'throttle:object',
  rebuild: 'autoRebuild:bool rebuildDisabled:bool',
  throttleJobProperty:
    'maxConcurrentPerNode*:object maxConcurrentTotal*:object categories*:list throttleEnabled*:bool throttleOption* limitOneJobWithMatchingParams*:bool paramsToUseForLimit*',
};

const OPTIONS: readonly (DeclarativeOptionDescriptor & { readonly spec: string })[] = [
  { symbol: 'checkoutToSubdirectory', inStage: true, spec: 'subdirectory*' },
  { symbol: 'disableRestartFromStage', inStage: false, spec: '' },
  { symbol: 'newContainerPerStage', inStage: false, spec: '' },
  { symbol: 'parallelsAlwaysFailFast', inStage: false, spec: '' },
  { symbol: 'quietPeriod', inStage: false, spec: 'quietPeriod*:int' },
  { symbol: 'skipDefaultCheckout', inStage: true, spec: 'skipDefaultCheckout*:Boolean' },
  { symbol: 'skipStagesAfterUnstable', inStage: false, spec: '' },
];

/** Values inside others: `logRotator(…)`, and the plug-ins' build steps that a Pipeline calls by their symbol. */
const OTHERS: Readonly<Record<string, string>> = {
  logRotator: 'daysToKeepStr* numToKeepStr* artifactDaysToKeepStr* artifactNumToKeepStr* removeLastBuild:bool',
  archiveArtifacts:
    'artifacts* allowEmptyArchive:bool caseSensitive:bool defaultExcludes:bool excludes fingerprint:bool followSymlinks:bool onlyIfSuccessful:bool',
};

/** `logRotator` has setters beside what its constructor asks for, so that nothing is required. */
const OPTIONAL_ONLY = new Set(['logRotator']);

/**
 * The default tables around an installation's steps and tools. Describables that a step registry adds (`extra`) are found
 * by their symbol as well.
 */
export function defaultDescriptors(
  steps: readonly StepDescriptor[],
  tools: readonly ToolDescriptor[],
  extra: readonly DescribableDescriptor[] = [],
  extraAgents: readonly AgentDescriptor[] = [],
): DeclarativeDescriptors {
  const agents = [...AGENTS, ...extraAgents].sort((a, b) => (a.symbols[0]! < b.symbols[0]! ? -1 : 1));
  const describables: DescribableDescriptor[] = [...extra];
  const add = (kind: DescribableKind, table: Readonly<Record<string, string>>): void => {
    for (const [symbol, spec] of Object.entries(table)) {
      const list = parameters(spec);
      describables.push({ symbol, kind, parameters: OPTIONAL_ONLY.has(symbol) ? list.map((p) => ({ ...p, required: false })) : list });
    }
  };
  add('trigger', TRIGGERS);
  add('trigger', PLUGIN_TRIGGERS);
  add('parameter', PARAMETERS);
  add('jobProperty', JOB_PROPERTIES);
  for (const o of OPTIONS) describables.push({ symbol: o.symbol, kind: 'declarativeOption', parameters: parameters(o.spec) });
  add('other', OTHERS);
  for (const w of WHEN) describables.push({ symbol: w.name, kind: 'whenCondition', parameters: w.parameters });
  const symbols = (kind: DescribableKind): string[] => describables.filter((d) => d.kind === kind).map((d) => d.symbol);
  const byName = new Map(steps.map((s) => [s.name, s]));
  return {
    step: (name) => byName.get(name) ?? null,
    steps: () => steps,
    describable: (symbol, kind) => describables.find((d) => d.symbol === symbol && (kind === undefined || d.kind === kind)) ?? null,
    agents: () => agents,
    whenConditions: () => WHEN,
    postConditions: () => POST,
    triggers: () => symbols('trigger').filter((symbol) => !Object.hasOwn(PLUGIN_TRIGGERS, symbol)),
    parameters: () => symbols('parameter'),
    jobProperties: () => symbols('jobProperty'),
    declarativeOptions: () => OPTIONS,
    tools: () => tools,
  };
}
