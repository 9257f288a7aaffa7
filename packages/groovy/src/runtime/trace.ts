/**
 * Stack traces in Java's form, read from JavaScript's: compiled code has one JavaScript line for each place that can
 * throw, so a frame's line says the script's class, method and line. Costs nothing until somebody asks.
 */
import type { Interpreter } from './interpreter.ts';
import type { JavaThrowable, StackElement } from './values.ts';

/** What the compiler knows of one unit of compiled code. */
export interface UnitMap {
  /** The name in JavaScript's stack frames. */
  readonly url: string;
  readonly fileName: string;
  /** JavaScript line → script line, 0 where it has none. */
  readonly lines: readonly number[];
  /** JavaScript line → index into `places`. */
  readonly owners: readonly number[];
  readonly places: readonly { readonly className: string; readonly methodName: string }[];
}

const FRAME = /(groovy-unit-\d+):(\d+):\d+/;

export function traceOf(vm: Interpreter, e: JavaThrowable): StackElement[] {
  const out: StackElement[] = [];
  for (const frame of (e.stack ?? '').split('\n')) {
    const found = FRAME.exec(frame);
    if (found === null) continue;
    const unit = vm.units.find((u) => u.url === found[1]);
    const line = Number(found[2]);
    const place = unit?.places[unit.owners[line] ?? -1];
    if (unit === undefined || place === undefined) continue;
    const element = { className: place.className, methodName: place.methodName, fileName: unit.fileName, line: unit.lines[line] ?? -1 };
    // One call may be two frames: of the function, and of the generator that it delegates to.
    const last = out[out.length - 1];
    if (last === undefined || last.line !== element.line || last.methodName !== element.methodName || last.className !== element.className) out.push(element);
  }
  return out;
}
