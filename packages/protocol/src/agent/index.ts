/** The agent API. `@millrace/protocol/agent/version` has its constants without the schemas. */
export type * from './operations.ts';
export * from './version.ts';
export * from './wire.ts';
