/** java.lang.Throwable and all its kinds. */
import { JavaArray } from '../collections/model.ts';
import { nameOfClass } from '../operations/class-names.ts';
import { throwableMessage, throwableText } from '../operations/throwable-text.ts';
import type { GroovyClass } from '../runtime/classes.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import type { NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { StackElement, Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { hashString } from '../text/letters.ts';
import { THROWABLE_CLASSES } from './throwable-classes.ts';
import { writeText } from './writers.ts';

/** java.lang.StackTraceElement */
export class JavaStackElement extends JavaObject {
  readonly element: StackElement;
  constructor(element: StackElement) {
    super();
    this.element = element;
  }
  get $type(): string {
    return 'java.lang.StackTraceElement';
  }
  override javaString(): string {
    const { className, methodName, fileName, line } = this.element;
    const place = line === -2 ? 'Native Method' : fileName === null ? 'Unknown Source' : line >= 0 ? `${fileName}:${line}` : fileName;
    return `${className}.${methodName}(${place})`;
  }
  override javaHash(): number {
    return hashString(this.javaString());
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof JavaStackElement && other.javaString() === this.javaString();
  }
}

/** The whole of `printStackTrace`, causes and suppressed ones included. */
export function stackTraceText(rt: Runtime, t: JavaThrowable): string {
  const seen = new Set<JavaThrowable>();
  let text = '';
  const write = (x: JavaThrowable, caption: string, indent: string): void => {
    if (seen.has(x)) {
      text += `${indent}${caption}[CIRCULAR REFERENCE: ${throwableText(rt, x)}]\n`;
      return;
    }
    seen.add(x);
    text += `${indent}${caption}${throwableText(rt, x)}\n`;
    for (const element of (rt as Interpreter).trace(x)) text += `${indent}\tat ${new JavaStackElement(element).javaString()}\n`;
    for (const s of x.suppressed) write(s, 'Suppressed: ', `${indent}\t`);
    if (x.causedBy !== null) write(x.causedBy, 'Caused by: ', indent);
  };
  write(t, '', '');
  return text;
}

const METHODS: Signatures = {
  'getMessage()': (_rt, self: JavaThrowable) => self.detail,
  'getLocalizedMessage()': (rt, self: JavaThrowable) => throwableMessage(rt, self),
  'getCause()': (_rt, self: JavaThrowable) => self.causedBy,
  'initCause(java.lang.Throwable)': (rt, self: JavaThrowable, cause: JavaThrowable | null) => {
    if (self.causedBy !== null) {
      throw new JavaThrowable('java.lang.IllegalStateException', `Can't overwrite cause with ${cause === null ? 'a null' : throwableText(rt, cause)}`, self);
    }
    if (cause === self) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Self-causation not permitted', self);
    self.causedBy = cause;
    return self;
  },
  'getStackTrace()': (rt, self: JavaThrowable) =>
    new JavaArray(
      'java.lang.StackTraceElement',
      (rt as Interpreter).trace(self).map((e) => new JavaStackElement(e)),
    ),
  'setStackTrace(java.lang.StackTraceElement[])': (_rt, self: JavaThrowable, elements: JavaArray) => {
    self.trace = elements.items.map((e) => (e as JavaStackElement).element);
    return null;
  },
  'fillInStackTrace()': (_rt, self: JavaThrowable) => self,
  'printStackTrace()': (rt, self: JavaThrowable) => {
    rt.world.print(stackTraceText(rt, self));
    return null;
  },
  'printStackTrace(java.io.PrintWriter)': (rt, self: JavaThrowable, out: Value) => {
    writeText(rt, out, stackTraceText(rt, self));
    return null;
  },
  'printStackTrace(java.io.PrintStream)': (rt, self: JavaThrowable, out: Value) => {
    writeText(rt, out, stackTraceText(rt, self));
    return null;
  },
  'toString()': (rt, self: JavaThrowable) => throwableText(rt, self),
  'addSuppressed(java.lang.Throwable)': (_rt, self: JavaThrowable, other: JavaThrowable | null) => {
    if (other === self) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Self-suppression not permitted', other);
    if (other === null) throw new JavaThrowable('java.lang.NullPointerException', 'Cannot suppress a null exception.');
    self.suppressed.push(other);
    return null;
  },
  'getSuppressed()': (_rt, self: JavaThrowable) => new JavaArray('java.lang.Throwable', [...self.suppressed]),
};

