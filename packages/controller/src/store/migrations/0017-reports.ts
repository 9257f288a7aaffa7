/** Which reports a job has, and of which build the newest is: looked up by the job, however many builds are kept. */
import type { Migration } from './migration.ts';

export const reports: Migration = {
  number: 17,
  readableFrom: 1,
  statements: () => [
    // Null: written by an older program while a rollout ran; such a report is found by its build alone.
    `ALTER TABLE published ADD COLUMN item_id bigint`,
    `ALTER TABLE published ADD COLUMN number integer`,
    `UPDATE published SET item_id = (SELECT item_id FROM builds WHERE builds.id = published.build_id),
      number = (SELECT number FROM builds WHERE builds.id = published.build_id)`,
    `CREATE INDEX published_item ON published (item_id, type, name, number)`,
  ],
};
