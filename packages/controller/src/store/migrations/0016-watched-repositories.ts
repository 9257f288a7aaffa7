/** Which jobs a push to a repository concerns because their builds check it out. */
import type { Migration } from './migration.ts';

export const watchedRepositories: Migration = {
  number: 16,
  readableFrom: 1,
  statements: () => [
    // What the last good build of a job has checked out with polling (triggers/watched-index.ts). address: as scm/repository-address.ts
    // has it. It names who may be concerned; what is so, the build's own rows say.
    `CREATE TABLE watched_repositories (address text NOT NULL, item_id bigint NOT NULL, PRIMARY KEY (address, item_id))`,
    `CREATE INDEX watched_repositories_item ON watched_repositories (item_id)`,
  ],
};
