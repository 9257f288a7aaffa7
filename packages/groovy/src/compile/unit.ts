/** A whole file to classes: what of it becomes fields, methods and initialisers, and the code of each. */

import type { GroovyClass, Code as RunCode } from '../runtime/classes.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import type { AnnotationSpec, ClassSpec, FieldSpec, MethodSpec } from '../runtime/script-class.ts';
import { defineClasses } from '../runtime/script-class.ts';
import type { Value } from '../runtime/values.ts';
import type {
  Annotation,
  ClassDecl,
  ClosureExpression,
  CompilationUnit,
  Expression,
  FieldDecl,
  MethodDecl,
  Parameter,
  Statement,
  VariableDeclaration,
} from '../syntax/ast.ts';
import { CompilationError, syntaxMessage } from '../syntax/index.ts';
import { CONSTRUCTOR, INSTANCE, METHOD, nameClosures, RUN, STATIC } from './closure-names.ts';
import { casted, classRef, expression, sure, typeName } from './expressions.ts';
import { closureFunction, functionText, parameterTypes } from './functions.ts';
import { makeOperations } from './operations.ts';
import { plainDeps } from './plain.ts';
import { ClassResolver } from './resolve.ts';
import type { ClassContext, UnitContext } from './scope.ts';
import { Code } from './scope.ts';
import { block } from './statements.ts';
import { finish, mark, quote } from './text.ts';

export interface CompileOptions {
  /** The script's class: `WorkflowScript`, `Script1`. */
  readonly className: string;
  /** `groovy.lang.Script` where not given. */
  readonly scriptBase?: string;
  /** Packages whose classes need no import. */
  readonly starImports?: readonly string[];
  /** Its code may do what the sandbox refuses: see runtime/trusted.ts. */
  readonly trusted?: boolean;
}

export interface CompiledUnit {
  /** The class of the script's statements; null for a file of classes alone. */
  readonly script: GroovyClass | null;
  readonly classes: readonly GroovyClass[];
}

/** A function of the generated code that a class's description names by its number. */
interface Pair {
  readonly gen: string;
  readonly plain: string;
  readonly deps: readonly string[];
}

const SPAN = { start: 0, end: 0, line: 0, column: 0, lastLine: 0, lastColumn: 0 };

class UnitCompiler {
  readonly context: UnitContext;
  readonly specs: ClassSpec[] = [];
  private readonly vm: Interpreter;
  private readonly unit: CompilationUnit;
  private readonly pairs: Pair[] = [];
  /** Where classes are declared, by name. */
  private readonly spans = new Map<string, ClassDecl['span']>();
  /** Filled once the generated code has been loaded. */
  private readonly codes: { -readonly [K in keyof RunCode]: RunCode[K] }[] = [];
  private readonly options: CompileOptions;

  constructor(vm: Interpreter, unit: CompilationUnit, options: CompileOptions) {
    this.vm = vm;
    this.unit = unit;
    this.options = options;
    const own = new Set<string>();
    const prefix = unit.packageName === null ? '' : `${unit.packageName}.`;
    const collect = (c: ClassDecl, outer: string | null): void => {
      const name = outer === null ? prefix + c.name : `${outer}$${c.name}`;
      own.add(name);
      for (const n of c.classes) collect(n, name);
    };
    for (const c of unit.classes) collect(c, null);
    own.add(this.scriptName);
    const captures = new Map<string, ReadonlyMap<string, unknown>>();
    this.context = {
      vm,
      unit,
      resolver: new ClassResolver(vm, unit, own, options.starImports ?? []),
      counter: 0,
      capturedNames: new Map(),
      classes: [],
      heads: [],
      sites: new Map(),
      constants: [],
      places: [],
      errors: [],
      closureFunction,
      anonymous: {
        compile: (decl, cls, code) => {
          const name = `${outermost(cls).name}$${++this.anonymousCount}`;
          const made = this.classDecl(decl, name, cls, code);
          captures.set(name, made.captures);
          return name;
        },
        captures,
      },
    };
  }
  private anonymousCount = 0;
  private get scriptName(): string {
    return this.unit.packageName === null ? this.options.className : `${this.unit.packageName}.${this.options.className}`;
  }

