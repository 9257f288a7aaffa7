/** What controllers and agents both know of git. */
export type { AccessOptions, GitAccess, HostKeys } from './access.ts';
export { DEFAULT_HOST_KEYS, gitAccess } from './access.ts';
export { shownUrl, sshUser, withoutPasswords } from './address.ts';
export { expandedSpec } from './expanded-spec.ts';
export type { GitFailure, GitFailureCode } from './failures.ts';
export { gitFailure } from './failures.ts';
export type { LoggedChange, LoggedChanges } from './log-changes.ts';
export { logArguments, MOST_CHANGES, readLog } from './log-changes.ts';
