/** What webhooks tell: which jobs a push concerns because their builds check its repository out, and comments of merge requests that builds write. */
import type { Migration } from './migration.ts';

export const toldByWebhooks: Migration = {
  number: 16,
  readableFrom: 1,
  statements: () => [
    // What the last good build of a job has checked out with polling (triggers/watched-index.ts). address: as scm/repository-address.ts
    // has it. It names who may be concerned; what is so, the build's own rows say.
    `CREATE TABLE watched_repositories (address text NOT NULL, item_id bigint NOT NULL, PRIMARY KEY (address, item_id))`,
    `CREATE INDEX watched_repositories_item ON watched_repositories (item_id)`,

    // Comments that are on their way to GitLab. target: JSON, as of commit_statuses. number: of the merge request. mark: what the comment is
    // known by there. open: 1 from before a request until its answer was written down: whether it was made has to be asked.
    `CREATE TABLE merge_comments (
      build_id bigint NOT NULL, ask_id text NOT NULL, item_id bigint NOT NULL, target text NOT NULL, number bigint NOT NULL, mark text NOT NULL,
      body text NOT NULL, open integer NOT NULL, attempts integer NOT NULL, due_at bigint NOT NULL, created_at bigint NOT NULL, failure text,
      PRIMARY KEY (build_id, ask_id))`,
    `CREATE INDEX merge_comments_due ON merge_comments (due_at)`,
    `CREATE INDEX merge_comments_item ON merge_comments (item_id)`,
  ],
};
