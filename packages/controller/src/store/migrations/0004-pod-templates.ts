/** Pods that pipelines ask for. */
import type { Migration } from './migration.ts';

export const podTemplates: Migration = {
  number: 4,
  readableFrom: 1,
  statements: () => [
    // One row a podTemplate that a build has entered; goes with the build's end. label: parted by blanks, as its nodes have them.
    // cloud: null: any. data: the step's arguments and those around, sealed, since they may hold secrets.
    `CREATE TABLE pod_templates (
      build_id bigint NOT NULL, ask_id text NOT NULL, label text NOT NULL, cloud text, data text NOT NULL, created_at bigint NOT NULL,
      PRIMARY KEY (build_id, ask_id))`,
    // What a cloud has told of the request: lines for the build's log, how often a machine failed, and what it fails with.
    `ALTER TABLE leases ADD COLUMN cloud text`,
  ],
};
