/**
 * Shared libraries of one build. Follows workflow-cps-global-lib: `vars/x.groovy` is a variable `x` (a script, one object a
 * build), `src/` holds classes found when first named, `resources/` is read by `libraryResource`.
 */

import type { Annotation, CompilationUnit, Computation, Expression, GroovyClass, Interpreter, Pending, Runtime, Value } from '@millrace/groovy';
import { compileUnit, HostObject, JavaThrowable, parse } from '@millrace/groovy';
import type { AnswerOf, Json, LibraryTree, RequestOf } from '../host.ts';
import { starImports } from '../java/index.ts';
import { abortError } from './throwables.ts';

/** Where `Execution.shared` keeps the loader for the steps `library`, `libraryResource` and `load`. */
export const LIBRARIES = 'libraries';

export interface LibraryRequest {
  readonly name: string;
  readonly version: string | null;
  readonly changelog: boolean;
  readonly retriever: Json;
  readonly implicit: boolean;
}

/** What loading one needs of a step's context. */
export interface Asker {
  ask(kind: 'library', request: RequestOf<'library'>): Computation<AnswerOf<'library'>>;
  log(line: string): void;
}

interface Loaded {
  readonly request: LibraryRequest;
  readonly tree: LibraryTree;
}

/** `name@version` */
export function libraryNamed(identifier: string, more: Partial<LibraryRequest> = {}): LibraryRequest {
  const at = identifier.indexOf('@');
  return {
    name: at < 0 ? identifier : identifier.slice(0, at),
    version: at < 0 ? null : identifier.slice(at + 1),
    changelog: true,
    retriever: null,
    implicit: false,
    ...more,
  };
}

export class LibraryLoader {
  private readonly vm: Interpreter;
  private readonly loaded: Loaded[] = [];
  private readonly scripts = new Map<string, Value>();
  private readonly compiled = new Set<string>();
  private loads = 0;

  constructor(vm: Interpreter) {
    this.vm = vm;
  }

