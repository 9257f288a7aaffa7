/** What a piece of code being compiled knows of its surroundings: variables, the class and method it is in. */

import type { Interpreter } from '../runtime/interpreter.ts';
import type { ClassDecl, ClosureExpression, CompilationUnit } from '../syntax/ast.ts';
import { type ClosureNode, METHOD } from './closure-names.ts';
import type { ClassResolver } from './resolve.ts';

export interface Local {
  /** The JavaScript variable. */
  readonly js: string;
  /** Declared type, Object where none: assignments are cast to it. */
  readonly type: string;
  /** A type whose JavaScript representation is known for sure: `int` and `boolean` variables. */
  readonly sure: 'int' | 'boolean' | null;
}

/** The class whose code is compiled. */
export interface ClassContext {
  readonly name: string;
  readonly isScript: boolean;
  readonly isInner: boolean;
  readonly outer: ClassContext | null;
  /** Own and outer fields by name, for code that reads them without a receiver. */
  readonly fields: ReadonlyMap<string, { readonly isStatic: boolean }>;
  /** Private methods: a call of one without a receiver means this class's own, whatever a subclass has. */
  readonly privateMethods: ReadonlySet<string>;
  /** Where an anonymous class stands: its surroundings' variables can be used. */
  readonly around: Code | null;
  /** Locals of the surroundings that its methods use: they go into the instance's `captured`. */
  readonly captures: Map<string, { readonly js: string; readonly code: Code }>;
  readonly generics: ReadonlySet<string>;
  readonly closures: Map<ClosureExpression, ClosureNode>;
}

/** One function being compiled: a method, an initialiser or a closure. */
export class Code {
  readonly unit: UnitContext;
  readonly cls: ClassContext;
  readonly parent: Code | null;
  /** The closure's JavaScript variable; null in methods. */
  readonly closure: string | null;
  readonly isStatic: boolean;
  /** false: the plain form, which cannot suspend. */
  readonly gen: boolean;
  readonly place: number;
  readonly returns: string | null;
  readonly generics: ReadonlySet<string>;
  /** Name prefix of closures inside: `WorkflowScript$_run`. */
  readonly closurePrefix: string;
  /** Where its closures stand in the class, see closure-names.ts. */
  phase: number;
  /** The closure that this is the code of. */
  readonly node: ClosureNode | null;
  private readonly blocks: Map<string, Local>[] = [new Map()];
  private temps = 0;
  readonly tempNames: string[] = [];
  /** While an assert's condition is compiled: where sub-expressions' values are noted. */
  record: string | null = null;
  line = 0;
  labels: string[] = [];
  /** Loops have to put the call depth back at a `return` only. */
  readonly isConstructor: boolean;

  constructor(options: {
    unit: UnitContext;
    cls: ClassContext;
    parent: Code | null;
    closure: string | null;
    isStatic: boolean;
    gen: boolean;
    place: number;
    returns: string | null;
    generics: ReadonlySet<string>;
    closurePrefix: string;
    phase?: number;
    node?: ClosureNode;
    isConstructor?: boolean;
  }) {
    this.unit = options.unit;
    this.cls = options.cls;
    this.parent = options.parent;
    this.closure = options.closure;
    this.isStatic = options.isStatic;
    this.gen = options.gen;
    this.place = options.place;
    this.returns = options.returns;
    this.generics = options.generics;
    this.closurePrefix = options.closurePrefix;
    this.phase = options.phase ?? METHOD;
    this.node = options.node ?? null;
    this.isConstructor = options.isConstructor ?? false;
  }

  push(): void {
    this.blocks.push(new Map());
  }
  pop(): void {
    this.blocks.pop();
  }
  declare(name: string, type: string): Local {
    const sure = type === 'int' ? 'int' : type === 'boolean' ? 'boolean' : null;
    const local: Local = { js: `x${this.unit.counter++}`, type, sure };
    (this.blocks[this.blocks.length - 1] as Map<string, Local>).set(name, local);
    return local;
  }
  own(name: string): Local | null {
    for (let i = this.blocks.length - 1; i >= 0; i--) {
      const found = (this.blocks[i] as Map<string, Local>).get(name);
      if (found !== undefined) return found;
    }
    return null;
  }
  /** Whether the innermost scopes of this function have the name: declaring it again is an error. */
  declaredHere(name: string): boolean {
    for (let c: Code | null = this; c !== null; c = c.parent) if (c.own(name) !== null) return true;
    return false;
  }
  /** A variable by name: here, in functions around, or taken along by an anonymous class. */
  find(name: string): Local | null {
    for (let c: Code | null = this; c !== null; c = c.parent) {
      const found = c.own(name);
      if (found !== null) return found;
    }
    const { around, captures } = this.cls;
    if (around === null || this.cls.fields.has(name)) return null;
    const outer = around.find(name);
    if (outer === null) return null;
    captures.set(name, { js: outer.js, code: around });
    return { js: `$t.captured.${capturedName(name, this.unit)}`, type: outer.type, sure: null };
  }
  temp(): string {
    const name = `t${++this.temps}`;
    this.tempNames.push(name);
    return name;
  }
  /** What `this` is called without a receiver: the closure's or the object's JavaScript variable. */
  get self(): string {
    return this.closure ?? '$t';
  }
}

/** A safe JavaScript name for a captured variable. */
export function capturedName(name: string, unit: UnitContext): string {
  let n = unit.capturedNames.get(name);
  if (n === undefined) unit.capturedNames.set(name, (n = unit.capturedNames.size));
  return `c${n}`;
}

/** All of one file's compilation. */
export interface UnitContext {
  readonly vm: Interpreter;
  readonly unit: CompilationUnit;
  readonly resolver: ClassResolver;
  counter: number;
  readonly capturedNames: Map<string, number>;
  readonly classes: ClassContext[];
  /** JavaScript of call sites, class references and constants, made once when the unit is loaded. */
  readonly heads: string[];
  readonly sites: Map<string, string>;
  /** Values handed to the generated code: closure infos, annotation data, texts of asserts. */
  readonly constants: unknown[];
  readonly places: { className: string; methodName: string }[];
  readonly errors: { message: string; line: number; column: number }[];
  /** Compiles an anonymous class and answers its name; `captures`: the variables that each took along. */
  readonly anonymous: {
    readonly compile: (e: ClassDecl, cls: ClassContext, code: Code) => string;
    readonly captures: Map<string, ReadonlyMap<string, unknown>>;
  };
  /** From functions.ts, which needs expressions itself. */
  readonly closureFunction: (c: Code, e: ClosureExpression) => string;
}
