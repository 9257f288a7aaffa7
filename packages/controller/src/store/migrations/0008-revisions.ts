/** What builds were made of: revisions of repositories, and what had changed. */
import type { Migration } from './migration.ts';

export const revisions: Migration = {
  number: 8,
  readableFrom: 1,
  statements: () => [
    // A checkout of a build, the commit of its script ('script'), or that of a library ('library:NAME' as ask_id). repo: a
    // digest of the address, short enough for an index. branch: origin/main, or detached. more: there were more changes than
    // were kept. poll: a change of it may start a build.
    `CREATE TABLE build_revisions (
      build_id bigint NOT NULL, ask_id text NOT NULL, item_id bigint NOT NULL, kind text NOT NULL, name text,
      repo text NOT NULL, url text NOT NULL, branch text NOT NULL, commit_id text NOT NULL,
      poll integer NOT NULL, more integer NOT NULL, PRIMARY KEY (build_id, ask_id))`,
    `CREATE INDEX build_revisions_repo ON build_revisions (item_id, repo, build_id)`,
    // n: from 0, as they were found. files: JSON, [[edit, path], …]. ask_id: of the revision that brought it.
    `CREATE TABLE build_changes (
      build_id bigint NOT NULL, n integer NOT NULL, ask_id text NOT NULL, item_id bigint NOT NULL, number integer NOT NULL,
      commit_id text, author text NOT NULL, email text NOT NULL, at bigint NOT NULL, title text NOT NULL, comment text NOT NULL,
      files text NOT NULL, PRIMARY KEY (build_id, n))`,
    `CREATE INDEX build_changes_item ON build_changes (item_id, number)`,
  ],
};
