/**
 * What Jenkins says about a wrong Declarative Pipeline, word for word: people search the web for these sentences.
 * Source: `Messages.properties` of the pipeline-model-definition plug-in.
 */

/** A list as Java's `toString` writes it. */
export const javaList = (items: readonly string[]): string => `[${items.join(', ')}]`;

export const parser = {
  multipleOfSection: (name: string) => `Multiple occurrences of the ${name} section`,
  undefinedSection: (name: string) => `Undefined section "${name}"`,
  bareDollarCurly: (source: string) => `${source} cannot be used as a value directly. Did you mean "${source}"? (add quotes)`,
  bigInteger: () =>
    'BigIntegers cannot be used as constants in Declarative. The maximum value for an integer is 9,223,372,036,854,775,807 and the minimum value for an integer is -9,223,372,036,854,775,808.',
  cannotHaveBlocks: (what: string) => `${what} definitions cannot have blocks`,
  duplicateEnvironmentVariable: (name: string) => `Duplicate environment variable name: "${name}"`,
  expectedAgent: () => 'Expected an agent',
  expectedBlock: () => 'Expected a block',
  expectedBoolean: (name: string) => `Expected a boolean with ${name}`,
  expectedParameter: () => 'Expected a build parameter definition',
  expectedClosureOrFailFast: () => 'Expected closure or failFast',
  expectedLibrary: (source: string) => `Expected a "lib(...)" but got ${source}`,
  expectedMapMethod: () => 'Expected to find ‘someKey "someValue"’',
  expectedOption: () => 'Expected an option',
  expectedPairs: () => 'Expected name=value pairs',
  expectedStage: () => 'Expected a stage',
  expectedStageName: () => 'Expected a stage name but did not find any',
  expectedBlockFor: (name: string) => `Expected a block for ${name}`,
  expectedStep: () => 'Expected a step',
  expectedStringLiteral: () => 'Expected string literal',
  expectedStringLiteralButGot: (source: string) => `Expected string literal but got ${source}`,
  expectedSymbol: () => 'Expected a symbol',
  expectedTool: () => 'Expected to find ‘someTool "someVersion"’',
  expectedTrigger: () => 'Expected a trigger',
  expectedWhen: () => 'Expected a when condition',
  invalidAgent: () => 'Only "agent none", "agent any" or "agent {...}" are allowed.',
  invalidPostContent: (names: readonly string[]) =>
    `The ‘post’ section can only contain build condition names with code blocks. Valid condition names are ${javaList(names)}`,
  invalidEnvironmentIdentifier: (source: string) => `"${source}" is not a valid environment expression. Use "key = value" pairs with valid Java/shell keys.`,
  invalidEnvironmentOperation: () => 'Environment variable values can only be joined together with ‘+’s.',
  invalidEnvironmentConcatenation: () => 'Environment variable values to be concatenated together must be single or double quoted.',
  invalidEnvironmentValue: () => 'Environment variable values must either be single quoted, double quoted, or function calls.',
  invalidInputField: (name: string) => `Not a valid field for input: "${name}"`,
  invalidFunctionArgument: () => 'Internal function call parameters must be strings.',
  invalidSection: (source: string) => `Not a valid section definition: "${source}". Some extra configuration is required.`,
  invalidStageSection: (source: string) => `Not a valid stage section definition: "${source}". Some extra configuration is required.`,
  mapNotAllowed: (what: string) => `${what} cannot be defined as maps`,
  valuesOrNotValues: () => 'Exclude axis must contain either "values" or "notValues"',
  closureAsArgument: () => 'Method call arguments',
  noArgumentForAgent: () => 'No argument for agent',
  noArgumentForField: (name: string) => `No argument for field "${name}"`,
  noArgumentForMapKey: (name: string) => `No argument for map key "${name}"`,
  noArgumentForTool: (name: string) => `No argument for tool "${name}"`,
  objectMethodCall: () => 'Method calls on objects not allowed outside "script" blocks.',
  oneAgent: () => 'Only one agent type is allowed per agent section',
  pipelineNotAtTop: () => 'pipeline block must be at the top-level, not within another block.',
  renamedJobProperties: () => 'The ‘jobProperties’ section has been renamed as of version 0.7. Use ‘properties’ instead.',
  renamedNotifications: () => 'The ‘notifications’ section has been removed as of version 0.6. Use ‘post’ for all post-build actions.',
  renamedProperties: () => 'The ‘properties’ section has been renamed as of version 0.8. Use ‘options’ instead.',
  renamedPostBuild: () => 'The ‘postBuild’ section has been renamed as of version 0.6. Use ‘post’ for all post-build actions.',
  removedWrappers: () => "The 'wrappers' section has been removed as of version 0.8. Use 'options' instead.",
  stageWithoutBlock: () => 'Stage does not have a block',
  stepWithoutBlock: (what: string) => `${what} step without a block`,
  tooManyArgumentsForField: (name: string) => `Too many arguments for field "${name}"`,
  tooManyArgumentsForMapKey: (name: string) => `Too many arguments for map key "${name}"`,
  tooManyArgumentsForTool: (name: string) => `Too many arguments for tool "${name}"`,
  unknownStageSection: (name: string) => `Unknown stage section "${name}". Starting with version 0.5, steps in a stage must be in a ‘steps’ block.`,
} as const;

