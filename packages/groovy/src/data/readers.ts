/** java.io's readers over text in memory, and byte streams over arrays. */
import type { JavaArray } from '../collections/model.ts';
import { JavaList } from '../collections/model.ts';
import { Character, Long } from '../numbers/boxes.ts';
import type { Extension, NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable, PENDING } from '../runtime/values.ts';
import { decode } from '../text/charsets.ts';
import { byteArray, bytesOf, encodingNamed } from './bytes.ts';

/** A StringReader, or a reader around one: they share the place they have reached. */
export class Reader extends JavaObject {
  readonly type: string;
  readonly source: { text: string; at: number; mark: number; closed: boolean };
  constructor(type: string, source: Reader['source']) {
    super();
    this.type = type;
    this.source = source;
  }
  get $type(): string {
    return this.type;
  }
  static over(text: string): Reader {
    return new Reader('java.io.StringReader', { text, at: 0, mark: 0, closed: false });
  }

  #open(): Reader['source'] {
    if (this.source.closed) throw new JavaThrowable('java.io.IOException', 'Stream closed');
    return this.source;
  }
  read(): number {
    const source = this.#open();
    return source.at < source.text.length ? source.text.charCodeAt(source.at++) : -1;
  }
  /** At most so many characters; null at the end. */
  take(count: number): string | null {
    const source = this.#open();
    if (source.at >= source.text.length) return null;
    const taken = source.text.slice(source.at, source.at + Math.max(0, count));
    source.at += taken.length;
    return taken;
  }
  rest(): string {
    return this.take(Number.MAX_SAFE_INTEGER) ?? '';
  }
  readLine(): string | null {
    const source = this.#open();
    if (source.at >= source.text.length) return null;
    const found = /\r\n|\n|\r/g;
    found.lastIndex = source.at;
    const end = found.exec(source.text);
    const line = source.text.slice(source.at, end?.index ?? source.text.length);
    source.at = end === null ? source.text.length : found.lastIndex;
    return line;
  }
  mark(): void {
    this.#open().mark = this.source.at;
  }
  reset(): void {
    this.#open().at = this.source.mark;
  }
  get ready(): boolean {
    return !this.#open().closed;
  }
}

/** All that is left of a Reader value. */
export function readAll(rt: Runtime, reader: Value): string {
  if (reader === null) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Reader must not be null');
  return reader instanceof Reader ? reader.rest() : rt.str(rt.invokeSync(reader, 'getText', []));
}

class ByteInput extends JavaObject {
  readonly bytes: Uint8Array;
  at = 0;
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
  get $type(): string {
    return 'java.io.ByteArrayInputStream';
  }
  rest(): Uint8Array {
    const rest = this.bytes.subarray(this.at);
    this.at = this.bytes.length;
    return rest;
  }
}
class ByteOutput extends JavaObject {
  bytes: number[] = [];
  get $type(): string {
    return 'java.io.ByteArrayOutputStream';
  }
  override javaString(): string {
    return decode(Uint8Array.from(this.bytes), 'UTF-8');
  }
}

const wrapping =
  (type: string) =>
  (_rt: Runtime, _self: null, reader: Value): Value => {
    if (reader === null) throw new JavaThrowable('java.lang.NullPointerException');
    if (!(reader instanceof Reader)) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Only readers in memory are supported');
    return new Reader(type, reader.source);
  };

/** Hands each line to the closure, with its number where it takes two. */
function* eachLine(rt: Runtime, reader: Reader, firstLine: number, closure: Value): Computation {
  let result: Value = null;
  for (let line = reader.readLine(), n = firstLine; line !== null; line = reader.readLine(), n++) {
    let answer = rt.call(closure, rt.arity(closure) === 2 ? [line, n] : [line]);
    if (answer === PENDING) answer = yield* rt.take();
    result = answer as Value;
  }
  reader.source.closed = true;
  return result;
}
function* withReader(rt: Runtime, reader: Reader, closure: Value): Computation {
  try {
    let answer = rt.call(closure, [reader]);
    if (answer === PENDING) answer = yield* rt.take();
    return answer as Value;
  } finally {
    reader.source.closed = true;
  }
}
function lines(reader: Reader): JavaList {
  const found: Value[] = [];
  for (let line = reader.readLine(); line !== null; line = reader.readLine()) found.push(line);
  reader.source.closed = true;
  return new JavaList(found);
}

