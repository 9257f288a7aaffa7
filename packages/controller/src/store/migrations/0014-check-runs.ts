/** What builds say in checks at GitHub, until it is said. */
import type { Migration } from './migration.ts';

export const checkRuns: Migration = {
  number: 14,
  readableFrom: 1,
  statements: () => [
    // One run of a check: the newest that is to be said, and what GitHub has of it. said: JSON, see CheckSaid. external_id: what GitHub
    // is told, so that a run is found again. remote_id: its number there; null: none was made, as far as is known. annotated: so many
    // annotations are there. open: 1 from before a request until its answer was written down: what became of it has to be asked. asked:
    // grows with what is said. due_at: null: all is said; the row stays while its build runs.
    `CREATE TABLE check_runs (
      build_id bigint NOT NULL, commit_hash text NOT NULL, name text NOT NULL, item_id bigint NOT NULL, target text NOT NULL, said text NOT NULL,
      external_id text NOT NULL, remote_id bigint, annotated integer NOT NULL, open integer NOT NULL, asked integer NOT NULL,
      attempts integer NOT NULL, due_at bigint, asked_at bigint NOT NULL, failure text, PRIMARY KEY (build_id, commit_hash, name))`,
    `CREATE INDEX check_runs_due ON check_runs (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX check_runs_item ON check_runs (item_id)`,
  ],
};
