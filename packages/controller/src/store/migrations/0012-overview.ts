/** What people see over many jobs and builds: favourites, search, times of stages, clouds over time, and who is through with the guide. */
import type { Migration } from './migration.ts';

export const overview: Migration = {
  number: 12,
  readableFrom: 1,
  statements: ({ id, bytewise }) => [
    `CREATE TABLE favourites (user_id text NOT NULL, item_id bigint NOT NULL, at bigint NOT NULL, PRIMARY KEY (user_id, item_id))`,
    `CREATE INDEX favourites_item ON favourites (item_id)`,

    // What a user has put away on the page, by name: the guide of the first visit.
    `CREATE TABLE dismissals (user_id text NOT NULL, what text NOT NULL, at bigint NOT NULL, PRIMARY KEY (user_id, what))`,

    // Names that begin so, in any folder, whatever their capitals.
    `CREATE INDEX items_begin ON items (lower(name) ${bytewise}) WHERE deleted = 0`,

    // Who has a role on a folder or job.
    `CREATE INDEX grants_scope ON grants (scope)`,

    // The stages of an ended build, made from its record when somebody looks for the first time (builds/stage-times.ts).
    `CREATE TABLE build_stages (build_id bigint PRIMARY KEY, stages text NOT NULL)`,

    // A minute of a cloud, as the holder of the duty saw it last in that minute. asked: requests that wait for its machines.
    `CREATE TABLE cloud_samples (
      cloud text NOT NULL, minute bigint NOT NULL, asked integer NOT NULL, nodes integer NOT NULL, online integer NOT NULL,
      ending integer NOT NULL, cap integer, PRIMARY KEY (cloud, minute))`,
    // What happened to its machines, in words: kind is made, ended, failed or refused.
    `CREATE TABLE cloud_events (
      id ${id}, cloud text NOT NULL, at bigint NOT NULL, kind text NOT NULL, node text, job text, message text NOT NULL)`,
    `CREATE INDEX cloud_events_cloud ON cloud_events (cloud, id)`,
  ],
};
