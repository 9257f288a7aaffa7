/** Credentials, and the keys that seal them. */
import type { Migration } from './migration.ts';

export const credentials: Migration = {
  number: 7,
  readableFrom: 1,
  statements: () => [
    // Keys that seal what may hold secrets, each wrapped by the installation's key, which is never here (config/keys.ts).
    // active_at: from then on it seals; until then every controller has read it.
    `CREATE TABLE keys (id text PRIMARY KEY, wrapped text NOT NULL, created_at bigint NOT NULL, active_at bigint NOT NULL)`,

    // item_id: of the folder; 0: of the installation. shown: fields that are no secret; data: all fields, sealed by the key key_id.
    // allow: which jobs and users may use it, and for what; null: whatever is at or below the folder.
    `CREATE TABLE credentials (
      item_id bigint NOT NULL, id text NOT NULL, type text NOT NULL, description text NOT NULL, shown text NOT NULL, data text NOT NULL,
      key_id text NOT NULL, allow text NOT NULL, revision integer NOT NULL, created_at bigint NOT NULL, updated_at bigint NOT NULL,
      used_at bigint, PRIMARY KEY (item_id, id))`,
    `CREATE INDEX credentials_key ON credentials (key_id)`,
    `CREATE INDEX audit_subject ON audit (subject, id)`,
  ],
};
