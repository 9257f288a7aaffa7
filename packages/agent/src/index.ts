/** Runs tasks and does operations on a machine. */

export { antMatcher } from './files/ant-pattern.ts';
export { findFiles } from './files/find.ts';
export { factsOf, pathAt, readText } from './files/operations.ts';
export { FormerGits } from './operations/git/former-gits.ts';
export type { Operation, OperationContext } from './operations/operation.ts';
export { failureOf, OperationError } from './operations/operation.ts';
export { isOperation, OPERATIONS } from './operations/registry.ts';
export type { Transfers } from './operations/transfers.ts';
export { agentMain } from './program/main.ts';
export type { AgentEnd, AgentOptions, RunningAgent } from './program/run-agent.ts';
export { runAgent } from './program/run-agent.ts';
export { shownEnvironment } from './tasks/environment.ts';
export { killMarked, LeftOvers } from './tasks/left-overs.ts';
export { OutputMasker } from './tasks/output-masker.ts';
export { taskSpec } from './tasks/task-request.ts';
export type { TaskFollower, TaskListener, TaskSpec } from './tasks/task-runner.ts';
export { TaskRunner } from './tasks/task-runner.ts';