export const validator = {
  emptySection: (name: string) => `${name} can not be empty`,
  duplicateBuildCondition: (name: string) => `Duplicate build condition name: "${name}"`,
  invalidBuildCondition: (name: string, valid: readonly string[]) => `Invalid condition "${name}" - valid conditions are ${javaList(valid)}`,
  noEnvironmentVariables: () => 'No variables specified for environment',
  noTools: () => 'No tools specified',
  invalidSectionType: (what: string, name: string, valid: readonly string[]) => `Invalid ${what} type "${name}". Valid ${what} types: ${javaList(valid)}`,
  noToolVersion: (type: string, version: string, nearest: string | null) =>
    `Tool type "${type}" does not have an install of "${version}" configured - did you mean "${nearest}"?`,
  emptyWhen: () => 'Empty when closure, remove the property or add some content.',
  blockedStep: (name: string, why: string) => `Invalid step "${name}" used - not allowed in this context - ${why}`,
  invalidParameter: (name: string, nearest: string | null) => `Invalid parameter "${name}", did you mean "${nearest}"?`,
  missingRequiredParameter: (name: string) => `Missing required parameter: "${name}"`,
  mustBeNamed: (name: string) => `Arguments to "${name}" must be explicitly named.`,
  wrongNumberOfArguments: (name: string, expected: number, actual: number) =>
    `"${name}" should have ${expected} arguments but has ${actual} arguments instead.`,
  notSingleRequiredParameter: () => 'Step does not take a single required parameter - use named parameters instead',
  mixedArguments: () => 'Cannot mix named and unnamed arguments',
  invalidParameterType: (expected: string, name: string, value: string, type: string) =>
    `Expecting "${expected}" for parameter "${name}" but got "${value}" of type ${type} instead`,
  invalidUnnamedParameterType: (expected: string, value: string, type: string) => `Expecting "${expected}" but got "${value}" of type ${type} instead`,
  noSteps: () => 'No steps specified for branch',
  requiredSection: (name: string) => `Missing required section "${name}"`,
  nothingForStage: (name: string) => `Expected one of "steps", "stages", or "parallel" for stage "${name}"`,
  noStages: () => 'No stages specified',
  duplicateParallelName: (name: string) => `Duplicate parallel branch name: "${name}"`,
  duplicateStageName: (name: string) => `Duplicate stage name: "${name}"`,
  duplicateOptionName: (name: string) => `Duplicate option name: "${name}"`,
  duplicateTriggerName: (name: string) => `Duplicate trigger name: "${name}"`,
  duplicateAxisName: (name: string) => `Duplicate axis name: "${name}"`,
  duplicateAxisValue: (value: string) => `Duplicate axis value: "${value}"`,
  noAgentType: (valid: readonly string[]) => `No agent type specified. Must be one of ${javaList(valid)}`,
  invalidAgentType: (name: string, valid: readonly string[]) => `Invalid agent type "${name}" specified. Must be one of ${javaList(valid)}`,
  missingAgentParameter: (type: string, name: string) => `Missing required parameter for agent type "${type}": ${name}`,
  invalidAgentParameter: (name: string, type: string, valid: readonly string[]) =>
    `Invalid config option "${name}" for agent type "${type}". Valid config options are ${javaList(valid)}`,
  unknownWhenCondition: (name: string, valid: readonly string[]) => `Unknown conditional ${name}. Valid conditionals are: ${valid.join(', ')}`,
  multipleAgentParameters: (type: string, names: readonly string[]) =>
    `Multiple parameters are required for agent type "${type}" - ${javaList(names)}. Please use a block instead.`,
  invalidIdentifier: (name: string) =>
    `"${name}" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.`,
  nestedWhenNoArguments: (name: string) => `No additional arguments are allowed for children when condition "${name}".`,
  noNestedWhen: (name: string) => `No children when conditions are allowed for when condition "${name}".`,
  nestedWhenWithoutChildren: (name: string) => `Nested when condition "${name}" requires at least one child condition.`,
  nestedWhenWrongCount: (name: string, count: number) => `Nested when condition "${name}" requires exactly ${count} child condition(s).`,
  onlyOneContent: (stage: string) => `Only one of "matrix", "parallel", "stages", or "steps" allowed for stage "${stage}"`,
  agentInNestedStages: (stage: string) => `"agent" is not allowed in stage "${stage}" as it contains parallel or matrix stages`,
  toolsInNestedStages: (stage: string) => `"tools" is not allowed in stage "${stage}" as it contains parallel or matrix stages`,
  noNestingInParallel: () => '"matrix" or "parallel" cannot be nested inside another "matrix" or "parallel".',
  missingInputMessage: () => 'No message specified for input',
  noAxes: () => 'No axis directives specified',
  noExcludes: () => 'No exclude directives specified',
  changelogMissingPattern: () => 'Changelog is missing required parameter "pattern".',
  changelogBadPattern: (pattern: string, problem: string) => `"${pattern}" is not a valid regular expression. ${problem}`,
  parametersInOptions: () => `The "parameters" job property can't be used in the "options" directive. Use the "parameters {...}" directive instead.`,
  triggersInOptions: () => `The "triggers" job property can't be used in the "options" directive. Use the "triggers {...}" directive instead.`,
  preservedBuilds: (max: number) => `The number of builds to preserve must be between 1 and ${max}.`,
} as const;

/** Why a step may not stand where it stands. */
export const blockedSteps: Readonly<Record<string, string>> = {
  stage: 'The stage step cannot be used in Declarative Pipelines',
  properties: 'The properties step cannot be used in Declarative Pipelines',
  parallel: "The parallel step can only be used as the only top-level step in a stage's step block",
};
/** As `blockedSteps`, for calls among options, triggers, parameters and their arguments. */
export const blockedCalls: Readonly<Record<string, string>> = {
  node: 'The node step cannot be called as an argument to a method in Declarative Pipelines',
  ...blockedSteps,
};
