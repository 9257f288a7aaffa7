/**
 * The class model: what a class of Java's library and one of a script have in common. Method tables are made when
 * first asked for, since a program uses few of the thousands there are.
 */
import { javaClassName } from '../operations/class-names.ts';
import type { Native } from './native.ts';
import type { Runtime } from './runtime.ts';
import type { Value } from './values.ts';
import { JavaObject } from './values.ts';

/** A parameter's or field's type by its full Java name; `java.lang.Object` where untyped. */
export type TypeName = string;

/**
 * A function compiled from a script: its suspending form, and, where it is known to end soon and to call nothing
 * that suspends, a plain one. `deps` are the method names that the plain form relies on nobody redefining.
 */
export interface Code {
  // The compiled functions take the receiver (or closure) and then the arguments by position.
  readonly gen: (self: any, ...args: any[]) => Generator<unknown, Value, unknown>;
  readonly plain: ((self: any, ...args: any[]) => Value) | null;
  readonly deps: readonly string[];
  /** Cache of the check of `deps`. */
  checkedAt: number;
  usable: boolean;
}

export interface Method {
  readonly name: string;
  readonly owner: GroovyClass;
  readonly params: readonly TypeName[];
  readonly returns: TypeName | null;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  readonly isPrivate: boolean;
  /** The last parameter is an array, so more or fewer arguments may be given. */
  readonly variable: boolean;
  /** Java's or Groovy's library; for extensions the first Java parameter is left out of `params`. */
  readonly native: Native | null;
  readonly suspends: boolean;
  /** Script code. `slots`: for a form with defaults left out, where each given argument goes among all parameters. */
  readonly code: Code | null;
  readonly slots: readonly number[] | null;
  readonly total: number;
  /** The whitelist's name of it where the sandbox refuses it, else null: `method java.lang.String execute`. */
  readonly refused: string | null;
  /** Where the method is an extension: its holder. */
  readonly extension: string | null;
  /** How arguments are converted to the parameters' types, made on first use; null entries convert nothing. */
  coercers?: readonly (Coercer | null)[] | null;
  /** A property's getter that nobody wrote: the slot it reads. */
  readonly slot?: number;
}
export type Coercer = (v: Value) => Value;

export interface Field {
  readonly name: string;
  readonly type: TypeName;
  readonly slot: number;
  readonly isProperty: boolean;
  readonly isFinal: boolean;
  readonly isPrivate: boolean;
  readonly owner: GroovyClass;
}

export interface StaticField {
  readonly name: string;
  readonly type: TypeName;
  readonly isProperty: boolean;
  readonly isFinal: boolean;
  value: Value | undefined;
  make: ((rt: Runtime) => Value) | null;
}

export type ClassKind = 'class' | 'abstract' | 'interface' | 'enum' | 'trait' | 'annotation' | 'primitive' | 'array';

/** A class, and the value of type java.lang.Class that stands for it in a script. */
export class GroovyClass extends JavaObject {
  readonly name: string;
  readonly kind: ClassKind;
  superclass: GroovyClass | null = null;
  interfaces: GroovyClass[] = [];
  /** Compiled from a script. */
  readonly isScriptCode: boolean;
  /** Fills the member tables on first use. */
  private fill: ((cls: GroovyClass) => void) | null;
  readonly ownMethods = new Map<string, Method[]>();
  readonly ownStatics = new Map<string, Method[]>();
  readonly constructors: Method[] = [];
  readonly ownFields = new Map<string, Field>();
  readonly staticFields = new Map<string, StaticField>();
  /** Instance slots, inherited ones included. */
  slotCount = 0;
  /** A class nested in another, and whether its instances need the outer one's. */
  outer: GroovyClass | null = null;
  isInner = false;
  isStaticNested = false;
  /** Set on a trait's layer between a class and its superclass: the trait. Layers are not shown to scripts. */
  traitLayer: GroovyClass | null = null;
  /** Fields marked `@Delegate`: methods that the class lacks are theirs. */
  delegates: string[] | null = null;
  annotations: readonly { readonly name: string; readonly members: ReadonlyMap<string, Value> }[] = [];
  /** Runs the class's static initialisation once; null when done. */
  initialize: (() => void) | null = null;
  /** Runs field initialisers of one instance, own class only. */
  instanceInit: Code | null = null;
  enumConstants: Value[] | null = null;
  /** Makes the JavaScript object under an instance where the class descends from a native one that has state. */
  nativeBase: GroovyClass | null = null;
  readonly fileName: string | null;

  private ancestry: readonly GroovyClass[] | null = null;
  private ancestrySet: Set<GroovyClass> | null = null;
  readonly methodCache = new Map<string, readonly Method[]>();
  readonly staticCache = new Map<string, readonly Method[]>();
  readonly fieldCache = new Map<string, Field | null>();
  /** Methods added through `metaClass`. */
  added: Map<string, Method[]> | null = null;

