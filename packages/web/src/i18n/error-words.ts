/** An error of the server in Chinese; null: a newer server has a code that this page does not know. */
import type { ErrorWords } from './errors-zh-cn.ts';
import { errorsZhCN } from './errors-zh-cn.ts';

export function errorWords(code: string): ErrorWords | null {
  return Object.hasOwn(errorsZhCN, code) ? errorsZhCN[code as keyof typeof errorsZhCN] : null;
}