function constructorsOf(type: string, kinds: string): Signatures {
  const made: Record<string, Signatures[string]> = {};
  for (const kind of kinds) {
    switch (kind) {
      case 'n':
        made['()'] = () => new JavaThrowable(type);
        break;
      case 's':
        made['(java.lang.String)'] = (_rt, _self, message: string | null) => new JavaThrowable(type, message);
        break;
      case 'c':
        made['(java.lang.String, java.lang.Throwable)'] = (_rt, _self, message: string | null, cause: JavaThrowable | null) =>
          new JavaThrowable(type, message, cause);
        break;
      case 't':
        made['(java.lang.Throwable)'] = (rt, _self, cause: JavaThrowable | null) =>
          new JavaThrowable(type, cause === null ? null : throwableText(rt, cause), cause);
        break;
      case 'i':
        made['(int)'] = (_rt, _self, index: number) => new JavaThrowable(type, indexMessage(type, index));
        break;
      case 'o':
        made['(java.lang.Object)'] = (rt, _self, detail: Value) => new JavaThrowable(type, rt.str(detail), detail instanceof JavaThrowable ? detail : null);
        break;
    }
  }
  return made;
}

function indexMessage(type: string, index: number): string {
  if (type === 'java.lang.StringIndexOutOfBoundsException') return `String index out of range: ${index}`;
  if (type === 'java.lang.ArrayIndexOutOfBoundsException') return `Array index out of range: ${index}`;
  return `Index out of range: ${index}`;
}

/** Getters of Groovy's own exceptions, from what their thrower left in `data`. */
const dataGetter =
  (name: string) =>
  (_rt: Runtime, self: JavaThrowable): Value => {
    const data = self.data as { readonly [key: string]: Value } | undefined;
    return data?.[name] ?? null;
  };
const EXTRA: Readonly<Record<string, Signatures>> = {
  'groovy.lang.MissingMethodException': {
    'getMethod()': dataGetter('method'),
    'getType()': (rt, self: JavaThrowable) => classNamed(rt, self),
    'getArguments()': (_rt, self: JavaThrowable) =>
      new JavaArray('java.lang.Object', [...((self.data as { args?: readonly Value[] } | undefined)?.args ?? [])]),
    'isStatic()': (_rt, self: JavaThrowable) => (self.detail ?? '').startsWith('No signature of method: static '),
  },
  'groovy.lang.MissingPropertyException': {
    'getProperty()': dataGetter('property'),
    'getType()': (rt, self: JavaThrowable) => classNamed(rt, self),
    'getMessageWithoutLocationText()': (_rt, self: JavaThrowable) => self.detail,
  },
  'groovy.lang.GroovyRuntimeException': { 'getMessageWithoutLocationText()': (_rt, self: JavaThrowable) => self.detail },
};
function classNamed(rt: Runtime, t: JavaThrowable): Value {
  const data = t.data as { readonly className?: string } | undefined;
  const cls = data?.className === undefined ? null : rt.findClass(data.className);
  return cls === null ? null : rt.classValue(cls);
}

const CONSTRUCTORS: Readonly<Record<string, Signatures>> = {
  'groovy.lang.MissingPropertyException': {
    '(java.lang.String, java.lang.Class)': (_rt, _self, name: string, cls: GroovyClass) =>
      missing('groovy.lang.MissingPropertyException', `No such property: ${name} for class: ${cls.name}`, { property: name, className: cls.name }),
  },
  'groovy.lang.MissingMethodException': {
    '(java.lang.String, java.lang.Class, java.lang.Object[])': (rt, _self, name: string, cls: GroovyClass, args: JavaArray) =>
      missing(
        'groovy.lang.MissingMethodException',
        `No signature of method: ${cls.name}.${name}() is applicable for argument types: (${args.items.map((a) => nameOfClass(rt, a)).join(', ')}) values: ${rt.format(args)}`,
        { method: name, className: cls.name, args: args.items },
      ),
  },
};
function missing(type: string, message: string, data: unknown): JavaThrowable {
  const t = new JavaThrowable(type, message);
  t.data = data;
  return t;
}

export const throwableTables: readonly NativeClass[] = Object.entries(THROWABLE_CLASSES).flatMap(([superclass, classes]) =>
  Object.entries(classes).map(
    ([name, kinds]): NativeClass => ({
      name,
      superclass,
      constructors: Object.hasOwn(CONSTRUCTORS, name) ? { ...constructorsOf(name, kinds), ...CONSTRUCTORS[name] } : constructorsOf(name, kinds),
      ...(name === 'java.lang.Throwable'
        ? { interfaces: ['java.io.Serializable'], methods: METHODS }
        : Object.hasOwn(EXTRA, name)
          ? { methods: EXTRA[name] as Signatures }
          : {}),
    }),
  ),
);

export const stackElementTable: NativeClass = {
  name: 'java.lang.StackTraceElement',
  interfaces: ['java.io.Serializable'],
  methods: {
    'getClassName()': (_rt, self: JavaStackElement) => self.element.className,
    'getMethodName()': (_rt, self: JavaStackElement) => self.element.methodName,
    'getFileName()': (_rt, self: JavaStackElement) => self.element.fileName,
    'getLineNumber()': (_rt, self: JavaStackElement) => self.element.line,
    'isNativeMethod()': (_rt, self: JavaStackElement) => self.element.line === -2,
    'toString()': (_rt, self: JavaStackElement) => self.javaString(),
  },
};