  compile(): CompiledUnit {
    const { unit, context } = this;
    this.refuseGrab();
    const prefix = unit.packageName === null ? '' : `${unit.packageName}.`;
    const hasScript = unit.statements.length > 0 || unit.methods.length > 0 || unit.classes.length === 0;
    const top = (c: ClassDecl): void => {
      this.classDecl(c, prefix + c.name, null, null);
    };
    for (const c of unit.classes) top(c);
    if (hasScript) this.script();
    this.refuseCircles();
    for (const e of context.resolver.unresolved) {
      const blank = unit.imports.some((i) => i.span === e.span) ? '' : ' ';
      context.errors.push({ message: `unable to resolve class ${e.name}${blank}`, line: e.span.line, column: e.span.column });
    }
    if (context.errors.length > 0) {
      const seen = new Set<string>();
      const list = context.errors.filter((e) => !seen.has(`${e.line}:${e.column}:${e.message}`) && seen.add(`${e.line}:${e.column}:${e.message}`));
      list.sort((a, b) => a.line - b.line || a.column - b.column);
      throw new CompilationError(
        // Groovy's compiler ends its messages with a line break, its parser does not.
        list.map((e) => syntaxMessage(`${e.message}\n`, e.line, e.column, unit.source)),
        unit.fileName,
      );
    }
    for (const cls of context.classes) nameClosures(cls.closures);
    this.load();
    const classes = defineClasses(this.vm, this.specs);
    // A file whose first class is a Script by itself is run as one.
    const first = classes.find((c) => c.name === prefix + (unit.classes[0]?.name ?? ''));
    const own = !hasScript && first !== undefined && first.isSubclassOf(this.vm.registry.get('groovy.lang.Script')) ? first : null;
    return { script: hasScript ? (classes.find((c) => c.name === this.scriptName) ?? null) : own, classes };
  }

  /** `@Grab` would fetch code while compiling; Jenkins' sandbox refuses it, and so does this in any case. */
  private refuseGrab(): void {
    const { unit, context } = this;
    const all: readonly Annotation[] = [
      ...unit.packageAnnotations,
      ...unit.imports.flatMap((i) => i.annotations),
      ...unit.statements.flatMap((s) => (s.kind === 'VariableDeclaration' ? s.annotations : [])),
      ...[...unit.methods, ...unit.classes, ...unit.classes.flatMap((c) => [...c.methods, ...c.fields])].flatMap((d) => d.annotations),
    ];
    for (const a of all) {
      const name = a.name.slice(a.name.lastIndexOf('.') + 1);
      if (REFUSED_ANNOTATIONS.has(name)) {
        context.errors.push({ message: `Annotation ${name} cannot be used in the sandbox.`, line: a.span.line, column: a.span.column });
      }
    }
  }

  /** Classes that are above themselves: as ResolveVisitor.checkCyclicInheritance. */
  private refuseCircles(): void {
    const above = new Map(this.specs.map((s) => [s.name, [...(s.superName === null ? [] : [s.superName]), ...s.interfaces]]));
    for (const { name, kind } of this.specs) {
      const span = this.spans.get(name);
      if (span === undefined || !isAboveItself(name, (of) => above.get(of) ?? [])) continue;
      this.context.errors.push({
        message: `Cyclic inheritance involving ${name} in ${kind === 'interface' ? 'interface' : 'class'} ${name}`,
        line: span.line,
        column: span.column,
      });
    }
  }

  // ---------------------------------------------------------------- the generated code

