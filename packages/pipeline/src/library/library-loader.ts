/**
 * Shared libraries of one build. Follows pipeline-groovy-lib: `vars/x.groovy` is a variable `x` (a script, one object a
 * build), `src/` holds classes found when first named, `resources/` is read by `libraryResource`. What the host answered
 * lies in the journal, so that a build which goes on after a crash has the same version.
 */
import type { CompilationUnit, Computation, GroovyClass, Interpreter, Pending, Value } from '@millrace/groovy';
import { compileUnit, JavaThrowable, PENDING, parse } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { AnswerOf, LibraryTree, RequestOf } from '../host.ts';
import { CPS_SCRIPT } from '../java/cps-script.ts';
import { starImports } from '../java/index.ts';
import { MAIL_SCRIPT } from '../java/mail-script.ts';
import { LoadedClasses } from './loaded-classes.ts';
import type { LibraryRequest } from './request.ts';
import type { Source } from './source-classes.ts';
import { asThrowable, placeIn, SourceClasses } from './source-classes.ts';

/** Where `Execution.shared` keeps the loader for the steps `library`, `libraryResource` and `load`. */
export const LIBRARIES = 'libraries';

/** What loading one needs of a step's context. */
export interface Asker {
  ask(kind: 'library', request: RequestOf<'library'>): Computation<AnswerOf<'library'>>;
  log(line: string): void;
}

interface Loaded {
  readonly request: LibraryRequest;
  readonly tree: LibraryTree;
}

export interface LoaderOptions {
  /** A parsed script ready to be compiled: its Declarative Pipelines checked and replaced. */
  readonly prepare: (unit: CompilationUnit) => CompilationUnit;
  /** Global variables of the Jenkinsfile, which scripts that it loads share. */
  readonly binding: Map<string, Value>;
  /** What the version that was loaded has more than that of the build before. */
  readonly changed: (changes: LibraryTree['changes']) => void;
}

export class LibraryLoader {
  private readonly vm: Interpreter;
  private readonly options: LoaderOptions;
  private readonly loaded: Loaded[] = [];
  private readonly scripts = new Map<string, Value>();
  private readonly classes: SourceClasses;
  private loads = 0;

  constructor(vm: Interpreter, options: LoaderOptions) {
    this.vm = vm;
    this.options = options;
    this.classes = new SourceClasses(vm, (path) => this.source(path));
  }

