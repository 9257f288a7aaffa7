/** Closures: code with its owner, delegate and the local variables it was made among. */
import type { Code, TypeName } from './classes.ts';
import type { Runtime } from './runtime.ts';
import type { Computation, Pending, Value } from './values.ts';
import { JavaObject } from './values.ts';

/** What the compiler knows of a closure expression; shared by all closures made of it. */
export interface ClosureInfo {
  /** `WorkflowScript$_run_closure1` */
  readonly className: string;
  /** Declared parameter types; one Object for the implicit `it`. */
  readonly params: readonly TypeName[];
  readonly names: readonly string[];
  readonly implicitIt: boolean;
  /** How many of the parameters must be given. */
  readonly required: number;
  readonly variable: boolean;
  /** Some parameter has a type that arguments may have to be converted to. */
  readonly typed: boolean;
  /** As in `Code`: what the plain form relies on. */
  readonly deps: readonly string[];
  checkedAt: number;
  usable: boolean;
}

export const OWNER_FIRST = 0,
  DELEGATE_FIRST = 1,
  OWNER_ONLY = 2,
  DELEGATE_ONLY = 3,
  TO_SELF = 4;

export abstract class AbstractClosure extends JavaObject {
  owner: Value;
  delegate: Value;
  thisObject: Value;
  strategy: number = OWNER_FIRST;
  directive: number = 0;
  constructor(owner: Value, thisObject: Value) {
    super();
    this.owner = owner;
    this.delegate = owner;
    this.thisObject = thisObject;
  }
  /** How many arguments it says it takes. */
  abstract get arity(): number;
  abstract get parameterTypes(): readonly TypeName[];
}

/** A closure expression's value. */
export class Closure extends AbstractClosure {
  readonly info: ClosureInfo;
  /** The two forms of its code, holding the local variables it was made among. */
  readonly gen: Code['gen'];
  readonly plain: Code['plain'];
  constructor(info: ClosureInfo, owner: Value, thisObject: Value, gen: Code['gen'], plain: Code['plain']) {
    super(owner, thisObject);
    this.info = info;
    this.gen = gen;
    this.plain = plain;
  }
  get $type(): string {
    return 'groovy.lang.Closure';
  }
  get arity(): number {
    return this.info.params.length;
  }
  get parameterTypes(): readonly TypeName[] {
    return this.info.params;
  }
  override javaString(rt: Runtime): string {
    return `${this.info.className}@${(this.javaHash(rt) >>> 0).toString(16)}`;
  }
  copy(): Closure {
    const c = new Closure(this.info, this.owner, this.thisObject, this.gen, this.plain);
    c.delegate = this.delegate;
    c.strategy = this.strategy;
    c.directive = this.directive;
    return c;
  }
}

/** `c.curry(1)`, `c.rcurry(1)`, `c.ncurry(1, x)`. */
export class CurriedClosure extends AbstractClosure {
  readonly base: AbstractClosure;
  readonly curried: readonly Value[];
  /** Where the curried arguments go: from the front (>= 0) or, for rcurry, -1: at the end. */
  readonly index: number;
  constructor(base: AbstractClosure, curried: readonly Value[], index: number) {
    super(base.owner, base.thisObject);
    this.delegate = base.delegate;
    this.strategy = base.strategy;
    this.base = base;
    this.curried = curried;
    this.index = index;
  }
  get $type(): string {
    return 'org.codehaus.groovy.runtime.CurriedClosure';
  }
  get arity(): number {
    return Math.max(0, this.base.arity - this.curried.length);
  }
  get parameterTypes(): readonly TypeName[] {
    const all = [...this.base.parameterTypes];
    all.splice(this.index < 0 ? Math.max(0, all.length - this.curried.length) : this.index, this.curried.length);
    return all;
  }
  merge(args: readonly Value[]): Value[] {
    if (this.index < 0) return [...args, ...this.curried];
    return [...args.slice(0, this.index), ...this.curried, ...args.slice(this.index)];
  }
}

/** `object.&method` */
export class MethodClosure extends AbstractClosure {
  readonly methodName: string;
  private readonly size: number;
  constructor(receiver: Value, methodName: string, size: number) {
    super(receiver, receiver);
    this.methodName = methodName;
    this.size = size;
  }
  get $type(): string {
    return 'org.codehaus.groovy.runtime.MethodClosure';
  }
  get arity(): number {
    return this.size;
  }
  get parameterTypes(): readonly TypeName[] {
    return Array.from({ length: this.size }, () => 'java.lang.Object');
  }
}

/** A closure made by native code: composition, memoisation, what a host hands to a script. */
export class NativeClosure extends AbstractClosure {
  readonly run: (args: readonly Value[]) => Value | Pending | Computation;
  private readonly size: number;
  constructor(size: number, run: (args: readonly Value[]) => Value | Pending | Computation, owner: Value = null) {
    super(owner, owner);
    this.run = run;
    this.size = size;
  }
  get $type(): string {
    return 'groovy.lang.Closure';
  }
  get arity(): number {
    return this.size;
  }
  get parameterTypes(): readonly TypeName[] {
    return Array.from({ length: this.size }, () => 'java.lang.Object');
  }
}
