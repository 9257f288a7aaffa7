/** What a command that shows several things says: a table for people, the server's answer for machines. */
import process from 'node:process';
import type { Call } from './call.ts';
import { print, printJson } from './call.ts';
import { table } from './table.ts';

/** `none`: what is said instead of a table without rows. */
export function listed(call: Call, answer: object, head: readonly string[], rows: readonly (readonly string[])[], none?: string): number {
  if (call.json) printJson(answer);
  else print(rows.length === 0 && none !== undefined ? `${none}\n` : table(head, rows, process.stdout.columns));
  return 0;
}
