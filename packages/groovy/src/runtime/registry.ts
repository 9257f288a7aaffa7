/**
 * The classes that exist: Java's and Groovy's from the native tables, arrays of any class, and those that scripts
 * define. One registry a runtime, since scripts of different builds may define classes of the same name; the tables
 * under it are shared and never changed.
 */

import type { Method } from './classes.ts';
import { GroovyClass } from './classes.ts';
import type { Library, Native, NativeClass, Signatures } from './native.ts';
import { isPrimitive, parseSignature } from './signature.ts';
import { JavaThrowable } from './values.ts';

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor as new () => unknown;

export type NameSet = Pick<ReadonlySet<string>, 'has'>;

/** What the tables say, indexed once and shared by all registries. */
export class LibraryIndex {
  readonly classes = new Map<string, NativeClass[]>();
  /** Receiver type → method name → signatures with their holders. */
  readonly extensions = new Map<string, Map<string, { holder: string; signature: string; native: Native | null; isStatic: boolean }[]>>();
  /** Names of native methods that never suspend, and of those that may. */
  readonly plainNames: NameSet = { has: (name) => this.names().plain.has(name) };
  readonly suspendingNames: NameSet = { has: (name) => this.names().suspending.has(name) };
  private readonly tables: Signatures[] = [];
  private namesOnce: { readonly plain: Set<string>; readonly suspending: Set<string> } | null = null;

  constructor(libraries: readonly Library[]) {
    for (const library of libraries) {
      for (const cls of library.classes) {
        const list = this.classes.get(cls.name);
        if (list === undefined) this.classes.set(cls.name, [cls]);
        else list.push(cls);
        for (const table of [cls.methods, cls.statics, cls.trusted?.methods, cls.trusted?.statics]) this.note(table);
      }
      for (const ext of library.extensions) {
        this.index(ext.holder, ext.methods, false);
        this.index(ext.holder, ext.statics, true);
        for (const line of ext.restricted ?? []) this.restrict(ext.holder, line);
      }
    }
  }
  private note(table: Signatures | undefined): void {
    if (table !== undefined) this.tables.push(table);
  }
  /** Gathered when first asked: a script without closures and methods of its own never does, and it costs its start 3 ms. */
  private names(): NonNullable<LibraryIndex['namesOnce']> {
    if (this.namesOnce !== null) return this.namesOnce;
    const plain = new Set<string>();
    const suspending = new Set<string>();
    for (const table of this.tables) {
      for (const signature in table) {
        const name = signature.slice(0, signature.indexOf('('));
        const suspends = table[signature] instanceof GeneratorFunction || /Closure|Comparator|java\.util\.function/.test(signature);
        (suspends ? suspending : plain).add(name);
      }
    }
    this.tables.length = 0;
    return (this.namesOnce = { plain, suspending });
  }
  private index(holder: string, table: Signatures | undefined, isStatic: boolean): void {
    if (table === undefined) return;
    this.note(table);
    for (const signature in table) this.add(holder, signature, table[signature] as Native, isStatic);
  }
  private restrict(holder: string, line: string): void {
    // `execute java.lang.String`: the method's name, then its parameter types.
    const words = line.replace(/^(static)?[mM]ethod /, '').split(' ');
    this.add(holder, `${words[0]}(${words.slice(1).join(',')})`, null, false);
  }
  private add(holder: string, signature: string, native: Native | null, isStatic: boolean): void {
    const open = signature.indexOf('(');
    const name = signature.slice(0, open);
    const comma = signature.indexOf(',', open);
    const receiver = signature.slice(open + 1, comma < 0 ? signature.lastIndexOf(')') : comma).trim();
    let byName = this.extensions.get(receiver);
    if (byName === undefined) this.extensions.set(receiver, (byName = new Map()));
    const list = byName.get(name);
    const entry = { holder, signature, native, isStatic };
    if (list === undefined) byName.set(name, [entry]);
    else list.push(entry);
  }
}

export class Registry {
  private readonly byName = new Map<string, GroovyClass>();
  readonly index: LibraryIndex;

  constructor(index: LibraryIndex) {
    this.index = index;
  }

  /** A class that must exist: Java's own. */
  get(name: string): GroovyClass {
    const cls = this.byName.get(name) ?? this.find(name);
    if (cls === null) throw new JavaThrowable('java.lang.NoClassDefFoundError', name.replaceAll('.', '/'));
    return cls;
  }

  find(name: string): GroovyClass | null {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    let made: GroovyClass | null = null;
    if (name.endsWith('[]')) {
      const component = this.find(name.slice(0, -2));
      if (component !== null) {
        made = new GroovyClass(name, 'array');
        made.superclass = this.get('java.lang.Object');
        // Object[] is above String[], as arrays are covariant.
        if (!isPrimitive(component.name) && component.name !== 'java.lang.Object') made.interfaces = [this.get('java.lang.Object[]')];
      }
    } else if (isPrimitive(name)) {
      made = new GroovyClass(name, 'primitive');
    } else {
      const tables = this.index.classes.get(name);
      if (tables !== undefined) made = this.makeNative(name, tables);
    }
    if (made !== null) this.byName.set(name, made);
    return made;
  }