export const readerClasses: readonly NativeClass[] = [
  {
    name: 'java.io.Reader',
    kind: 'abstract',
    interfaces: ['java.io.Closeable'],
    methods: {
      'read()': (_rt, self: Reader) => self.read(),
      'read(char[])': (_rt, self: Reader, target: JavaArray) => readInto(self, target, 0, target.items.length),
      'read(char[], int, int)': (_rt, self: Reader, target: JavaArray, offset: number, length: number) => readInto(self, target, offset, length),
      'skip(long)': (_rt, self: Reader, count: Long) => Long.of((self.take(Math.max(0, count.num())) ?? '').length),
      'mark(int)': (_rt, self: Reader) => {
        self.mark();
        return null;
      },
      'reset()': (_rt, self: Reader) => {
        self.reset();
        return null;
      },
      'markSupported()': () => true,
      'ready()': (_rt, self: Reader) => self.ready,
      'close()': (_rt, self: Reader) => {
        self.source.closed = true;
        return null;
      },
    },
  },
  {
    name: 'java.io.StringReader',
    superclass: 'java.io.Reader',
    constructors: {
      '(java.lang.String)': (_rt, _self, text: string | null) => {
        if (text === null) throw new JavaThrowable('java.lang.NullPointerException');
        return Reader.over(text);
      },
    },
  },
  {
    name: 'java.io.BufferedReader',
    superclass: 'java.io.Reader',
    constructors: { '(java.io.Reader)': wrapping('java.io.BufferedReader'), '(java.io.Reader, int)': wrapping('java.io.BufferedReader') },
    methods: { 'readLine()': (_rt, self: Reader) => self.readLine() },
  },
  {
    name: 'java.io.InputStreamReader',
    superclass: 'java.io.Reader',
    constructors: {
      '(java.io.InputStream)': (_rt, _self, stream: ByteInput) =>
        new Reader('java.io.InputStreamReader', { text: decode(stream.rest(), 'UTF-8'), at: 0, mark: 0, closed: false }),
      '(java.io.InputStream, java.lang.String)': (_rt, _self, stream: ByteInput, name: string) =>
        new Reader('java.io.InputStreamReader', { text: decode(stream.rest(), encodingNamed(name)), at: 0, mark: 0, closed: false }),
    },
  },
  {
    name: 'java.io.InputStream',
    kind: 'abstract',
    interfaces: ['java.io.Closeable'],
    methods: {
      'read()': (_rt, self: ByteInput) => (self.at < self.bytes.length ? (self.bytes[self.at++] as number) : -1),
      'available()': (_rt, self: ByteInput) => self.bytes.length - self.at,
      'readAllBytes()': (rt, self: ByteInput) => byteArray(rt, self.rest()),
      'close()': () => null,
    },
  },
  {
    name: 'java.io.ByteArrayInputStream',
    superclass: 'java.io.InputStream',
    constructors: {
      '(byte[])': (_rt, _self, bytes: JavaArray) => new ByteInput(bytesOf(bytes)),
    },
  },
  {
    name: 'java.io.ByteArrayOutputStream',
    superclass: 'java.io.OutputStream',
    constructors: { '()': () => new ByteOutput(), '(int)': () => new ByteOutput() },
    methods: {
      'write(int)': (rt, self: ByteOutput, byte: number) => {
        rt.alloc(1);
        self.bytes.push(byte & 255);
        return null;
      },
      'write(byte[])': (rt, self: ByteOutput, bytes: JavaArray) => {
        rt.alloc(bytes.items.length);
        self.bytes = self.bytes.concat(Array.from(bytesOf(bytes)));
        return null;
      },
      'toByteArray()': (rt, self: ByteOutput) => byteArray(rt, Uint8Array.from(self.bytes)),
      'toString()': (_rt, self: ByteOutput) => self.javaString(),
      'toString(java.lang.String)': (_rt, self: ByteOutput, name: string) => decode(Uint8Array.from(self.bytes), encodingNamed(name)),
      'size()': (_rt, self: ByteOutput) => self.bytes.length,
      'reset()': (_rt, self: ByteOutput) => {
        self.bytes = [];
        return null;
      },
      'close()': () => null,
      'flush()': () => null,
    },
  },
];

function readInto(reader: Reader, target: JavaArray, offset: number, length: number): number {
  if (offset < 0 || length < 0 || offset + length > target.items.length) throw new JavaThrowable('java.lang.IndexOutOfBoundsException');
  if (length === 0) return 0;
  const taken = reader.take(length);
  if (taken === null) return -1;
  for (let i = 0; i < taken.length; i++) target.items[offset + i] = new Character(taken.charCodeAt(i));
  return taken.length;
}

export const readerMethods: Extension = {
  holder: 'org.codehaus.groovy.runtime.IOGroovyMethods',
  methods: {
    'getText(java.io.Reader)': (_rt, self: Reader) => {
      const text = self.rest();
      self.source.closed = true;
      return text;
    },
    'readLine(java.io.Reader)': (_rt, self: Reader) => self.readLine(),
    'readLines(java.io.Reader)': (_rt, self: Reader) => lines(self),
    'eachLine(java.io.Reader, groovy.lang.Closure)': (rt, self: Reader, closure: Value) => eachLine(rt, self, 1, closure),
    'eachLine(java.io.Reader, int, groovy.lang.Closure)': (rt, self: Reader, first: number, closure: Value) => eachLine(rt, self, first, closure),
    'withReader(java.io.Reader, groovy.lang.Closure)': (rt, self: Reader, closure: Value) => withReader(rt, self, closure),
    'iterator(java.io.Reader)': (rt, self: Reader) => lines(self).iterator(rt),
    'getText(java.io.InputStream)': (_rt, self: ByteInput) => decode(self.rest(), 'UTF-8'),
    'getText(java.io.InputStream, java.lang.String)': (_rt, self: ByteInput, name: string) => decode(self.rest(), encodingNamed(name)),
    'getBytes(java.io.InputStream)': (rt, self: ByteInput) => byteArray(rt, self.rest()),
  },
};