  private load(): void {
    const { vm, context } = this;
    const url = `groovy-unit-${vm.units.length}`;
    const operations = makeOperations(vm, this.options.trusted === true);
    const head = `"use strict";const {${Object.keys(operations).join(',')}}=O;${context.heads.join('')}return[`;
    const body = this.pairs.map((p) => `[${p.gen},\n${p.plain}]`).join(',');
    // A Function's text begins at line 3: its head takes two lines.
    const { text, lines, owners } = finish(`${head}${body}]`, 3);
    vm.units.push({ url, fileName: this.unit.fileName, lines, owners, places: context.places });
    // The text holds no name and no text of the script but as JSON; see compile/text.ts.
    const factory = new Function('V', 'O', 'K', 'MAX', `${text}\n//# sourceURL=${url}`) as (...args: unknown[]) => [RunCode['gen'], RunCode['plain']][];
    const loaded = factory(vm, operations, context.constants, vm.limits.depth);
    loaded.forEach(([gen, plain], i) => {
      const code = this.codes[i] as { -readonly [K in keyof RunCode]: RunCode[K] };
      code.gen = gen;
      code.plain = plain;
    });
  }

  private add(gen: string, plain: string | null, deps: readonly string[]): RunCode {
    this.pairs.push({ gen, plain: plain ?? 'null', deps });
    const code = { gen: null as never, plain: null, deps, checkedAt: -1, usable: false };
    this.codes.push(code);
    return code;
  }

  private function(
    cls: ClassContext,
    options: {
      methodName: string;
      params: readonly Parameter[];
      statements: readonly Statement[];
      isStatic: boolean;
      returns: string | null;
      implicitReturn: boolean;
      generics: ReadonlySet<string>;
      isConstructor?: boolean;
      before?: (c: Code) => string;
      mayBePlain: boolean;
    },
  ): { readonly code: RunCode; readonly types: string[]; readonly names: string[]; readonly required: number } {
    const { context } = this;
    const place = context.places.length;
    context.places.push({ className: cls.name, methodName: options.methodName });
    const make = (gen: boolean): Code =>
      new Code({
        unit: context,
        cls,
        parent: null,
        closure: null,
        isStatic: options.isStatic,
        gen,
        place,
        returns: options.returns,
        generics: options.generics,
        closurePrefix: options.isConstructor === true ? `${cls.name}$` : `${cls.name}$_${options.methodName.replace(/[<>]/g, '')}`,
        phase: options.isConstructor === true ? CONSTRUCTOR : cls.isScript && options.methodName === 'run' ? RUN : METHOD,
        ...(options.isConstructor === undefined ? {} : { isConstructor: options.isConstructor }),
      });
    const body = { kind: 'Block' as const, span: SPAN, statements: options.statements };
    const c = make(true);
    const { types, names, required } = parameterTypes(c, options.params);
    const before = options.before?.(c) ?? '';
    const gen = functionText(c, '$t', options.params, types, body, options.implicitReturn, before);
    let plain: string | null = null;
    let deps: readonly string[] = [];
    if (options.mayBePlain && before === '' && options.params.every((p) => p.defaultValue === null)) {
      const found = plainDeps(body, {
        plainNames: this.vm.registry.index.plainNames,
        suspendingNames: this.vm.registry.index.suspendingNames,
        isLocal: (n) => options.params.some((p) => p.name === n),
      });
      if (found !== null) {
        deps = found;
        plain = functionText(make(false), '$t', options.params, types, body, options.implicitReturn);
      }
    }
    return { code: this.add(gen, plain, deps), types, names, required };
  }

  // ---------------------------------------------------------------- classes

