/** What images builds' machines use, and what clouds have beside machines. */
import type { Migration } from './migration.ts';

export const imageUses: Migration = {
  number: 6,
  readableFrom: 1,
  statements: () => [
    // How many machines of a cloud were made of an image on a day (since 1970, UTC): one row is changed, however many there are.
    `CREATE TABLE image_uses (
      cloud text NOT NULL, image text NOT NULL, day integer NOT NULL, uses integer NOT NULL, last_at bigint NOT NULL,
      PRIMARY KEY (cloud, image, day))`,
    `CREATE INDEX image_uses_day ON image_uses (day)`,
    // state: what the holder of the duty has seen last, for all controllers to show (clouds/beside.ts).
    `CREATE TABLE cloud_states (cloud text PRIMARY KEY, state text NOT NULL, at bigint NOT NULL)`,
  ],
};
