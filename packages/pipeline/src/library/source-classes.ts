/**
 * Classes of `src/`, compiled when they are first named. Files may name each other in circles: while one is compiled, the
 * others that it names are only promised, and compiled next, before anything of them runs. What a class extends comes first.
 */
import type { ClassDecl, CompilationUnit, Interpreter, TypeRef } from '@millrace/groovy';
import { CompilationError, compileUnit, GroovyClass, isAboveItself, JavaThrowable, parse, syntaxMessage } from '@millrace/groovy';
import { CPS_SCRIPT } from '../java/cps-script.ts';
import { starImports } from '../java/index.ts';

/** A file of a library. `trusted`: the library's code may do what the sandbox refuses. */
export interface Source {
  /** The name of the library. */
  readonly library: string;
  readonly text: string;
  readonly trusted: boolean;
}

interface SourceFile {
  readonly path: string;
  readonly library: string;
  readonly trusted: boolean;
  readonly unit: CompilationUnit;
  /** Full names of the classes in it. */
  readonly classes: ReadonlyMap<string, GroovyClass['kind']>;
  state: 'parsed' | 'compiling' | 'done';
}

export class SourceClasses {
  private readonly vm: Interpreter;
  private readonly read: (path: string) => Source | null;
  private readonly files = new Map<string, SourceFile | null>();
  private readonly promised = new Map<string, GroovyClass>();
  private readonly waiting = new Set<SourceFile>();
  private compiling = 0;

  /** `read`: a file by its path (`src/org/acme/Tool.groovy`), null where there is none. */
  constructor(vm: Interpreter, read: (path: string) => Source | null) {
    this.vm = vm;
    this.read = read;
  }

  /** A library came along: what was not there may be now. */
  forgetMisses(): void {
    for (const [path, file] of this.files) if (file === null) this.files.delete(path);
  }

  /** A class by its full name, nested ones with `$`; null where no file has it. */
  find(name: string): GroovyClass | null {
    const file = this.file(pathOf(name));
    const kind = file?.classes.get(name);
    if (file === null || kind === undefined) return null;
    if (file.state === 'done') return this.vm.registry.find(name);
    this.waiting.add(file);
    if (this.compiling > 0) return this.promise(name, kind);
    for (const next of this.waiting) this.compile(next);
    return this.vm.registry.find(name);
  }

  private promise(name: string, kind: GroovyClass['kind']): GroovyClass {
    let cls = this.promised.get(name);
    if (cls === undefined) this.promised.set(name, (cls = new GroovyClass(name, kind, { isScriptCode: true })));
    return cls;
  }

  private compile(file: SourceFile): void {
    this.waiting.delete(file);
    if (file.state !== 'parsed') return;
    file.state = 'compiling';
    for (const above of this.needed(file)) this.compile(above);
    this.compiling++;
    try {
      this.refuseCircles(file);
      const simple = file.path.slice(file.path.lastIndexOf('/') + 1, -'.groovy'.length);
      compileUnit(this.vm, file.unit, { className: simple, scriptBase: CPS_SCRIPT, starImports, trusted: file.trusted });
      file.state = 'done';
    } catch (error) {
      file.state = 'parsed';
      throw asThrowable(error, placeIn(file));
    } finally {
      this.compiling--;
    }
  }

  /** Files that must be compiled before: of superclasses, interfaces and traits, and of `import static x.Y.*`. */
  private needed(file: SourceFile): SourceFile[] {
    const { unit } = file;
    const refs: TypeRef[] = [];
    const visit = (c: ClassDecl): void => {
      if (c.superClass !== null) refs.push(c.superClass);
      refs.push(...c.interfaces);
      for (const nested of c.classes) visit(nested);
    };
    for (const c of unit.classes) visit(c);
    const names = refs.flatMap((ref) => candidates(unit, ref.name));
    for (const i of unit.imports) if (i.isStatic && i.star) names.push(i.name);
    return names.map((name) => this.file(pathOf(name))).filter((f): f is SourceFile => f !== null);
  }

