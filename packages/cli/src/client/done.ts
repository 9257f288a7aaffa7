/** What a command that changes something says: its words for people, the server's answer for machines. */
import type { Call } from './call.ts';
import { print, printJson } from './call.ts';
import { plain } from './table.ts';

export function done(call: Call, answer: object | null, words: string): number {
  if (call.json) printJson(answer);
  else print(`${plain(words)}\n`);
  return 0;
}
