/** What starts builds by itself: webhooks that came, and the triggers of jobs. */
import type { Migration } from './migration.ts';

export const triggers: Migration = {
  number: 9,
  readableFrom: 1,
  statements: ({ id }) => [
    // A request that a forge or somebody else sent, before it is answered. key: the sender's own name of it, once for a provider.
    // event: what it tells (triggers/delivery.ts), JSON. state: received → handled, or failed after many tries. at_job: of what it
    // starts, how far that has come. not_before: when the rest is to be started. outcomes: what it started, or why nothing.
    `CREATE TABLE deliveries (
      id ${id}, provider text NOT NULL, key text, at bigint NOT NULL, address text, name text NOT NULL, repository text, event text NOT NULL,
      body text NOT NULL, state text NOT NULL, at_job bigint NOT NULL, not_before bigint NOT NULL, tries integer NOT NULL, outcomes text NOT NULL,
      handled_at bigint)`,
    `CREATE UNIQUE INDEX deliveries_key ON deliveries (provider, key)`,
    `CREATE INDEX deliveries_received ON deliveries (not_before, id) WHERE state = 'received'`,

    // The triggers of jobs, from their configurations and Jenkinsfiles (triggers/trigger-index.ts). spec: JSON. repository: the
    // normalized address that pushes are looked up by. next_at: when it is due; upstream: the full name of the job whose builds' ends it waits for.
    // hash: of a token. state: what the last look of a poll saw, JSON.
    `CREATE TABLE triggers (
      item_id bigint NOT NULL, seq integer NOT NULL, kind text NOT NULL, spec text NOT NULL, repository text, upstream text, hash text,
      next_at bigint, state text NOT NULL, PRIMARY KEY (item_id, seq))`,
    `CREATE INDEX triggers_next ON triggers (next_at) WHERE next_at IS NOT NULL`,
    `CREATE INDEX triggers_repository ON triggers (repository, item_id) WHERE repository IS NOT NULL`,
    `CREATE INDEX triggers_upstream ON triggers (upstream) WHERE upstream IS NOT NULL`,
    `CREATE INDEX triggers_hash ON triggers (hash) WHERE hash IS NOT NULL`,
    `CREATE INDEX items_updated ON items (updated_at)`,
  ],
};