  private script(): void {
    const { unit, options } = this;
    const fields: FieldDecl[] = [];
    const statements: Statement[] = [];
    for (const s of unit.statements) {
      if (s.kind === 'VariableDeclaration' && s.annotations.some((a) => a.name === 'Field' || a.name === 'groovy.transform.Field')) {
        for (const v of s.variables) fields.push(scriptField(s, v.name, v.init, v));
      } else statements.push(s);
    }
    const cls = this.newClass(this.scriptName, true, false, null, null, fields, NONE);
    const base = options.scriptBase ?? annotatedBase(unit) ?? 'groovy.lang.Script';
    const run = this.function(cls, {
      methodName: 'run',
      params: [],
      statements,
      isStatic: false,
      returns: null,
      implicitReturn: true,
      generics: NONE,
      mayBePlain: false,
    });
    const methods = unit.methods.map((m) => this.method(cls, m, NONE));
    methods.push({ name: 'run', params: [], paramNames: [], forms: [null], returns: null, isStatic: false, isPrivate: false, code: run.code, annotations: [] });
    this.specs.push({
      name: this.scriptName,
      kind: 'class',
      superName: base,
      interfaces: [],
      outerName: null,
      isInner: false,
      fields: fields.map((f) => this.field(cls, f, NONE, true)),
      methods,
      constructors: [],
      instanceInit: this.initializer(
        cls,
        fields.filter((f) => !f.modifiers.includes('static')),
        [],
        false,
        NONE,
        '',
      ),
      staticInit: this.initializer(
        cls,
        fields.filter((f) => f.modifiers.includes('static')),
        [],
        true,
        NONE,
        '',
      ),
      annotations: [],
      fileName: unit.fileName,
      enumConstants: [],
    });
  }

  private newClass(
    name: string,
    isScript: boolean,
    isInner: boolean,
    outer: ClassContext | null,
    around: Code | null,
    fields: readonly FieldDecl[],
    generics: ReadonlySet<string>,
    methods: readonly MethodDecl[] = [],
  ): ClassContext {
    const made: ClassContext = {
      privateMethods: new Set(methods.filter((m) => m.modifiers.includes('private') && !m.modifiers.includes('static')).map((m) => m.name)),
      name,
      isScript,
      isInner,
      outer,
      around,
      captures: new Map(),
      generics,
      closures: new Map(),
      fields: new Map(
        fields
          .filter((f) => !f.annotations.some((a) => a.name === 'Lazy' || a.name === 'groovy.lang.Lazy'))
          .map((f) => [f.name, { isStatic: f.modifiers.includes('static') }]),
      ),
    };
    this.context.classes.push(made);
    return made;
  }

  private classDecl(d: ClassDecl, name: string, outer: ClassContext | null, around: Code | null): ClassContext {
    const generics = new Set([...(outer?.generics ?? []), ...(around?.generics ?? []), ...d.typeParameters.map((t) => t.name)]);
    const isStatic = d.modifiers.includes('static') || d.form !== 'class' || (outer?.isScript === true && around === null);
    const constantFields = new Map(d.enumConstants.map((k) => [k.name, { isStatic: true }]));
    const cls = this.newClass(name, false, outer !== null && !isStatic, outer, around, d.fields, generics, d.form === 'class' ? d.methods : []);
    for (const [k, v] of constantFields) (cls.fields as Map<string, { isStatic: boolean }>).set(k, v);
    for (const n of d.classes) this.classDecl(n, `${name}$${n.name}`, cls, null);
    const probe = this.probe(cls, generics);
    let superName = d.superClass === null ? null : typeName(probe, d.superClass);
    const interfaces = d.interfaces.map((i) => typeName(probe, i));
    // `new Runnable() { … }` and `trait A extends B`: what is extended may be an interface.
    if ((around !== null || d.form === 'trait') && superName !== null && this.isInterface(superName)) {
      interfaces.push(superName);
      superName = null;
    }
    const methods = d.methods.map((m) => this.method(cls, m, generics, d.form));
    const bodies = d.enumConstants.map((k, i) => (k.body === null ? null : this.enumBody(k.body, `${name}$${i + 1}`, cls)));
    const statics = d.fields.filter((f) => f.modifiers.includes('static') || d.form === 'interface' || d.form === 'annotation');
    const instances = d.fields.filter((f) => !statics.includes(f));
    this.checkClass(d);
    this.spans.set(name, d.span);
    this.specs.push({
      name,
      kind: d.form === 'class' ? (d.modifiers.includes('abstract') ? 'abstract' : 'class') : d.form,
      superName,
      interfaces,
      outerName: outer?.name ?? null,
      isInner: cls.isInner,
      fields: [
        ...d.enumConstants.map(
          (k): FieldSpec => ({ name: k.name, type: name, isStatic: true, isProperty: false, isFinal: false, isPrivate: false, annotations: [] }),
        ),
        ...d.fields.map((f) => this.field(cls, f, generics, false)),
      ],
      methods,
      constructors: d.constructors.map((m) => this.constructorMethod(cls, m, generics)),
      instanceInit: this.initializer(
        cls,
        instances,
        d.initializers.filter((i) => !i.isStatic),
        false,
        generics,
        '',
      ),
      staticInit: this.initializer(
        cls,
        statics,
        d.initializers.filter((i) => i.isStatic),
        true,
        generics,
        '',
        (c) =>
          d.enumConstants
            .map((k, i) => {
              c.line = k.span.line;
              const args = k.args.map((a) => (a.kind === 'Spread' ? `...elements(${expression(c, a.operand)})` : expression(c, a))).join(',');
              return `${mark(k.span.line, c.place)}yield*enumConstant(${classRef(c, name)},${quote(k.name)},${i},[${args}],${bodies[i] === null ? 'null' : classRef(c, bodies[i] as string)});`;
            })
            .join(''),
      ),
      annotations: d.annotations.map((a) => this.annotation(probe, a)),
      fileName: this.unit.fileName,
      enumConstants: d.enumConstants.map((k) => k.name),
    });
    return cls;
  }