  *load(asker: Asker, request: LibraryRequest): Computation<Value> {
    const { name, version } = request;
    let known = this.loaded.find((l) => l.request.name === name);
    if (known === undefined) {
      const { retriever, changelog, implicit } = request;
      const loading = `Loading library ${name}${version === null ? '' : `@${version}`}`;
      let tree: LibraryTree;
      try {
        tree = yield* asker.ask('library', { name, version, retriever, changelog, implicit });
      } catch (error) {
        if (!isUnknownLibrary(error)) asker.log(loading);
        throw error;
      }
      asker.log(loading);
      for (const line of tree.messages ?? []) asker.log(line);
      if (!paths(tree).some((path) => /^(vars|src)\//.test(path)))
        throw abortError(`Library ${name} expected to contain at least one of src or vars directories`);
      known = { request, tree };
      // Another branch may have loaded it meanwhile.
      if (!this.loaded.some((l) => l.request.name === name)) {
        this.loaded.push(known);
        if (changelog) this.options.changed(tree.changes);
      }
      this.classes.forgetMisses();
    } else if (!known.request.implicit || version !== null) {
      asker.log(`Only using first definition of library ${name}`);
    }
    const { tree } = known;
    return new LoadedClasses((className) => {
      const outer = className.replace(/\$.*/, '').replaceAll('.', '/');
      return Object.hasOwn(tree.files, `src/${outer}.groovy`) ? this.vm.findClass(className) : null;
    });
  }

  /** Whether `vars/` defines that name. */
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
  private *makeVariable(name: string, source: Source): Computation {
    const { vm } = this;
    const { script, classes } = this.compile(source, `${name}.groovy`, name, placeIn({ library: source.library, path: `vars/${name}.groovy` }));
    const own = script ?? classes.find((c) => c.name === name) ?? classes[0];
    if (own === undefined) throw abortError(`vars/${name}.groovy holds no script`);
    if (script === null) {
      const object = yield* vm.construct(own, []);
      this.scripts.set(name, object);
      return object;
    }
    const object = vm.newScript(script, new Map());
    // Before its fields are made: they may name the variable.
    this.scripts.set(name, object);
    vm.initialize(script);
    yield* vm.initializeScript(object);
    return object;
  }

  findClass(name: string): GroovyClass | null {
    return this.loaded.length === 0 ? null : this.classes.find(name);
  }

  /** `resources/<path>` of each library that has it. */
  resources(path: string, encoding: string | null): { readonly library: string; readonly content: string; readonly trusted: boolean }[] {
    return this.loaded.flatMap(({ request, tree }) => {
      const text = tree.files[`resources/${path}`],
        binary = tree.binary[`resources/${path}`];
      if (text === undefined && binary === undefined) return [];
      const { name: library } = request;
      const trusted = tree.trusted === true;
      if (encoding === 'Base64') return [{ library, trusted, content: binary ?? base64(text as string) }];
      return [
        {
          library,
          trusted,
          content: text ?? new TextDecoder(encoding ?? 'utf-8').decode(Uint8Array.from(atob(binary as string), (c) => c.charCodeAt(0))),
        },
      ];
    });
  }

  /** `load 'x.groovy'`: runs a script and answers what it returns. */
  *run(source: string): Computation {
    const { vm } = this;
    const name = `Script${++this.loads}`;
    const { script } = this.compile({ text: source, trusted: false }, `${name}.groovy`, name, null);
    if (script === null) return null;
    const object = vm.newScript(script, this.options.binding);
    vm.initialize(script);
    yield* vm.initializeScript(object);
    const r = vm.invoke(object, 'run', []);
    return r === PENDING ? yield* vm.take() : (r as Value);
  }

  /** A text that trusted code evaluates: a script with its rights. */
  compileText(text: string): GroovyClass | null {
    const name = `Script${++this.loads}`;
    return this.compile({ text, trusted: true }, `${name}.groovy`, name, null).script;
  }

  /** The script of a mail's template or of its `script`. */
  compileTemplate(source: Pick<Source, 'text' | 'trusted'>, name: string): GroovyClass | null {
    const className = `Script${++this.loads}`;
    return this.compile(source, `${className}.groovy`, className, name, MAIL_SCRIPT).script;
  }

  /** `place`: the file in errors, where it is of a library. */
  private compile(
    { text, trusted }: Pick<Source, 'text' | 'trusted'>,
    fileName: string,
    className: string,
    place: string | null,
    scriptBase = CPS_SCRIPT,
  ): ReturnType<typeof compileUnit> {
    try {
      return compileUnit(this.vm, this.options.prepare(parse(text, fileName)), { className, scriptBase, starImports, trusted });
    } catch (error) {
      throw asThrowable(error, place);
    }
  }

  private source(path: string): Source | null {
    for (const { request, tree } of this.loaded)
      if (Object.hasOwn(tree.files, path)) return { library: request.name, text: tree.files[path] as string, trusted: tree.trusted === true };
    return null;
  }
}

/** No configuration knows a library of that name. */
export function isUnknownLibrary(error: unknown): boolean {
  return error instanceof JavaThrowable && (error.data as { readonly code?: unknown } | undefined)?.code === 'MR_LIBRARY_UNKNOWN';
}

function paths(tree: LibraryTree): string[] {
  return [...Object.keys(tree.files), ...Object.keys(tree.binary)];
}
function base64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}
