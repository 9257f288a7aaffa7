import type { Migration } from './migration.ts';

export const suspicionAndBlobList: Migration = {
  number: 3,
  readableFrom: 1,
  statements: ({ bytewise }) => [
    // Of a build whose owner died: which turn of its program is evaluated, and which fell with an owner. See builds/suspicion.ts.
    `ALTER TABLE builds ADD COLUMN suspicion text`,
    // Keys are listed in the order of their bytes; the primary key serves that where it compares bytes itself.
    ...(bytewise === '' ? [] : [`CREATE INDEX blobs_listed ON blobs (key ${bytewise})`]),
  ],
};
