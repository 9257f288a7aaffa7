/** Runs tasks on a machine. */
export { TaskRunner } from './tasks/task-runner.ts';
export type { TaskFollower, TaskListener, TaskSpec } from './tasks/task-runner.ts';
export { killMarked } from './tasks/processes.ts';
export { OutputMasker } from './tasks/output-masker.ts';
export { findFiles } from './files/find.ts';
export type { Found, Selection } from './files/find.ts';
export { FileError, copySelected, deletePath, digest, factsOf, pathAt, readText, touch, writeText } from './files/operations.ts';
export { antMatcher } from './files/ant-pattern.ts';
