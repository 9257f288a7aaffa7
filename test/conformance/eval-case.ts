/** Cases of kind `eval`: a script and the value that it returns, as JSON. */
import { isDeepStrictEqual } from 'node:util';
import type { Library, Runtime, Value } from '@millrace/groovy';
import {
  CompilationError,
  Double,
  GroovyClass,
  GroovyRange,
  GString,
  JavaArray,
  JavaList,
  JavaMap,
  JavaObject,
  JavaSet,
  JavaThrowable,
  Long,
  makeInterpreter,
  runScript,
  standardIndex,
} from '@millrace/groovy';

export interface EvalCase {
  readonly id: string;
  readonly kind: 'eval';
  readonly script: string;
  readonly expected: unknown;
}

class TestBase extends JavaObject {
  get $type(): string {
    return 'CpsTransformerTest$Base';
  }
  override javaString(): string {
    return 'base';
  }
}
/** What the plug-in's tests bring along themselves. */
const fixtures: Library = {
  classes: [
    { name: 'CpsTransformerTest' },
    { name: 'CpsTransformerTest$Base', constructors: { '()': () => new TestBase() }, methods: { 'toString()': () => 'base' } },
    {
      name: 'javax.naming.NamingException',
      superclass: 'java.lang.Exception',
      constructors: { '()': () => new JavaThrowable('javax.naming.NamingException') },
    },
  ],
  extensions: [],
};
const index = standardIndex([fixtures]);

/** A value in the form that the cases have it: classes and exceptions by their simple names. */
function plain(rt: Runtime, v: Value): unknown {
  if (v === null || typeof v === 'boolean' || typeof v === 'number' || typeof v === 'string') return v;
  if (typeof v === 'bigint') return Number(v);
  if (v instanceof GString) return rt.str(v);
  if (v instanceof Long) return v.num();
  if (v instanceof JavaThrowable) return { class: v.typeName.slice(v.typeName.lastIndexOf('.') + 1) };
  if (v instanceof GroovyClass) return { class: v.simpleName };
  if (v instanceof GroovyRange) {
    const text = rt.str(v);
    const m = /^(-?\d+)\.\.(<?)(-?\d+)$/.exec(text);
    if (m !== null) return { range: [m[2] === '', Number(m[1]), Number(m[3])] };
  }
  if (v instanceof JavaList || v instanceof JavaArray) return v.items.map((x) => plain(rt, x));
  if (v instanceof JavaSet) return [...rt.iterate(v)].map((x) => plain(rt, x));
  if (v instanceof JavaMap) {
    const out: Record<string, unknown> = {};
    for (const e of v.entries()) out[rt.str((e as unknown as { key: Value }).key)] = plain(rt, (e as unknown as { value: Value }).value);
    return out;
  }
  if (v instanceof Double) return v.n;
  return rt.str(v);
}

/** Runs the script. The safepoint tests throw into the program at the first place where it can be interrupted. */
function value(c: EvalCase): Value {
  const options = { fileName: 'Script1.groovy', print: () => {}, index, sandbox: true };
  if (!c.id.includes('SafepointTest')) {
    let slices = 0;
    return runScript(c.script, {
      ...options,
      interrupt: () => (++slices > 100 ? new JavaThrowable('java.lang.InterruptedException', 'the script did not end') : null),
    });
  }
  try {
    return runScript(c.script, { ...options, limits: { slice: 1 }, interrupt: () => new JavaThrowable('java.lang.Exception', 'Yo!') });
  } catch (e) {
    if (e instanceof JavaThrowable && e.detail === 'Yo!') return e.detail;
    throw e;
  }
}

export function differencesOfEval(c: EvalCase): readonly string[] {
  const rt = makeInterpreter({ print: () => {}, index });
  try {
    const got = plain(rt, value(c));
    return isDeepStrictEqual(got, c.expected) ? [] : [`expected ${JSON.stringify(c.expected)}`, `got      ${JSON.stringify(got)}`];
  } catch (e) {
    if (e instanceof CompilationError) return [e.message];
    if (e instanceof JavaThrowable) return [`${e.typeName}: ${e.detail}`, ...(e.typeName === 'java.lang.InternalError' ? [String(e.data)] : [])];
    throw e;
  }
}
