import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JavaArray, JavaList } from '../collections/model.ts';
import type { Native, NativeClass, Signatures } from '../runtime/native.ts';
import type { Value } from '../runtime/values.ts';
import type { DecimalFormat } from './format/decimal-format.ts';
import { decimalFormat, JavaLocale, javaFormat, numberLibrary } from './index.ts';
import { MathContext, ROUNDING_MODES, RoundingMode } from './library/rounding-types.ts';
import { fakeRuntime as rt } from './recorded/fake-runtime.ts';
import { outcome, readValue, writeValue } from './recorded/recorded.ts';
import { ROUNDING_NAMES } from './rounding.ts';

interface Recorded {
  readonly k: string;
  readonly c: string;
  readonly s: string;
  readonly p: string;
  readonly l?: string;
  readonly a: readonly string[];
  readonly r: string;
}
function recording(name: string): readonly Recorded[] {
  const text = readFileSync(process.env[`RECORDING_${name}`] ?? new URL(`./recorded/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}
function read(text: string): Value {
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('"')) return text.slice(1, -1);
  if (text === '[1, 2]') return new JavaList([1, 2]);
  if (text.startsWith('RM:')) return ROUNDING_MODES[ROUNDING_NAMES.indexOf(text.slice(3))] as RoundingMode;
  const context = /^MC:precision=(\d+) roundingMode=(\w+)$/.exec(text);
  return context === null ? readValue(text) : new MathContext(Number(context[1]), ROUNDING_NAMES.indexOf(context[2] as string));
}
function write(v: Value): string {
  if (typeof v === 'string') return `"${v}"`;
  if (v instanceof JavaArray) return `[${v.items.map(write).join(',')}]`;
  if (v instanceof RoundingMode) return `RM:${v.name}`;
  return v instanceof MathContext ? `MC:${v.javaString()}` : writeValue(v);
}
function check(records: readonly Recorded[], run: (t: Recorded) => Value): void {
  const wrong = records.flatMap((t) => {
    const actual = outcome(() => run(t));
    return actual === t.r ? [] : [`${t.k} ${t.c ?? ''} ${t.s ?? t.p} ${t.l ?? ''} ${t.a.join(' ')}: ${actual} instead of ${t.r}`];
  });
  assert.deepEqual(wrong, []);
}
const classes = new Map(numberLibrary.classes.map((c) => [c.name, c]));
function nativeOf(t: Recorded): Native {
  const cls = classes.get(t.c) as NativeClass;
  return (t.k === 'M' ? cls.methods : t.k === 'S' ? cls.statics : cls.constructors)?.[t.s] as Native;
}

test('methods, constructors and fields answer what Java 17 was recorded to answer', () => {
  check(recording('natives'), (t) => {
    if (t.k === 'F') return write((classes.get(t.c) as NativeClass).fields?.[t.s]?.(rt) as Value);
    const args = t.a.map(read);
    return write((t.k === 'M' ? nativeOf(t)(rt, ...(args as [Value, ...Value[]])) : nativeOf(t)(rt, null, ...args)) as Value);
  });
});

test('formats and patterns answer what Java 17 was recorded to answer', () => {
  const numberFormat = classes.get('java.text.NumberFormat')?.statics;
  const message = classes.get('java.text.MessageFormat')?.statics?.['format(java.lang.String, java.lang.Object[])'] as Native;
  check(recording('formats'), (t) => {
    const locale = new JavaLocale(...((t.l ?? 'en_US').split('_') as [string, string?]));
    switch (t.k) {
      // A recorded call without arguments was one with a null array.
      case 'fmt':
      case 'fmtl':
        return javaFormat(rt, t.p, t.a.length === 0 ? null : t.a.map(read), undefined, locale);
      case 'df':
        return decimalFormat(t.p).format(rt, read(t.a[0] as string));
      case 'parse':
        return writeValue(decimalFormat(t.p).parse(t.a[0] as string));
      case 'nf':
        return ((numberFormat as Signatures)[`${t.p}(java.util.Locale)`]!(rt, null, locale) as DecimalFormat).format(rt, read(t.a[0] as string));
      default:
        return message(rt, null, t.p, new JavaArray('java.lang.Object', t.a.map(read))) as Value;
    }
  });
});
