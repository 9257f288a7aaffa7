/** Java's NullPointerException for null arguments, added to a table so that each native can rely on its arguments. */
import type { Native, NativeClass, Signatures } from '../../runtime/native.ts';
import { parseSignature } from '../../runtime/signature.ts';
import { JavaThrowable } from '../../runtime/values.ts';

/** Types whose null a native handles itself: texts where `texts` says so, and what the dispatcher never gives as null. */
const PRIMITIVES: ReadonlySet<string> = new Set([
  'int',
  'long',
  'double',
  'float',
  'short',
  'byte',
  'char',
  'boolean',
  'java.lang.Object',
  'java.lang.Object[]',
]);

/** `texts`: null Strings are refused too; otherwise the natives, such as `parseInt`, have their own answer to them. */
export function refusingNulls(cls: NativeClass, texts = false): NativeClass {
  const guard = (table: Signatures | undefined): Signatures => {
    const out: Record<string, Native> = {};
    for (const [signature, native] of Object.entries(table ?? {})) {
      const checked = parseSignature(signature).params.map((type) => !PRIMITIVES.has(type) && (texts || type !== 'java.lang.String'));
      out[signature] = checked.includes(true) ? guarded(native, checked) : native;
    }
    return out;
  };
  return { ...cls, methods: guard(cls.methods), statics: guard(cls.statics), constructors: guard(cls.constructors) };
}

function guarded(native: Native, checked: readonly boolean[]): Native {
  return (rt, self, ...args) => {
    for (let i = 0; i < checked.length; i++) {
      if (checked[i] === true && args[i] === null) throw new JavaThrowable('java.lang.NullPointerException');
    }
    return native(rt, self, ...args);
  };
}
