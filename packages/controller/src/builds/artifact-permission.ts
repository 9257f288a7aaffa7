/**
 * Whose artifacts a job may copy. Who can change a job, or push to its repository, sees what it copies. So it has those of the
 * jobs in its own folder and below, which whoever may change it sees anyhow, and of jobs that name it by
 * `copyArtifactPermission`, as in the copyartifact plug-in.
 */
import type { JobProperties } from '@millrace/pipeline';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { parse } from './records.ts';

type Source = Pick<Row<'items'>, 'id' | 'full_name' | 'properties'>;

export async function mayCopyArtifacts(db: Tx, copier: { readonly id: number; readonly fullName: string }, source: Source): Promise<boolean> {
  if (copier.id === source.id) return true;
  const folder = await folderOf(db, copier.id);
  if (folder === '' || source.full_name.startsWith(`${folder}/`)) return true;
  const { copyArtifactPermission: named = null } = parse<Partial<JobProperties>>(source.properties);
  const relative = relativeName(copier.fullName, source.full_name.split('/').slice(0, -1));
  return named?.some((pattern) => matches(relative, pattern) || matches(`/${copier.fullName}`, pattern)) === true;
}

/** Where somebody changes it: of a branch's job where its multibranch job is. '' at the top. */
async function folderOf(db: Tx, item: number): Promise<string> {
  const row = await db
    .selectFrom('items')
    .leftJoin('items as parents', 'parents.id', 'items.parent_id')
    .select(['items.full_name as name', 'parents.full_name as parent', 'parents.kind as kind'])
    .where('items.id', '=', item)
    .executeTakeFirstOrThrow();
  const managed = row.kind === 'multibranch' ? (row.parent as string) : row.name;
  return managed.split('/').slice(0, -1).join('/');
}

/** As hudson.model.Items.getRelativeNameFrom: `../other/job`. */
function relativeName(fullName: string, folder: readonly string[]): string {
  const parts = fullName.split('/');
  let same = 0;
  while (same < folder.length && same < parts.length - 1 && folder[same] === parts[same]) same++;
  return [...folder.slice(same).map(() => '..'), ...parts.slice(same)].join('/');
}

/** `*` is any text, also with slashes. */
function matches(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const [i, part] of rest.entries()) {
    const found = i === rest.length - 1 ? name.length - part.length : name.indexOf(part, at);
    if (found < at || !name.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return true;
}
