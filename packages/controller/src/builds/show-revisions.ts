/** What a build was made of and what had changed, for who looks at it. */

import type { buildShapes } from '@millrace/protocol';
import type { z } from 'zod';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { culpritsOf } from './culprits.ts';
import { parse } from './records.ts';

type Change = z.infer<typeof buildShapes.change>;
type Revisions = z.infer<typeof buildShapes.buildRevisions>;

export type ChangeRow = Row<'build_changes'>;

/** A build loads few libraries and checks out few repositories; one that does so in a loop is cut. */
const MOST_REVISIONS = 500;

export function listChanges(db: Tx, build: number, after: number | null, limit: number): Promise<ChangeRow[]> {
  return db
    .selectFrom('build_changes')
    .selectAll()
    .where('build_id', '=', build)
    .where('n', '>', after ?? -1)
    .orderBy('n')
    .limit(limit)
    .execute();
}

export function shownChange({ n, ask_id, commit_id, author, email, at, title, comment, files }: ChangeRow): Change {
  return {
    n,
    commit: commit_id,
    author,
    email,
    at,
    title,
    comment,
    files: parse<[Change['files'][number]['edit'], string][]>(files).map(([edit, path]) => ({ edit, path })),
    library: ask_id.startsWith('library:') ? ask_id.slice('library:'.length) : null,
  };
}

export async function showRevisions(db: Tx, build: Row<'builds'>): Promise<Revisions> {
  const rows = await db.selectFrom('build_revisions').selectAll().where('build_id', '=', build.id).orderBy('ask_id').limit(MOST_REVISIONS).execute();
  return {
    revisions: rows.map(({ kind, name, url, branch, commit_id, poll, more }) => ({
      kind,
      library: name,
      url,
      branch,
      commit: commit_id,
      poll: poll === 1,
      moreChanges: more === 1,
    })),
    culprits: await culpritsOf(db, build),
  };
}
