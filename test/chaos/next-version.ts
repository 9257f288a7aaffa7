/** The schema of a version that does not exist: it adds, and programs of today still work on it. */
import type { Migration } from '../../packages/controller/src/store/migrations/migration.ts';

export const NEXT_MIGRATION: Migration = {
  number: 1_000,
  readableFrom: 1,
  statements: () => ['CREATE TABLE of_tomorrow (id integer PRIMARY KEY)', 'ALTER TABLE builds ADD COLUMN of_tomorrow text'],
};
