/** Of jobs and their results, without the engine: a server's own thread loads this alone, and the engine is in the threads of builds. */

export type { ResultName } from '../engine/build.ts';
export { RESULTS } from '../engine/build.ts';
export type { StdioRetention, TestCase, TestSuite } from '../formats/test-reports.ts';
export { TestTally } from '../formats/test-reports.ts';
export type { ParameterDefinition, ParameterType } from '../parameters/definitions.ts';
export { readParameter, readParameters } from '../parameters/definitions.ts';
export type { ParameterError, ResolvedParameters } from '../parameters/resolve.ts';
export { resolveParameters } from '../parameters/resolve.ts';
export type { JobProperties, Trigger } from './job-properties.ts';
export { readJobProperties } from './job-properties.ts';
export type { TokenArguments } from './mail-tokens.ts';
export { escapeHtml, replaceTokens } from './mail-tokens.ts';
export type { FinishedBuild } from './restart.ts';
export { restartableStages, restartedFacts, restartRefusal } from './restart.ts';
export { timeSpan } from './time-span.ts';
