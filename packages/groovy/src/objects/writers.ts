/** java.io's character writers that stay in memory: StringWriter, PrintWriter over one, and the standard output. */
import type { JavaArray } from '../collections/model.ts';
import type { Character } from '../numbers/boxes.ts';
import type { Extension, NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Pending, Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable, PENDING } from '../runtime/values.ts';

/** Anything text can be written to. */
export abstract class TextSink extends JavaObject {
  abstract write(rt: Runtime, text: string): void;
}

/** java.io.StringWriter */
export class StringWriter extends TextSink {
  text = '';
  get $type(): string {
    return 'java.io.StringWriter';
  }
  write(rt: Runtime, text: string): void {
    rt.alloc(text.length);
    this.text += text;
  }
  override javaString(): string {
    return this.text;
  }
}

/** java.io.PrintWriter, java.io.BufferedWriter: pass on at once what they get. */
export class PassingWriter extends TextSink {
  private readonly type: string;
  readonly target: TextSink;
  constructor(type: string, target: TextSink) {
    super();
    this.type = type;
    this.target = target;
  }
  get $type(): string {
    return this.type;
  }
  write(rt: Runtime, text: string): void {
    this.target.write(rt, text);
  }
}

/** `System.out` and `System.err`: the build's own output. */
export class StandardStream extends TextSink {
  get $type(): string {
    return 'java.io.PrintStream';
  }
  write(rt: Runtime, text: string): void {
    rt.world.print(text);
  }
}

/** Writes to any of them; other objects are refused, since nothing else takes text here. */
export function writeText(rt: Runtime, sink: Value, text: string): void {
  if (sink === null) throw new JavaThrowable('java.lang.NullPointerException');
  if (sink instanceof TextSink) sink.write(rt, text);
  else rt.invokeSync(sink, 'write', [text]);
}

const charText = (chars: JavaArray): string => chars.items.map((c) => (c as Character).text).join('');

const WRITES: Signatures = {
  'write(java.lang.String)': (rt, self: TextSink, text: string | null) => {
    self.write(rt, nonNull(text));
    return null;
  },
  'write(java.lang.String, int, int)': (rt, self: TextSink, text: string | null, off: number, len: number) => {
    self.write(rt, nonNull(text).slice(off, off + len));
    return null;
  },
  'write(int)': (rt, self: TextSink, code: number) => {
    self.write(rt, String.fromCharCode(code & 0xffff));
    return null;
  },
  'write(char[])': (rt, self: TextSink, chars: JavaArray) => {
    self.write(rt, charText(chars));
    return null;
  },
  'write(char[], int, int)': (rt, self: TextSink, chars: JavaArray, off: number, len: number) => {
    self.write(rt, charText(chars).slice(off, off + len));
    return null;
  },
  'append(java.lang.CharSequence)': (rt, self: TextSink, text: Value) => {
    self.write(rt, rt.str(text));
    return self;
  },
  'append(java.lang.CharSequence, int, int)': (rt, self: TextSink, text: Value, start: number, end: number) => {
    self.write(rt, rt.str(text).slice(start, end));
    return self;
  },
  'append(char)': (rt, self: TextSink, c: Character) => {
    self.write(rt, c.text);
    return self;
  },
  'flush()': () => null,
  'close()': () => null,
};
function nonNull(text: string | null): string {
  if (text === null) throw new JavaThrowable('java.lang.NullPointerException');
  return text;
}

// Groovy's own print and println take the place of Java's: they write lists and maps as Groovy does.
const PRINTS: Signatures = {
  'println()': (rt, self: TextSink) => {
    self.write(rt, '\n');
    return null;
  },
  'println(java.lang.Object)': (rt, self: TextSink, v: Value) => {
    self.write(rt, `${rt.format(v)}\n`);
    return null;
  },
  'print(java.lang.Object)': (rt, self: TextSink, v: Value) => {
    self.write(rt, rt.format(v));
    return null;
  },
  'println(char[])': (rt, self: TextSink, chars: JavaArray) => {
    self.write(rt, `${charText(chars)}\n`);
    return null;
  },
  'print(char[])': (rt, self: TextSink, chars: JavaArray) => {
    self.write(rt, charText(chars));
    return null;
  },
  'printf(java.lang.String, java.lang.Object[])': (rt, self: TextSink, format: string, args: JavaArray) => {
    self.write(rt, formatted(rt, format, args.items));
    return self;
  },
  'format(java.lang.String, java.lang.Object[])': (rt, self: TextSink, format: string, args: JavaArray) => {
    self.write(rt, formatted(rt, format, args.items));
    return self;
  },
  'checkError()': () => false,
};