  private isInterface(name: string): boolean {
    const spec = this.specs.find((s) => s.name === name);
    if (spec !== undefined) return spec.kind === 'interface' || spec.kind === 'trait';
    const decl = this.unit.classes.find((c) => c.name === name || name.endsWith(`.${c.name}`));
    if (decl !== undefined) return decl.form === 'interface' || decl.form === 'trait';
    return this.vm.findClass(name)?.isInterface ?? false;
  }

  private enumBody(d: ClassDecl, name: string, outer: ClassContext): string {
    this.classDecl({ ...d, superClass: null }, name, outer, null);
    const at = this.specs.findIndex((s) => s.name === name);
    this.specs[at] = { ...(this.specs[at] as ClassSpec), superName: outer.name, isInner: false };
    return name;
  }

  /** A place to resolve types at, outside any function. */
  private probe(cls: ClassContext, generics: ReadonlySet<string>): Code {
    return new Code({
      unit: this.context,
      cls,
      parent: null,
      closure: null,
      isStatic: true,
      gen: true,
      place: 0,
      returns: null,
      generics,
      closurePrefix: cls.name,
    });
  }

  private checkClass(d: ClassDecl): void {
    for (const m of d.methods) {
      if (m.name === 'finalize' && m.parameters.length === 0)
        this.context.errors.push({
          message: "Object.finalize() is not allowed: a pipeline's objects are not finalized.",
          line: m.span.line,
          column: m.span.column,
        });
    }
  }

  private field(cls: ClassContext, f: FieldDecl, generics: ReadonlySet<string>, inScript: boolean): FieldSpec {
    const probe = this.probe(cls, generics);
    const visible = f.modifiers.some((m) => m === 'private' || m === 'protected' || m === 'public');
    return {
      name: f.name,
      type: typeName(probe, f.type),
      isStatic: f.modifiers.includes('static'),
      isProperty: !visible && !inScript,
      isFinal: f.modifiers.includes('final'),
      isPrivate: f.modifiers.includes('private'),
      annotations: f.annotations.map((a) => this.annotation(probe, a)),
    };
  }

