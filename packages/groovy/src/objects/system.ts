/** java.lang.System, Thread and Runtime: the time comes from the build's journal, everything else is refused in the sandbox. */
import type { JavaArray } from '../collections/model.ts';
import { Long } from '../numbers/boxes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { StandardStream } from './writers.ts';

const REFUSED_SYSTEM: readonly string[] = [
  'exit int',
  'gc',
  'getProperties',
  'getProperty java.lang.String',
  'getProperty java.lang.String java.lang.String',
  'setProperty java.lang.String java.lang.String',
  'clearProperty java.lang.String',
  'getenv',
  'getenv java.lang.String',
  'nanoTime',
  'load java.lang.String',
  'loadLibrary java.lang.String',
  'setOut java.io.PrintStream',
  'setErr java.io.PrintStream',
  'setIn java.io.InputStream',
  'getSecurityManager',
  'setSecurityManager java.lang.SecurityManager',
  'runFinalization',
  'console',
  'inheritedChannel',
  'setProperties java.util.Properties',
];

export const systemTable: NativeClass = {
  name: 'java.lang.System',
  statics: {
    'currentTimeMillis()': (rt) => Long.of(rt.world.now()),
    'identityHashCode(java.lang.Object)': (rt, _self, v: Value) => (v instanceof JavaObject || v instanceof JavaThrowable ? rt.identityHash(v) : rt.hash(v)),
    'lineSeparator()': () => '\n',
    'arraycopy(java.lang.Object, int, java.lang.Object, int, int)': (_rt, _self, from: JavaArray, start: number, to: JavaArray, at: number, length: number) => {
      if (start < 0 || at < 0 || length < 0 || start + length > from.items.length || at + length > to.items.length) {
        const [index, array] = start + length > from.items.length ? [start + length, from] : [at + length, to];
        throw new JavaThrowable(
          'java.lang.ArrayIndexOutOfBoundsException',
          `arraycopy: last ${array === from ? 'source' : 'destination'} index ${index} out of bounds for object array[${array.items.length}]`,
        );
      }
      const moved = from.items.slice(start, start + length);
      for (let i = 0; i < length; i++) to.items[at + i] = moved[i] as Value;
      return null;
    },
  },
  fields: { out: () => new StandardStream(), err: () => new StandardStream() },
  restricted: REFUSED_SYSTEM.map((line) => `staticMethod ${line}`),
  trusted: {
    statics: {
      'nanoTime()': (rt) => Long.of(rt.world.nanoTime()),
      'gc()': () => null,
      'getenv(java.lang.String)': () => null,
      'getProperty(java.lang.String)': (_rt, _self, name: string) => systemProperty(name),
      'getProperty(java.lang.String, java.lang.String)': (_rt, _self, name: string, other: Value) => systemProperty(name) ?? other,
    },
  },
};

/** The few properties that don't depend on a machine. */
function systemProperty(name: string): string | null {
  switch (name) {
    case 'line.separator':
      return '\n';
    case 'file.separator':
      return '/';
    case 'path.separator':
      return ':';
    case 'file.encoding':
      return 'UTF-8';
    default:
      return null;
  }
}

export const threadTable: NativeClass = {
  name: 'java.lang.Thread',
  interfaces: ['java.lang.Runnable'],
  restricted: [
    'new',
    'new java.lang.Runnable',
    'new java.lang.String',
    'new java.lang.Runnable java.lang.String',
    'staticMethod sleep long',
    'staticMethod sleep long int',
    'staticMethod currentThread',
    'staticMethod start groovy.lang.Closure',
    'staticMethod startDaemon groovy.lang.Closure',
    'staticMethod yield',
    'staticMethod getAllStackTraces',
    'staticMethod activeCount',
    'method start',
    'method join',
    'method interrupt',
    'method getContextClassLoader',
    'method getName',
  ],
};

export const runtimeTable: NativeClass = {
  name: 'java.lang.Runtime',
  restricted: [
    'staticMethod getRuntime',
    'method exec java.lang.String',
    'method exec java.lang.String[]',
    'method exit int',
    'method halt int',
    'method gc',
    'method availableProcessors',
    'method freeMemory',
    'method totalMemory',
    'method maxMemory',
    'method addShutdownHook java.lang.Thread',
    'method load java.lang.String',
  ],
};
