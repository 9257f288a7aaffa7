/** Caches of jobs. */
import type { Migration } from './migration.ts';

export const caches: Migration = {
  number: 5,
  readableFrom: 1,
  statements: () => [
    // What builds of a job have saved. files_hash: of the paths that were saved, and what of them: another cache than that of others.
    // build_id: that saved it. used_at: when it was saved or last restored.
    `CREATE TABLE caches (
      item_id bigint NOT NULL, key text NOT NULL, files_hash text NOT NULL, blob text NOT NULL, size bigint NOT NULL, sha256 text NOT NULL,
      build_id bigint NOT NULL, created_at bigint NOT NULL, used_at bigint NOT NULL, PRIMARY KEY (item_id, files_hash, key))`,
    `CREATE INDEX caches_used ON caches (used_at)`,
  ],
};