  private method(cls: ClassContext, m: MethodDecl, outerGenerics: ReadonlySet<string>, form = 'class'): MethodSpec {
    const generics = methodGenerics(m, outerGenerics);
    const probe = this.probe(cls, generics);
    const isStatic = m.modifiers.includes('static');
    const returns = m.returnType === null ? null : typeName(probe, m.returnType);
    const annotations = m.annotations.map((a) => this.annotation(probe, a));
    if (m.body === null || m.modifiers.includes('abstract') || form === 'annotation') {
      const { types, names, required } = parameterTypes(probe, m.parameters);
      return {
        name: m.name,
        params: types,
        paramNames: names,
        forms: formsOf(types.length, required, m.parameters),
        returns,
        isStatic,
        isPrivate: false,
        code: null,
        annotations,
      };
    }
    const built = this.function(cls, {
      methodName: m.name,
      params: m.parameters,
      statements: m.body.statements,
      isStatic,
      returns: returns === 'java.lang.Object' ? null : returns,
      implicitReturn: returns !== 'void',
      generics,
      mayBePlain: true,
    });
    return {
      name: m.name,
      params: built.types,
      paramNames: built.names,
      forms: formsOf(built.types.length, built.required, m.parameters),
      returns,
      isStatic,
      isPrivate: m.modifiers.includes('private'),
      code: built.code,
      annotations,
    };
  }

  private constructorMethod(cls: ClassContext, m: MethodDecl, outerGenerics: ReadonlySet<string>): MethodSpec {
    const generics = methodGenerics(m, outerGenerics);
    const statements = m.body?.statements ?? [];
    const first = statements[0];
    const explicit =
      first?.kind === 'ExpressionStatement' &&
      first.expression.kind === 'MethodCall' &&
      first.expression.object === null &&
      first.expression.name.kind === 'Constant' &&
      (first.expression.name.value === 'super' || first.expression.name.value === 'this');
    const built = this.function(cls, {
      methodName: '<init>',
      params: m.parameters,
      statements,
      isStatic: false,
      returns: 'void',
      implicitReturn: false,
      generics,
      isConstructor: true,
      mayBePlain: false,
      ...(explicit ? {} : { before: (c: Code) => `${mark(m.span.line, c.place)}yield*superInit(${classRef(c, cls.name)},$t,[]);` }),
    });
    return {
      name: '<init>',
      params: built.types,
      paramNames: built.names,
      forms: formsOf(built.types.length, built.required, m.parameters),
      returns: 'void',
      isStatic: false,
      isPrivate: m.modifiers.includes('private'),
      code: built.code,
      annotations: [],
    };
  }

  /** Field initialisers and then initialiser blocks, each in source order; null where there are none. */
  private initializer(
    cls: ClassContext,
    fields: readonly FieldDecl[],
    blocks: readonly { readonly body: { readonly span: { readonly start: number; readonly line: number }; readonly statements: readonly Statement[] } }[],
    isStatic: boolean,
    generics: ReadonlySet<string>,
    _note: string,
    first?: (c: Code) => string,
  ): RunCode | null {
    const { context } = this;
    const place = context.places.length;
    context.places.push({ className: cls.name, methodName: isStatic ? '<clinit>' : '<init>' });
    const c = new Code({
      unit: context,
      cls,
      parent: null,
      closure: null,
      isStatic,
      gen: true,
      place,
      returns: 'void',
      generics,
      closurePrefix: isStatic ? `${cls.name}$__clinit_` : `${cls.name}$`,
      phase: isStatic ? STATIC : INSTANCE,
    });
    let text = first?.(c) ?? '';
    const parts: { start: number; write: () => string }[] = [];
    for (const f of fields) {
      if (f.init === null) continue;
      const init = f.init;
      parts.push({
        start: f.span.start,
        write: () => {
          c.line = f.span.line;
          const type = typeName(c, f.type);
          // `@Lazy`: the field holds a closure until it is asked for.
          if (f.annotations.some((a) => a.name === 'Lazy' || a.name === 'groovy.lang.Lazy')) {
            const later: ClosureExpression = {
              kind: 'Closure',
              span: init.span,
              parameters: [],
              body: { kind: 'Block', span: init.span, statements: [{ kind: 'ExpressionStatement', span: init.span, expression: init }] },
            };
            return `${mark(f.span.line, place)}initField(${classRef(c, cls.name)},$t,${quote(`$${f.name}`)},${expression(c, later)});`;
          }
          const value = casted(c, type, expression(c, init), sure(c, init));
          return `${mark(f.span.line, place)}${isStatic ? `initStatic(${classRef(c, cls.name)},${quote(f.name)},${value})` : `initField(${classRef(c, cls.name)},$t,${quote(f.name)},${value})`};`;
        },
      });
    }
    for (const b of blocks) parts.push({ start: b.body.span.start, write: () => `{${block(c, b.body.statements, false)}}` });
    // Groovy runs all field initialisers before the blocks, wherever they stand.
    for (const p of parts) text += p.write();
    if (text === '') return null;
    const temps = ['t', ...c.tempNames].join(',');
    return this.add(`function*($t){let ${temps};${text}return null}`, null, []);
  }