  forgetMethods(): void {
    for (const cls of this.byName.values()) {
      cls.methodCache.clear();
      cls.staticCache.clear();
    }
  }
  define(cls: GroovyClass): void {
    this.byName.set(cls.name, cls);
  }

  /** A native class of this registry alone. */
  defineNative(table: NativeClass): GroovyClass {
    return this.makeNative(table.name, [table]);
  }

  private makeNative(name: string, tables: readonly NativeClass[]): GroovyClass {
    const kind = tables.find((t) => t.kind !== undefined)?.kind ?? 'class';
    const cls = new GroovyClass(name, kind, { fill: (c) => this.fill(c, tables) });
    if (name !== 'java.lang.Object' && kind !== 'interface') {
      const superName = tables.find((t) => t.superclass !== undefined)?.superclass ?? 'java.lang.Object';
      cls.superclass = this.find(superName) ?? this.get('java.lang.Object');
    }
    this.byName.set(name, cls);
    const dollar = name.lastIndexOf('$');
    if (dollar > 0) cls.outer = this.find(name.slice(0, dollar));
    for (const t of tables)
      for (const i of t.interfaces ?? []) {
        const found = this.find(i);
        if (found !== null && !cls.interfaces.includes(found)) cls.interfaces.push(found);
      }
    return cls;
  }

  private fill(cls: GroovyClass, tables: readonly NativeClass[]): void {
    for (const t of tables) {
      for (const [table, isStatic] of [
        [t.methods, false],
        [t.statics, true],
      ] as const) {
        for (const signature in table) add(isStatic ? cls.ownStatics : cls.ownMethods, native(cls, signature, table[signature] as Native, isStatic, null));
      }
      for (const signature in t.constructors) cls.constructors.push(native(cls, `<init>${signature}`, t.constructors[signature] as Native, true, null));
      for (const line of t.restricted ?? []) {
        const words = line.split(' ');
        const what = words[0] as string;
        if (what === 'new') {
          const params = words.slice(1);
          const signature = `<init>(${params.join(',')})`;
          const trusted = t.trusted?.constructors?.[`(${params.join(', ')})`] ?? t.trusted?.constructors?.[`(${params.join(',')})`] ?? null;
          cls.constructors.push(native(cls, signature, trusted, true, `new ${cls.name}${params.map((p) => ` ${p}`).join('')}`));
        } else if (what === 'method' || what === 'staticMethod') {
          const isStatic = what === 'staticMethod';
          const methodName = words[1] as string;
          const params = words.slice(2);
          const source = isStatic ? t.trusted?.statics : t.trusted?.methods;
          const trusted = source?.[`${methodName}(${params.join(', ')})`] ?? source?.[`${methodName}(${params.join(',')})`] ?? null;
          add(
            isStatic ? cls.ownStatics : cls.ownMethods,
            native(cls, `${methodName}(${params.join(',')})`, trusted, isStatic, `${what} ${cls.name} ${words.slice(1).join(' ')}`),
          );
        }
      }
      for (const field in t.fields) {
        cls.staticFields.set(field, {
          name: field,
          type: 'java.lang.Object',
          isProperty: false,
          isFinal: true,
          value: undefined,
          make: t.fields[field] as never,
        });
      }
    }
  }

  /** The extension methods for receivers of exactly this class's name. */
  extensionsOf(cls: GroovyClass, name: string, wantStatic: boolean): Method[] {
    const entries = this.index.extensions.get(cls.name)?.get(name);
    if (entries === undefined) return [];
    const out: Method[] = [];
    for (const e of entries) {
      if (e.isStatic !== wantStatic) continue;
      const { params } = parseSignature(e.signature);
      const rest = params.slice(1);
      out.push({
        name,
        owner: cls,
        params: rest,
        returns: null,
        isStatic: wantStatic,
        isAbstract: false,
        isPrivate: false,
        variable: rest.length > 0 && (rest[rest.length - 1] as string).endsWith('[]'),
        native: e.native,
        suspends: e.native instanceof GeneratorFunction,
        code: null,
        slots: null,
        total: rest.length,
        refused: e.native === null ? `staticMethod ${e.holder} ${name} ${params.join(' ')}` : null,
        extension: e.holder,
      });
    }
    return out;
  }
}

function add(map: Map<string, Method[]>, method: Method): void {
  const list = map.get(method.name);
  if (list === undefined) map.set(method.name, [method]);
  else list.push(method);
}

function native(owner: GroovyClass, signature: string, fn: Native | null, isStatic: boolean, refused: string | null): Method {
  const { name, params } = parseSignature(signature);
  return {
    name,
    owner,
    params,
    returns: null,
    isStatic,
    isAbstract: false,
    isPrivate: false,
    variable: params.length > 0 && (params[params.length - 1] as string).endsWith('[]'),
    native: fn,
    suspends: fn instanceof GeneratorFunction,
    code: null,
    slots: null,
    total: params.length,
    refused,
    extension: null,
  };
}
