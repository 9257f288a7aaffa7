/** The REST API: its routes, shapes and errors. One source for validation, types and OpenAPI. */

export type { ErrorPlace } from './api-error.ts';
export { ApiError } from './api-error.ts';
export * from './branch-config.ts';
export type { Build, BuildSummary, Stage, Trigger } from './builds.ts';
export * as buildShapes from './builds.ts';
export * from './common.ts';
export type { CredentialAllow, CredentialChange, CredentialKind, CredentialSummary, NewCredential, ShownCredential } from './credentials.ts';
export * as credentialShapes from './credentials.ts';
export { CREDENTIAL_KINDS } from './credentials.ts';
export * from './errors.ts';
export type { Item, ItemConfig, ItemSummary, NewItem, Scans } from './items.ts';
export * as itemShapes from './items.ts';
export * from './job-config.ts';
export type { ShownNotification } from './notifications.ts';
export * as notificationShapes from './notifications.ts';
export { openApi } from './openapi.ts';
export * as overviewShapes from './overview.ts';
export * from './permissions.ts';
export * from './route.ts';
export * from './routes/index.ts';
export * as scriptShapes from './scripts.ts';
export type { ShownNode } from './server.ts';
export * as serverShapes from './server.ts';
export type { DeliveryOutcome, DeliverySummary, JobTrigger } from './triggers.ts';
export * as triggerShapes from './triggers.ts';
export * from './why-codes.ts';