  constructor(name: string, kind: ClassKind, options: { isScriptCode?: boolean; fill?: (cls: GroovyClass) => void; fileName?: string } = {}) {
    super();
    this.name = name;
    this.kind = kind;
    this.isScriptCode = options.isScriptCode ?? false;
    this.fill = options.fill ?? null;
    this.fileName = options.fileName ?? null;
  }
  get $type(): string {
    return 'java.lang.Class';
  }
  /** The member tables, made now if they were not. */
  ready(): this {
    const fill = this.fill;
    if (fill !== null) {
      this.fill = null;
      fill(this);
    }
    return this;
  }
  get isInterface(): boolean {
    return this.kind === 'interface' || this.kind === 'trait' || this.kind === 'annotation';
  }
  get isAbstract(): boolean {
    return this.kind === 'abstract' || this.isInterface;
  }
  get simpleName(): string {
    const afterPackage = this.name.slice(this.name.lastIndexOf('.') + 1);
    if (this.outer === null && !afterPackage.includes('$')) return afterPackage;
    const nested = afterPackage.slice(afterPackage.lastIndexOf('$') + 1);
    return /^\d+$/.test(nested) && !this.isScriptCode ? '' : nested;
  }
  get packageName(): string {
    const dot = this.name.lastIndexOf('.');
    return dot < 0 ? '' : this.name.slice(0, dot);
  }
  override javaString(): string {
    if (this.kind === 'primitive') return this.name;
    return `${this.isInterface ? 'interface' : 'class'} ${javaClassName(this.name)}`;
  }

  /** The class, its superclasses and all interfaces, the more specific before the more general, Object last. */
  ancestors(): readonly GroovyClass[] {
    if (this.ancestry !== null) return this.ancestry;
    const depth = new Map<GroovyClass, number>();
    const measure = (cls: GroovyClass): number => {
      const known = depth.get(cls);
      if (known !== undefined) return known;
      let d = 0;
      cls.ready();
      if (cls.superclass !== null) d = Math.max(d, measure(cls.superclass) + 1);
      for (const i of cls.interfaces) d = Math.max(d, measure(i) + 1);
      if (cls.isInterface && d === 0) d = 1;
      depth.set(cls, d);
      return d;
    };
    measure(this);
    const chain = new Set<GroovyClass>();
    for (let c: GroovyClass | null = this; c !== null; c = c.superclass) chain.add(c);
    const all = [...depth.keys()];
    // Classes before interfaces where they are equally deep; order of declaration decides the rest.
    all.sort((a, b) => (depth.get(b) as number) - (depth.get(a) as number) || Number(chain.has(b)) - Number(chain.has(a)));
    // The class chain comes first but for Object, since a class's own method wins over an interface's default.
    const classes = all.filter((c) => chain.has(c) && c.name !== 'java.lang.Object');
    const rest = all.filter((c) => !chain.has(c));
    const object = all.filter((c) => c.name === 'java.lang.Object');
    this.ancestry = [...classes, ...rest, ...object];
    this.ancestrySet = new Set(this.ancestry);
    return this.ancestry;
  }
  isSubclassOf(other: GroovyClass): boolean {
    if (this === other) return true;
    if (this.ancestrySet === null) this.ancestors();
    return (this.ancestrySet as Set<GroovyClass>).has(other);
  }
  /** An instance field by name, here or in a superclass. */
  findField(name: string): Field | null {
    const known = this.fieldCache.get(name);
    if (known !== undefined) return known;
    let found: Field | null = null;
    for (let c: GroovyClass | null = this; c !== null && found === null; c = c.superclass) found = c.ready().ownFields.get(name) ?? null;
    this.fieldCache.set(name, found);
    return found;
  }
  findStaticField(name: string): { readonly owner: GroovyClass; readonly field: StaticField } | null {
    for (const c of this.ancestors()) {
      const field = c.ready().staticFields.get(name);
      if (field !== undefined) return { owner: c, field };
    }
    return null;
  }
}

/** An instance of a script's class that has no native state. */
export class Instance extends JavaObject {
  declare $class: GroovyClass;
  fields: Value[];
  /** Of a non-static inner class: the object around it. */
  outer: Value = null;
  /** Local variables that an anonymous class took along, as accessors. */
  captured: any = null;
  constructor(cls: GroovyClass) {
    super();
    this.$class = cls;
    const n = cls.slotCount;
    const fields: Value[] = [];
    for (let i = 0; i < n; i++) fields.push(null);
    this.fields = fields;
  }
  get $type(): string {
    return this.$class.name;
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return userMethod(this.$class, 'equals', 1) ? rt.truth(rt.invokeSync(this, 'equals', [other])) : this === other;
  }
  override javaHash(rt: Runtime): number {
    return userMethod(this.$class, 'hashCode', 0) ? (rt.invokeSync(this, 'hashCode', []) as number) : rt.identityHash(this);
  }
  override javaString(rt: Runtime): string {
    if (userMethod(this.$class, 'toString', 0)) {
      const text = rt.invokeSync(this, 'toString', []);
      return text === null ? 'null' : typeof text === 'string' ? text : rt.str(text);
    }
    if (this.$class.enumConstants !== null || this.$class.superclass?.enumConstants != null) return this.fields[0] as string;
    return `${this.$class.name}@${(this.javaHash(rt) >>> 0).toString(16)}`;
  }
}

/** Whether a script class below `cls` has its own method of that name with n parameters. */
export function userMethod(cls: GroovyClass, name: string, n: number): boolean {
  for (let c: GroovyClass | null = cls; c?.isScriptCode; c = c.superclass) {
    const list = c.ready().ownMethods.get(name);
    if (list?.some((m) => m.params.length === n && !m.isAbstract)) return true;
    if (c.added?.get(name)?.some((m) => m.params.length === n)) return true;
  }
  return false;
}
