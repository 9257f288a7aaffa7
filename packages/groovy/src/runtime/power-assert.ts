/** The picture under a failed assert: each part's value below its place. After Groovy's AssertionRenderer. */
import type { AssertText } from '../compile/assert-text.ts';
import type { Interpreter } from './interpreter.ts';
import type { Value } from './values.ts';
import { JavaThrowable } from './values.ts';

export interface Note {
  readonly line: number;
  readonly column: number;
  readonly value: Value;
}

export function renderAssert(vm: Interpreter, text: AssertText, notes: readonly Note[]): string {
  const head = `${text.text}`;
  const columnOf = (n: Note): number => {
    const row = text.rows.find((r) => r.line === n.line);
    return row === undefined ? -1 : n.column + row.shift;
  };
  const values = notes.map((n) => ({ column: columnOf(n), text: show(vm, n.value) })).filter((v) => v.column >= 0);
  // The rightmost value first; of several at one place the last noted.
  const byColumn = new Map<number, string>();
  for (const v of values) byColumn.set(v.column, v.text);
  const sorted = [...byColumn].map(([column, value]) => ({ column, value })).sort((a, b) => b.column - a.column);
  // The first row has nothing but bars; where a row's leftmost text begins is kept beside it.
  const rows: string[] = [''];
  const starts: number[] = [0];
  const put = (row: number, column: number, part: string): void => {
    const old = (rows[row] as string).padEnd(column);
    rows[row] = old.slice(0, column) + part + old.slice(column + part.length);
  };
  for (const v of sorted) {
    const parts = v.value.split(/\r\n|\r|\n/);
    const end = parts.length === 1 ? v.column + v.value.length : Number.POSITIVE_INFINITY;
    let placed = false;
    for (let i = 0; i < rows.length && !placed; i++) {
      if (i > 0 && end < (starts[i] as number)) {
        put(i, v.column, v.value);
        starts[i] = v.column;
        placed = true;
      } else {
        put(i, v.column, '|');
        if (i > 0) starts[i] = v.column + 1;
      }
    }
    if (placed) continue;
    for (const part of parts) {
      rows.push('');
      starts.push(v.column);
      put(rows.length - 1, v.column, part);
    }
  }
  return `${head}\n${rows.map((r) => r.trimEnd()).join('\n')}`;
}

function show(vm: Interpreter, v: Value): string {
  try {
    const text = vm.format(v);
    if (text === '') return v === '' || vm.isCollection(v) ? '""' : vm.inspect(v);
    return text;
  } catch (e) {
    if (!(e instanceof JavaThrowable)) throw e;
    return `${vm.classOf(v).name} (toString() threw ${e.typeName})`;
  }
}
