/** An exception with its stack trace, as `hudson.Functions.printStackTrace` writes it: the root cause first. */
import type { Interpreter, JavaThrowable, Runtime, StackElement } from '@millrace/groovy';

export function errorText(rt: Runtime, error: JavaThrowable): string {
  return describe(rt, error, null, '', new Set());
}

function describe(rt: Runtime, error: JavaThrowable, higher: JavaThrowable | null, prefix: string, seen: Set<JavaThrowable>): string {
  if (seen.has(error)) return `<cycle to ${rt.str(error)}>\n`;
  seen.add(error);
  const lower = error.causedBy;
  let text = lower === null ? '' : describe(rt, lower, error, prefix, seen);
  for (const suppressed of error.suppressed) text += `${prefix}Also:   ${describe(rt, suppressed, error, `${prefix}\t`, seen)}`;
  if (lower !== null) text += `${prefix}Caused: `;
  let summary = rt.str(error);
  if (lower !== null && summary.endsWith(`: ${rt.str(lower)}`)) summary = summary.slice(0, summary.length - rt.str(lower).length - 2);
  text += `${summary}\n`;
  const trace = traceOf(rt, error);
  let end = trace.length;
  if (higher !== null) {
    // Frames that the exception above shows as well are left out.
    const above = traceOf(rt, higher);
    while (end > 0) {
      const other = above[end + above.length - trace.length - 1];
      if (other === undefined || !same(other, trace[end - 1] as StackElement)) break;
      end--;
    }
  }
  for (const frame of trace.slice(0, end)) text += `${prefix}\tat ${frameText(frame)}\n`;
  return text;
}

/** Frames are read from JavaScript's when first asked for; a runtime without compiled code has none. */
function traceOf(rt: Runtime, error: JavaThrowable): readonly StackElement[] {
  return error.trace ?? (rt as Partial<Interpreter>).trace?.(error) ?? [];
}

function same(a: StackElement, b: StackElement): boolean {
  return a.className === b.className && a.methodName === b.methodName && a.fileName === b.fileName && a.line === b.line;
}
function frameText(frame: StackElement): string {
  const place = frame.fileName === null ? 'Unknown Source' : frame.line < 0 ? frame.fileName : `${frame.fileName}:${frame.line}`;
  return `${frame.className}.${frame.methodName}(${place})`;
}
