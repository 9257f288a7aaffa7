/** Runs tasks on a machine. */

export { antMatcher } from './files/ant-pattern.ts';
export { decodeBytes, encodeText } from './files/charsets.ts';
export type { Found, Selection } from './files/find.ts';
export { findFiles } from './files/find.ts';
export { copySelected, deletePath, deleteSelected, digest, FileError, factsOf, pathAt, readText, touch, writeText } from './files/operations.ts';
export { writeZip, ZipError, ZipReader } from './files/zip.ts';
export { OutputMasker } from './tasks/output-masker.ts';
export { killMarked } from './tasks/processes.ts';
export type { TaskFollower, TaskListener, TaskSpec } from './tasks/task-runner.ts';
export { TaskRunner } from './tasks/task-runner.ts';
