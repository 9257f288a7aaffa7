/** The script that a build runs, from its journal's header. */
import { ApiError } from '@millrace/protocol';
import type { Tx } from '../store/store.ts';

export interface Script {
  readonly text: string;
  readonly path: string;
}

/** Throws MR_SCRIPT_UNKNOWN where it never began, or runs none. */
export async function scriptOf(db: Tx, build: number): Promise<Script> {
  const chunk = await db
    .selectFrom('build_chunks')
    .select('journal')
    .where('build_id', '=', build)
    .where('journal', '<>', '')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  const end = chunk?.journal.indexOf('\n') ?? -1;
  const header =
    chunk === undefined ? null : (JSON.parse(end < 0 ? chunk.journal : chunk.journal.slice(0, end)) as { t?: string; build?: { script?: Script } });
  const script = header?.t === 'header' ? header.build?.script : undefined;
  if (script === undefined || script.text === '') throw new ApiError('MR_SCRIPT_UNKNOWN');
  return { text: script.text, path: script.path };
}
