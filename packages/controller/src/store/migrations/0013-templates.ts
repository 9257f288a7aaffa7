/** Which jobs are made from which template. */
import type { Migration } from './migration.ts';

export const templates: Migration = {
  number: 13,
  readableFrom: 1,
  statements: () => [
    // template: `library/name` of the definition in config, template_version its version; both null for other jobs, and the second where
    // the library says which. They are written with config.
    `ALTER TABLE items ADD COLUMN template text`,
    `ALTER TABLE items ADD COLUMN template_version text`,
    `CREATE INDEX items_template ON items (template, full_name) WHERE template IS NOT NULL`,
  ],
};