  *load(asker: Asker, request: LibraryRequest): Computation<Value> {
    const known = this.loaded.find((l) => l.request.name === request.name);
    if (known === undefined) {
      asker.log(`Loading library ${request.name}${request.version === null ? '' : `@${request.version}`}`);
      const tree = yield* asker.ask('library', {
        name: request.name,
        version: request.version,
        retriever: request.retriever,
        changelog: request.changelog,
        implicit: request.implicit,
      });
      for (const line of tree.messages ?? []) asker.log(line);
      if (!Object.keys({ ...tree.files, ...tree.binary }).some((path) => /^(vars|src)\//.test(path)))
        throw abortError(`Library ${request.name} expected to contain at least one of src or vars directories`);
      this.loaded.push({ request, tree });
    } else if (request.version !== null && known.request.version !== request.version) {
      asker.log(`Only using first definition of library ${request.name}`);
    }
    return new LibraryPackage(this, '');
  }

  /** Names that `vars/` defines. */
  has(name: string): boolean {
    return this.source(`vars/${name}.groovy`) !== null;
  }
  variables(): string[] {
    return this.loaded.flatMap(({ tree }) => Object.keys(tree.files)).flatMap((path) => /^vars\/([^/]+)\.groovy$/.exec(path)?.[1] ?? []);
  }

  /** The object of `vars/<name>.groovy`; undefined where no library has it. */
  variable(name: string): Value | Pending | undefined {
    const known = this.scripts.get(name);
    if (known !== undefined) return known;
    const source = this.source(`vars/${name}.groovy`);
    return source === null ? undefined : this.vm.defer(this.makeVariable(name, source));
  }
  private *makeVariable(name: string, source: string): Computation {
    const { vm } = this;
    const { script, classes } = compileUnit(vm, parse(source, `${name}.groovy`), { className: name, starImports });
    const cls = script ?? classes[0];
    if (cls === undefined) throw abortError(`vars/${name}.groovy holds no script`);
    const object = vm.newScript(cls, new Map());
    // Before its fields are made: they may name the variable.
    this.scripts.set(name, object);
    vm.initialize(cls);
    yield* vm.initializeScript(object);
    return object;
  }

  findClass(name: string): GroovyClass | null {
    const path = `src/${(name.includes('$') ? name.slice(0, name.indexOf('$')) : name).replaceAll('.', '/')}.groovy`;
    if (this.compiled.has(path)) return null;
    const source = this.source(path);
    if (source === null) return null;
    this.compiled.add(path);
    const simple = path.slice(path.lastIndexOf('/') + 1, -'.groovy'.length);
    compileUnit(this.vm, parse(source, path.slice('src/'.length)), { className: simple, starImports });
    return this.vm.registry.find(name);
  }
  hasPackage(name: string): boolean {
    const prefix = `src/${name.replaceAll('.', '/')}/`;
    return this.loaded.some(({ tree }) => Object.keys(tree.files).some((path) => path.startsWith(prefix)));
  }
  classNamed(name: string): GroovyClass | null {
    return this.vm.findClass(name);
  }

  /** `resources/<path>`; null where no library has it. */
  resource(path: string, encoding: string | null): string | null {
    for (const { tree } of this.loaded) {
      const text = tree.files[`resources/${path}`],
        binary = tree.binary[`resources/${path}`];
      if (text === undefined && binary === undefined) continue;
      if (encoding === 'Base64') return binary ?? base64(text as string);
      return text ?? new TextDecoder(encoding ?? 'utf-8').decode(Uint8Array.from(atob(binary as string), (c) => c.charCodeAt(0)));
    }
    return null;
  }

  /** `load 'x.groovy'`: runs a script and answers what it returns, or else the script itself. */
  *run(source: string, fileName: string): Computation {
    const { vm } = this;
    const { script } = compileUnit(vm, parse(source, fileName), { className: `Script${++this.loads}`, starImports });
    if (script === null) return null;
    const object = vm.newScript(script, new Map());
    vm.initialize(script);
    yield* vm.initializeScript(object);
    const r = vm.invoke(object, 'run', []);
    return typeof r === 'object' && r !== null && 'pending' in r ? yield* vm.take() : (r as Value);
  }

  private source(path: string): string | null {
    for (const { tree } of this.loaded) if (Object.hasOwn(tree.files, path)) return tree.files[path] as string;
    return null;
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** `library('x').org.acme.Tool`: packages, and then a class. */
class LibraryPackage extends HostObject {
  private readonly loader: LibraryLoader;
  private readonly name: string;
  constructor(loader: LibraryLoader, name: string) {
    super();
    this.loader = loader;
    this.name = name;
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.workflow.libs.LibraryStep$LoadedClasses';
  }
  getProperty(_rt: Runtime, property: string): Value {
    const name = this.name === '' ? property : `${this.name}.${property}`;
    if (/^[A-Z]/.test(property)) {
      const cls = this.loader.classNamed(name);
      if (cls !== null) return new LibraryClass(cls);
    }
    if (this.loader.hasPackage(name)) return new LibraryPackage(this.loader, name);
    throw new JavaThrowable('java.lang.NoClassDefFoundError', `no library has a class or package ${name}`);
  }
  setProperty(): boolean {
    return false;
  }
  hasMethod(): boolean {
    return false;
  }
  invokeMethod(): undefined {
    return undefined;
  }
}

/** `….Tool.new(x)` and static members. */
class LibraryClass extends HostObject {
  private readonly cls: GroovyClass;
  constructor(cls: GroovyClass) {
    super();
    this.cls = cls;
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.workflow.libs.LibraryStep$LoadedClasses';
  }
  getProperty(rt: Runtime, name: string): Value | Pending | undefined {
    return rt.getProperty(rt.classValue(this.cls), name);
  }
  setProperty(): boolean {
    return false;
  }
  hasMethod(): boolean {
    return true;
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    return rt.invoke(rt.classValue(this.cls), name === 'new' ? 'newInstance' : name, args);
  }
}

/** The libraries that `@Library` names, in their order. */
export function annotatedLibraries(unit: CompilationUnit): LibraryRequest[] {
  const annotations: Annotation[] = unit.imports.flatMap((i) => [...i.annotations]);
  for (const c of unit.classes) annotations.push(...c.annotations);
  for (const s of unit.statements) {
    if (s.kind === 'VariableDeclaration') annotations.push(...s.annotations);
    else if (s.kind === 'ExpressionStatement' && s.expression.kind === 'Type' && s.expression.annotation !== undefined)
      annotations.push(s.expression.annotation);
  }
  return annotations
    .filter((a) => a.name === 'Library' || a.name.endsWith('.Library'))
    .flatMap((a) => {
      const member = (name: string): Expression | undefined => a.members.find((m) => m.name === name)?.value;
      const changelog = member('changelog');
      return texts(member('value')).map((identifier) =>
        libraryNamed(identifier, { changelog: !(changelog?.kind === 'Constant' && changelog.value === false) }),
      );
    });
}

function texts(value: Expression | undefined): string[] {
  if (value?.kind === 'Constant' && typeof value.value === 'string') return [value.value];
  return value?.kind === 'List' ? value.elements.flatMap((e) => texts(e)) : [];
}