/** `String.format(format, …args)`. */
export function formatted(rt: Runtime, format: string, args: readonly Value[]): string {
  const cls = rt.findClass('java.lang.String');
  if (cls === null) throw new JavaThrowable('java.lang.NoClassDefFoundError', 'java/lang/String');
  return rt.invokeSync(rt.classValue(cls), 'format', [format, ...args]) as string;
}

function passing(type: string) {
  return (_rt: Runtime, _self: null, target: Value): Value => {
    if (target === null) throw new JavaThrowable('java.lang.NullPointerException');
    if (!(target instanceof TextSink)) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Only writers in memory are supported');
    return new PassingWriter(type, target);
  };
}

export const writerTables: readonly NativeClass[] = [
  { name: 'java.io.Flushable', kind: 'interface', methods: {} },
  { name: 'java.lang.Appendable', kind: 'interface', methods: {} },
  { name: 'java.io.Writer', kind: 'abstract', interfaces: ['java.lang.Appendable', 'java.io.Closeable', 'java.io.Flushable'], methods: WRITES },
  {
    name: 'java.io.StringWriter',
    superclass: 'java.io.Writer',
    constructors: { '()': () => new StringWriter(), '(int)': () => new StringWriter() },
    methods: {
      'toString()': (_rt, self: StringWriter) => self.text,
      'getBuffer()': (rt, self: StringWriter) => rt.coerce(self.text, 'java.lang.String') as Value,
    },
  },
  {
    name: 'java.io.BufferedWriter',
    superclass: 'java.io.Writer',
    constructors: { '(java.io.Writer)': passing('java.io.BufferedWriter') },
    methods: {
      'newLine()': (rt, self: TextSink) => {
        self.write(rt, '\n');
        return null;
      },
    },
  },
  {
    name: 'java.io.PrintWriter',
    superclass: 'java.io.Writer',
    constructors: { '(java.io.Writer)': passing('java.io.PrintWriter'), '(java.io.Writer, boolean)': passing('java.io.PrintWriter') },
    methods: PRINTS,
    restricted: ['new java.lang.String', 'new java.lang.String java.lang.String', 'new java.io.File'],
  },
  { name: 'java.io.OutputStream', kind: 'abstract', interfaces: ['java.io.Closeable', 'java.io.Flushable'], methods: {} },
  {
    name: 'java.io.PrintStream',
    superclass: 'java.io.OutputStream',
    interfaces: ['java.lang.Appendable'],
    methods: { ...WRITES, ...PRINTS },
    restricted: ['new java.lang.String', 'new java.lang.String java.lang.String', 'new java.io.File'],
  },
];

function* closing(rt: Runtime, self: Value, closure: Value): Computation {
  let r: Value | Pending;
  try {
    r = rt.call(closure, [self]);
    if (r === PENDING) r = yield* rt.take();
  } catch (failure) {
    try {
      yield* closed(rt, self);
    } catch (second) {
      // The closure's own failure counts more than the one of closing.
      if (!(second instanceof JavaThrowable)) throw second;
    }
    throw failure;
  }
  yield* closed(rt, self);
  return r as Value;
}
function* closed(rt: Runtime, self: Value): Computation<void> {
  if (rt.invoke(self, 'close', []) === PENDING) yield* rt.take();
}

/** What Groovy adds to writers and to everything that can be closed. */
export const writerExtensions: readonly Extension[] = [
  {
    holder: 'org.codehaus.groovy.runtime.IOGroovyMethods',
    methods: {
      'leftShift(java.io.Writer, java.lang.Object)': (rt, self: Value, v: Value) => {
        writeText(rt, self, rt.format(v));
        return self;
      },
      'leftShift(java.lang.Appendable, java.lang.Object)': (rt, self: Value, v: Value) => {
        writeText(rt, self, rt.format(v));
        return self;
      },
      'withCloseable(java.io.Closeable, groovy.lang.Closure)': closing,
      'withCloseable(java.lang.AutoCloseable, groovy.lang.Closure)': closing,
      'withWriter(java.io.Writer, groovy.lang.Closure)': closing,
      'withPrintWriter(java.io.Writer, groovy.lang.Closure)': closing,
    },
  },
];
