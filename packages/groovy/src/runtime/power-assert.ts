/** The picture under a failed assert: each part's value below its place. After Groovy's AssertionRenderer. */
import type { AssertText } from '../compile/assert-text.ts';
import type { Interpreter } from './interpreter.ts';
import type { Value } from './values.ts';
import { JavaThrowable } from './values.ts';

export interface Note { readonly line: number; readonly column: number; readonly value: Value }

export function renderAssert(vm: Interpreter, text: AssertText, notes: readonly Note[]): string {
  const head = `${text.text}`;
  // A condition over several lines is shown as it stands, its values only when it is one line.
  if (text.lines > 1) return `${head}\n`;
  const values = notes.map((n) => ({ column: n.column - text.column, text: show(vm, n.value) })).filter((v) => v.column >= 0);
  // The rightmost value first; of several at one place the last noted.
  const byColumn = new Map<number, string>();
  for (const v of values) byColumn.set(v.column, v.text);
  const sorted = [...byColumn].map(([column, value]) => ({ column, value })).sort((a, b) => b.column - a.column);
  const lines: string[] = ['', ''];
  const starts: number[] = [];
  const put = (at: number, column: number, part: string): void => {
    lines[at] = (lines[at] ?? '').padEnd(column) .slice(0, column) + part + (lines[at] ?? '').slice(column + part.length);
  };
  for (const v of sorted) {
    const rows = v.value.split('\n');
    let placed = false;
    if (rows.length === 1) {
      const end = v.column + v.value.length;
      // The first line that is free there; every line above gets a bar.
      for (let i = 1; i < lines.length; i++) {
        if (end < (starts[i] ?? Number.POSITIVE_INFINITY)) {
          put(i, v.column, v.value);
          starts[i] = v.column;
          placed = true;
          break;
        }
        put(i, v.column, '|');
        if (i > 1) starts[i] = v.column + 1;
      }
    }
    if (!placed) {
      for (const row of rows) {
        lines.push('');
        put(lines.length - 1, v.column, row);
        starts[lines.length - 1] = v.column;
      }
    }
    put(0, v.column, '|');
  }
  // The bars' own line comes first, then the values.
  const drawn = lines.filter((_l, i) => i !== 1 || lines[1] !== '').map((l) => l.trimEnd());
  return `${head}\n${drawn.join('\n')}\n`;
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
