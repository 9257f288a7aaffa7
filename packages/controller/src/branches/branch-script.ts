/** Where the Jenkinsfile of a build of a branch came from: what else it reads of its source comes from there too. */
import type { MultibranchConfig } from '@millrace/protocol';
import { originOf, parse } from '../builds/records.ts';
import type { Tx } from '../store/store.ts';
import type { HeadFacts } from './heads-write.ts';
import { fetchPlaceOf, urlOf } from './source-url.ts';

export interface BranchScript {
  readonly url: string;
  readonly credentialsId: string | null;
  readonly commit: string;
}

/** Null: its branch or its source is not there any more. */
export async function branchScript(db: Tx, build: number): Promise<BranchScript | null> {
  const row = await db
    .selectFrom('builds')
    .innerJoin('heads', 'heads.item_id', 'builds.item_id')
    .innerJoin('items', 'items.id', 'heads.parent_id')
    .select(['builds.origin as origin', 'heads.source as source', 'heads.ref as ref', 'heads.facts as facts', 'items.config as config'])
    .where('builds.id', '=', build)
    .executeTakeFirst();
  if (row === undefined) return null;
  const source = parse<MultibranchConfig>(row.config).sources[row.source];
  const { revision } = originOf(row);
  if (source === undefined || revision === undefined) return null;
  const { credentialsId } = source;
  if (revision.script !== undefined) return { url: urlOf(source), credentialsId, commit: revision.script };
  const { url } = fetchPlaceOf(source, { ref: row.ref, change: parse<HeadFacts>(row.facts).change });
  return { url, credentialsId, commit: revision.hash };
}