  /** Classes of several files that are above themselves; those of one the compiler finds. */
  private refuseCircles(file: SourceFile): void {
    const above = (name: string): readonly string[] => {
      const of = this.file(pathOf(name));
      const decl = of === null ? undefined : declarations(of.unit).get(name);
      if (of === null || decl === undefined) return [];
      const refs = [...(decl.superClass === null ? [] : [decl.superClass]), ...decl.interfaces];
      return refs.flatMap((ref) => candidates(of.unit, ref.name).find((found) => this.file(pathOf(found))?.classes.has(found) === true) ?? []);
    };
    for (const [name, decl] of declarations(file.unit)) {
      if (!isAboveItself(name, above)) continue;
      const { line, column } = decl.span;
      throw new CompilationError(
        [
          syntaxMessage(
            `Cyclic inheritance involving ${name} in ${decl.form === 'interface' ? 'interface' : 'class'} ${name}\n`,
            line,
            column,
            file.unit.source,
          ),
        ],
        file.unit.fileName,
      );
    }
  }

  private file(path: string): SourceFile | null {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const source = this.read(path);
    let file: SourceFile | null = null;
    if (source !== null) {
      try {
        const unit = parse(source.text, path.slice('src/'.length));
        file = { path, library: source.library, trusted: source.trusted, unit, classes: declared(unit, path), state: 'parsed' };
      } catch (error) {
        throw asThrowable(error, placeIn({ path, library: source.library }));
      }
    }
    this.files.set(path, file);
    return file;
  }
}

/** A library's error is one of the running script, whoever named the class first. `place`: the file's name in it. */
export function asThrowable(error: unknown, place: string | null): unknown {
  if (!(error instanceof CompilationError)) return error;
  const { message } = place === null ? error : new CompilationError(error.errors, place);
  return new JavaThrowable('org.codehaus.groovy.control.MultipleCompilationErrorsException', message);
}

/** A file of a library as errors call it; Jenkins writes the path of its copy, which has the library's name in a file beside it. */
export function placeIn({ library, path }: { readonly library: string; readonly path: string }): string {
  return `library ${library}: ${path}`;
}

function pathOf(name: string): string {
  const dollar = name.indexOf('$');
  return `src/${(dollar > 0 ? name.slice(0, dollar) : name).replaceAll('.', '/')}.groovy`;
}

/** By full names, nested ones with `$`. */
function declarations(unit: CompilationUnit): ReadonlyMap<string, ClassDecl> {
  const found = new Map<string, ClassDecl>();
  const visit = (c: ClassDecl, name: string): void => {
    found.set(name, c);
    for (const nested of c.classes) visit(nested, `${name}$${nested.name}`);
  };
  for (const c of unit.classes) visit(c, unit.packageName === null ? c.name : `${unit.packageName}.${c.name}`);
  return found;
}

function declared(unit: CompilationUnit, path: string): ReadonlyMap<string, GroovyClass['kind']> {
  const prefix = unit.packageName === null ? '' : `${unit.packageName}.`;
  const found = new Map<string, GroovyClass['kind']>([...declarations(unit)].map(([name, c]) => [name, c.form]));
  if (unit.statements.length > 0 || unit.methods.length > 0) found.set(prefix + path.slice(path.lastIndexOf('/') + 1, -'.groovy'.length), 'class');
  return found;
}

/** What a name in a file may mean, the likelier first. */
function candidates(unit: CompilationUnit, name: string): string[] {
  const first = name.includes('.') ? name.slice(0, name.indexOf('.')) : name;
  const found: string[] = [];
  for (const i of unit.imports) if (!i.star && !i.isStatic && (i.alias ?? i.name.slice(i.name.lastIndexOf('.') + 1)) === first) found.push(i.name);
  found.push(name.includes('.') ? name : unit.packageName === null ? first : `${unit.packageName}.${first}`);
  if (name.includes('.') && unit.packageName !== null) found.push(`${unit.packageName}.${first}`);
  for (const i of unit.imports) if (i.star && !i.isStatic) found.push(`${i.name}.${first}`);
  return found;
}
