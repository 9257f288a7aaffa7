/** java.util.Properties: a map of texts, read and written in the format of `.properties` files. */
import { HashMap } from '../collections/hash-map.ts';
import { ArrayIterator, JavaList } from '../collections/model.ts';
import { writeText } from '../objects/writers.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { readAll } from './readers.ts';

export class Properties extends HashMap {
  readonly defaults: Properties | null;
  constructor(defaults: Properties | null = null) {
    super();
    this.defaults = defaults;
  }
  override get $type(): string {
    return 'java.util.Properties';
  }
  property(rt: Runtime, key: Value): Value {
    const own = this.get(rt, key);
    return typeof own === 'string' ? own : (this.defaults?.property(rt, key) ?? null);
  }
  override put(rt: Runtime, key: Value, value: Value): Value {
    if (key === null || value === null) throw new JavaThrowable('java.lang.NullPointerException');
    return super.put(rt, key, value);
  }
}

/** The pairs of a `.properties` text. Throws IllegalArgumentException `Malformed \uxxxx encoding.` */
export function parseProperties(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  const lines = text.split(/\r\n|\n|\r/);
  for (let i = 0; i < lines.length; i++) {
    let line = (lines[i] as string).replace(/^[ \t\f]+/, '');
    if (line === '' || line[0] === '#' || line[0] === '!') continue;
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(line)) {
      const next = lines[++i];
      line = line.slice(0, -1) + (next ?? '').replace(/^[ \t\f]+/, '');
      if (next === undefined) break;
    }
    const found = /^((?:[^\\=: \t\f]|\\[^])*)[ \t\f]*[=:]?[ \t\f]*([^]*)$/.exec(line);
    if (found !== null) pairs.push([unescape(found[1] as string), unescape(found[2] as string)]);
  }
  return pairs;
}
function unescape(text: string): string {
  return text.replace(/\\(u[^]{0,4}|[^]|$)/g, (_all, code: string) => {
    if (code[0] === 'u') {
      if (!/^u[0-9a-fA-F]{4}$/.test(code)) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Malformed \\uxxxx encoding.');
      return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    }
    return ({ t: '\t', n: '\n', r: '\r', f: '\f' } as Record<string, string>)[code] ?? code;
  });
}

const names = (self: Properties): Value[] => [...new Set([...(self.defaults === null ? [] : names(self.defaults)), ...self.keys()])];

export const propertiesClass: NativeClass = {
  name: 'java.util.Properties',
  superclass: 'java.util.HashMap',
  constructors: {
    '()': () => new Properties(),
    '(java.util.Properties)': (_rt, _self, defaults: Properties) => new Properties(defaults),
  },
  methods: {
    'getProperty(java.lang.String)': (rt, self: Properties, key: string) => self.property(rt, key),
    'getProperty(java.lang.String, java.lang.String)': (rt, self: Properties, key: string, otherwise: Value) => self.property(rt, key) ?? otherwise,
    'setProperty(java.lang.String, java.lang.String)': (rt, self: Properties, key: string, value: string) => self.put(rt, key, value),
    'load(java.io.Reader)': (rt, self: Properties, reader: Value) => {
      for (const [key, value] of parseProperties(readAll(rt, reader))) self.put(rt, key, value);
      return null;
    },
    'load(java.io.InputStream)': (rt, self: Properties, stream: Value) => {
      for (const [key, value] of parseProperties(rt.invokeSync(stream, 'getText', ['ISO-8859-1']) as string)) self.put(rt, key, value);
      return null;
    },
    'stringPropertyNames()': (rt, self: Properties) => rt.coerce(new JavaList(names(self)), 'java.util.Set') as Value,
    'propertyNames()': (_rt, self: Properties) => new ArrayIterator(names(self)),
    'list(java.io.PrintWriter)': (rt, self: Properties, writer: Value) => {
      writeText(
        rt,
        writer,
        `-- listing properties --\n${self
          .entries()
          .map((entry) => `${rt.str(entry.key)}=${shortened(rt.str(entry.value))}\n`)
          .join('')}`,
      );
      return null;
    },
  },
};
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}...` : text);
