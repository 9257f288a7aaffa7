import type { Migration } from './migration.ts';

export const suspicion: Migration = {
  number: 3,
  readableFrom: 1,
  statements: () => [
    // Of a build whose owner died: which turn of its program is evaluated, and which fell with an owner. See builds/suspicion.ts.
    `ALTER TABLE builds ADD COLUMN suspicion text`,
  ],
};
