/**
 * Names of jobs in jobs' configurations: they count from the folder of the job that has them, or with `/` from the top; one
 * that finds nothing there is looked for from the top too. After a move they mean what they meant. Follows Jenkins'
 * Items.computeRelativeNamesAfterRenaming, which the downstream jobs of freestyle jobs are kept by.
 */
import type { FreestyleConfig } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';

/** Full names that a reference may mean, the first that is there counts. `folder`: of the job that has it, '' at the top. */
export function candidatesOf(reference: string, folder: string): readonly [string, string] {
  const parts = reference.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of reference.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return [parts.join('/'), reference.replace(/^\//, '')];
}

/** After what was `from` and below it is `to`. */
export async function followMove(tx: Tx, wakes: Wakes, from: string, to: string, now: number): Promise<void> {
  const rows = await tx
    .selectFrom('items')
    .select(['id', 'full_name', 'config', 'revision'])
    .where('kind', '=', 'freestyle')
    .where('config', 'like', '%"downstream":{%')
    .execute();
  for (const row of rows) {
    const config = parse<FreestyleConfig>(row.config);
    if (config.downstream === null) continue;
    const jobs: string[] = [];
    for (const job of config.downstream.jobs) jobs.push(await followed(tx, job, row.full_name, { from, to }));
    if (jobs.every((job, i) => job === config.downstream?.jobs[i])) continue;
    await tx
      .updateTable('items')
      .set({ config: JSON.stringify({ ...config, downstream: { ...config.downstream, jobs } }), revision: row.revision + 1, updated_at: now })
      .where('id', '=', row.id)
      .execute();
    wakes.add(`job ${row.id}`);
  }
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** `owner`: the full name, after the move, of the job that has the reference. Jenkins leaves what a job that moved itself means. */
async function followed(tx: Tx, reference: string, owner: string, { from, to }: Move): Promise<string> {
  const folder = folderOf(owner);
  const folderBefore = folderOf(moved(owner, to, from) ?? owner);
  for (const before of candidatesOf(reference, folderBefore)) {
    const after = moved(before, from, to) ?? before;
    const there = await tx.selectFrom('items').select('id').where('full_name', '=', after).where('deleted', '=', 0).executeTakeFirst();
    if (there === undefined) continue;
    const byFallback = candidatesOf(reference, folderBefore)[0] !== before;
    if (after === before && candidatesOf(reference, folder)[byFallback ? 1 : 0] === before) return reference;
    return referenceTo(after, reference, folder, byFallback);
  }
  return reference;
}

function referenceTo(name: string, reference: string, folder: string, byFallback: boolean): string {
  if (reference.startsWith('/')) return `/${name}`;
  if (byFallback) return name;
  const target = name.split('/'),
    here = folder === '' ? [] : folder.split('/');
  let same = 0;
  while (same < here.length && same < target.length - 1 && here[same] === target[same]) same++;
  const relative = [...here.slice(same).map(() => '..'), ...target.slice(same)].join('/');
  // What means the same still stays as somebody wrote it.
  return candidatesOf(reference, folder)[0] === name ? reference : relative;
}

function moved(name: string, from: string, to: string): string | null {
  return name === from || name.startsWith(`${from}/`) ? to + name.slice(from.length) : null;
}
function folderOf(fullName: string): string {
  return fullName.split('/').slice(0, -1).join('/');
}
