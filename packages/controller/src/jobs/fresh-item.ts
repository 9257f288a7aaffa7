import type { NewRow } from '../store/schema.ts';

/** The row of a folder or job that was not there before. */
export function freshItem(row: Pick<NewRow<'items'>, 'parent_id' | 'kind' | 'name' | 'full_name' | 'description' | 'config'>, at: number): NewRow<'items'> {
  return { ...row, disabled: 0, properties: '{}', next_number: 1, revision: 1, deleted: 0, created_at: at, updated_at: at };
}
