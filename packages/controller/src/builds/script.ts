/** The script that a build runs, from its journal's header. */
import { ApiError } from '@millrace/protocol';
import type { BuildRecord } from '../logs/build-record.ts';

export interface Script {
  readonly text: string;
  readonly path: string;
}

/** Throws MR_SCRIPT_UNKNOWN where it never began, or runs none. */
export async function scriptOf(record: BuildRecord): Promise<Script> {
  const line = await record.journalHead();
  const header = line === null ? null : (JSON.parse(line) as { t?: string; build?: { script?: Script } });
  const script = header?.t === 'header' ? header.build?.script : undefined;
  if (script === undefined || script.text === '') throw new ApiError('MR_SCRIPT_UNKNOWN');
  return { text: script.text, path: script.path };
}
