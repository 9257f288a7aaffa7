/** Records of ended builds outside of build_chunks. */
import type { Migration } from './migration.ts';

export const records: Migration = {
  number: 2,
  readableFrom: 1,
  statements: ({ bytes }) => [
    // chunked: 1 while build_chunks holds rows of it. record: where its ended journal, log and tree are (logs/record-place.ts);
    // from then on the rows are not read any more. Rows go after it, or in its transaction.
    `ALTER TABLE builds ADD COLUMN chunked integer NOT NULL DEFAULT 1`,
    `CREATE INDEX builds_chunked ON builds (ended_at, id) WHERE state = 'ended' AND chunked = 1`,
    // Records that are so small that a file for each would cost more than they do.
    `CREATE TABLE build_records (build_id bigint PRIMARY KEY, data ${bytes} NOT NULL)`,

    // Blobs that no row names: not yet, since they are being written, or not any more (since: 0), until they are deleted.
    `CREATE TABLE loose_blobs (key text PRIMARY KEY, since bigint NOT NULL)`,

    // schema: the newest that the program knows. What older ones could not read is not written while they are there.
    `ALTER TABLE controllers ADD COLUMN schema integer NOT NULL DEFAULT 1`,
  ],
};
