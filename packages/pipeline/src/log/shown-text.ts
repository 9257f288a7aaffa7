/** Text as the console shows it in a scope: secrets masked, times before its lines where `timestamps` asks for them. */
import type { Scope } from '../engine/scope.ts';
import { maskText } from './mask.ts';

/** `at`: milliseconds since 1970. The time's text has always the same length, so a replay makes text of the same length. */
export function shownText(text: string, scope: Scope, at: number): string {
  const masked = maskText(text, scope.masks);
  if (!scope.timestamps || masked === '') return masked;
  const stamp = `[${new Date(at).toISOString()}] `;
  return stamp + masked.replace(/\n(?!$)/g, `\n${stamp}`);
}
