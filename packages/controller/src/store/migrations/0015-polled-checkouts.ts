/** How polling looks at what a build checked out beside the job's own repository. */
import type { Migration } from './migration.ts';

export const polledCheckouts: Migration = {
  number: 15,
  readableFrom: 1,
  statements: () => [
    // watched: JSON of scm/watched-checkout.ts; null: a change of it starts nothing, or the job's own repository is looked at anyway.
    `ALTER TABLE build_revisions ADD COLUMN watched text`,
  ],
};