  private annotation(c: Code, a: Annotation): AnnotationSpec {
    const found = this.context.resolver.find(a.name, c.cls.name);
    const members = new Map<string, Value>();
    for (const m of a.members) members.set(m.name, constantOf(m.value));
    return { name: found ?? a.name, members };
  }
}

/** Whether going up from a class comes back to it. `above`: what it extends and implements, by names. */
export function isAboveItself(name: string, above: (name: string) => readonly string[]): boolean {
  const seen = new Set<string>();
  const next = [...above(name)];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (at === name) return true;
    if (!seen.has(at)) next.push(...above(at));
    seen.add(at);
  }
  return false;
}

/** script-security's RejectASTTransformsCustomizer, as far as the names exist. */
const REFUSED_ANNOTATIONS = new Set(['Grab', 'Grapes', 'GrabConfig', 'GrabExclude', 'GrabResolver', 'ASTTest', 'AnnotationCollector']);
const NONE: ReadonlySet<string> = new Set();

function outermost(cls: ClassContext): ClassContext {
  let at = cls;
  while (at.outer !== null) at = at.outer;
  return at;
}

function methodGenerics(m: MethodDecl, outer: ReadonlySet<string>): ReadonlySet<string> {
  const own = (m as MethodDecl & { typeParameters?: readonly { readonly name: string }[] }).typeParameters ?? [];
  return own.length === 0 ? outer : new Set([...outer, ...own.map((t) => t.name)]);
}

function scriptField(s: VariableDeclaration, name: string, init: Expression | null, v: VariableDeclaration['variables'][number]): FieldDecl {
  return { kind: 'FieldDecl', span: s.span, name, type: v.type, init, modifiers: s.modifiers, annotations: s.annotations };
}

function annotatedBase(unit: CompilationUnit): string | null {
  for (const s of unit.statements) {
    if (s.kind !== 'VariableDeclaration') continue;
    const a = s.annotations.find((x) => x.name === 'BaseScript' || x.name === 'groovy.transform.BaseScript');
    if (a !== undefined) return s.variables[0]?.type?.name ?? null;
  }
  return null;
}

/** The callable forms of a parameter list with defaults: all given, then defaults left out from the right. */
function formsOf(n: number, required: number, params: readonly Parameter[]): (number[] | null)[] {
  const forms: (number[] | null)[] = [null];
  const optional = n - required;
  for (let leftOut = 1; leftOut <= optional; leftOut++) {
    let skip = leftOut;
    const kept: number[] = [];
    for (let i = n - 1; i >= 0; i--) {
      if (params[i]?.defaultValue !== null && params[i] !== undefined && skip > 0) skip--;
      else kept.unshift(i);
    }
    forms.push(kept);
  }
  return forms;
}

/** An annotation member's value where it is a constant; text of names otherwise. */
function constantOf(e: Expression): Value {
  switch (e.kind) {
    case 'Constant':
      return e.type === 'Integer' || e.type === 'String' || e.type === 'Boolean' ? e.value : null;
    case 'List':
      return e.elements.map(constantOf) as unknown as Value;
    case 'Variable':
      return e.name;
    case 'Property':
      return e.name.kind === 'Constant' && e.name.type === 'String' ? e.name.value : null;
    default:
      return null;
  }
}

/** Compiles a parsed file and defines its classes. Throws CompilationError with all that is wrong. */
export function compileUnit(vm: Interpreter, unit: CompilationUnit, options: CompileOptions): CompiledUnit {
  return new UnitCompiler(vm, unit, options).compile();
}
