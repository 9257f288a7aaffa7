/** What the command may use of the server. */
export type { CacheLimits } from './builds/caches.ts';
export { DEFAULT_CACHE_LIMITS } from './builds/caches.ts';
export type { Installation, LibraryConfig, MailTemplate, ManagedFileConfig, SonarServerConfig, WebhookConfig } from './config/installation.ts';
export { keyFrom, readKey } from './config/key.ts';
export { changeInstallationKey } from './config/keys.ts';
export { Controller } from './controller.ts';
export type { ControllerOptions, ControllerParts } from './controller-options.ts';
export type { ProviderSettings } from './credentials/registry.ts';
export { createHttp } from './http/create-http.ts';
export { createWaitingServer } from './http/waiting-server.ts';
export { exampleJob } from './jobs/example-job.ts';
export type { Thresholds } from './nodes/monitors.ts';
export { DEFAULT_THRESHOLDS } from './nodes/monitors.ts';
export { Store } from './store/store.ts';
