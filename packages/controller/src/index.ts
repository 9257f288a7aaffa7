/** What the command may use of the server. */
export type { StoreOptions } from './store/store.ts';
export { Store } from './store/store.ts';
