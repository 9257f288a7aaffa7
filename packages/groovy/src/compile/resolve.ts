/** From a name in the source to a class: imports, the unit's own classes, default imports. */

import type { Interpreter } from '../runtime/interpreter.ts';
import { isPrimitive } from '../runtime/signature.ts';
import type { CompilationUnit, Expression, Span, TypeRef } from '../syntax/ast.ts';

const DEFAULT_PACKAGES = ['java.lang.', 'java.util.', 'java.io.', 'java.net.', 'groovy.lang.', 'groovy.util.'];
const DEFAULT_CLASSES: Readonly<Record<string, string>> = { BigDecimal: 'java.math.BigDecimal', BigInteger: 'java.math.BigInteger' };

export class ClassResolver {
  private readonly vm: Interpreter;
  private readonly byAlias = new Map<string, string>();
  private readonly starPackages: string[] = [];
  private readonly starClasses: string[] = [];
  private readonly staticMembers = new Map<string, { readonly cls: string; readonly member: string }>();
  private readonly staticStars: string[] = [];
  private readonly own: ReadonlySet<string>;
  private readonly packageName: string | null;
  private readonly cache = new Map<string, string | null>();
  /** What could not be found; the unit's compilation fails with all of them. */
  readonly unresolved: { readonly name: string; readonly span: Span }[] = [];

  /** `own`: full names of the classes that the unit defines, nested ones with `$`. */
  constructor(vm: Interpreter, unit: CompilationUnit, own: ReadonlySet<string>, starImports: readonly string[]) {
    this.vm = vm;
    this.own = own;
    this.packageName = unit.packageName;
    for (const i of unit.imports) {
      if (i.isStatic) {
        if (i.star) this.staticStars.push(i.name);
        else if (i.member !== null) this.staticMembers.set(i.alias ?? i.member, { cls: i.name, member: i.member });
      } else if (i.star) {
        this.starPackages.push(`${i.name}.`);
        this.starClasses.push(i.name);
      } else this.byAlias.set(i.alias ?? i.name.slice(i.name.lastIndexOf('.') + 1), i.name);
    }
    for (const p of starImports) this.starPackages.push(`${p}.`);
    for (const i of unit.imports) {
      if (!i.isStatic && !i.star && this.exact(i.name) === null && vm.absentClass(i.name) === null) this.unresolved.push({ name: i.name, span: i.span });
    }
  }

  private exact(name: string): string | null {
    if (this.own.has(name)) return name;
    if (this.vm.findClass(name) !== null) return name;
    // `Outer.Inner`
    const dot = name.lastIndexOf('.');
    if (dot > 0) {
      const outer = this.exact(name.slice(0, dot));
      if (outer !== null) {
        const nested = `${outer}$${name.slice(dot + 1)}`;
        if (this.own.has(nested) || this.vm.findClass(nested) !== null) return nested;
      }
    }
    return null;
  }

  /**
   * The class that a lone name in an expression means. One that begins with a lower-case letter is a variable's unless the file
   * itself has such a class or imports it (`LowerCaseClass` of Groovy's ResolveVisitor).
   */
  ofVariable(name: string, inside: string | null): string | null {
    if (!/^\p{Ll}/u.test(name) || this.byAlias.has(name) || this.own.has(name)) return this.find(name, inside);
    const here = this.packageName === null ? name : `${this.packageName}.${name}`;
    return isPrimitive(name) || this.own.has(here) ? this.find(name, inside) : null;
  }

  /** The full name of a class as it is written, seen from inside the class `inside`; null where there is none. */
  find(name: string, inside: string | null): string | null {
    const key = `${inside ?? ''}|${name}`;
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    const found = this.look(name, inside);
    this.cache.set(key, found);
    return found;
  }
  private look(name: string, inside: string | null): string | null {
    if (isPrimitive(name)) return name;
    // Nested classes of the classes around.
    for (let at = inside; at !== null; ) {
      const nested = `${at}$${name}`;
      if (this.own.has(nested)) return nested;
      if (at === name || at.endsWith(`.${name}`) || at.endsWith(`$${name}`)) return at;
      const dollar = at.lastIndexOf('$');
      at = dollar > 0 ? at.slice(0, dollar) : null;
    }
    const first = name.includes('.') ? name.slice(0, name.indexOf('.')) : name;
    const imported = this.byAlias.get(first);
    if (imported !== undefined) return this.exact(imported + name.slice(first.length));
    if (this.packageName !== null) {
      const here = this.exact(`${this.packageName}.${name}`);
      if (here !== null) return here;
    }
    if (name.includes('.')) {
      const direct = this.exact(name);
      if (direct !== null) return direct;
      const outer = this.find(name.slice(0, name.lastIndexOf('.')), inside);
      if (outer === null) return this.vm.absentClass(name)?.name ?? null;
      return this.exact(`${outer}.${name.slice(name.lastIndexOf('.') + 1)}`);
    }
    if (this.own.has(name)) return name;
    for (const s of this.staticMembers)
      if (s[0] === name) {
        const nested = this.exact(`${s[1].cls}.${s[1].member}`);
        if (nested !== null) return nested;
      }
    for (const p of [...this.starPackages, ...DEFAULT_PACKAGES]) {
      const full = this.exact(p + name);
      if (full !== null) return full;
    }
    for (const c of this.starClasses) {
      const nested = this.exact(`${c}.${name}`);
      if (nested !== null) return nested;
    }
    const by = Object.hasOwn(DEFAULT_CLASSES, name) ? DEFAULT_CLASSES[name] : undefined;
    if (by !== undefined) return by;
    return this.vm.findClass(name) !== null ? name : null;
  }

  /** A type's full name with its dimensions; what is not found is noted and becomes Object. */
  type(ref: TypeRef | null, inside: string | null, generics: ReadonlySet<string> = NONE): string {
    if (ref === null || ref.name === 'def') return 'java.lang.Object';
    let full: string | null = generics.has(ref.name) ? 'java.lang.Object' : ref.name === 'void' ? 'void' : this.find(ref.name, inside);
    full ??= this.absentNested(ref.name);
    if (full === null) {
      this.unresolved.push({ name: ref.name, span: ref.span });
      full = 'java.lang.Object';
    }
    return full + '[]'.repeat(ref.dims);
  }

  /** `Entry` of an imported class that is itself absent. Types alone: elsewhere a dot asks for a property. */
  private absentNested(name: string): string | null {
    const dot = name.indexOf('.');
    const imported = dot < 0 ? undefined : this.byAlias.get(name.slice(0, dot));
    return imported === undefined ? null : (this.vm.absentClass(imported + name.slice(dot))?.name ?? null);
  }

  /** `import static a.B.c`: the class and member that a bare name means. */
  staticImport(name: string, isMember: (cls: string, member: string) => boolean): { readonly cls: string; readonly member: string } | null {
    const one = this.staticMembers.get(name);
    if (one !== undefined) {
      const cls = this.exact(one.cls);
      return cls === null ? null : { cls, member: one.member };
    }
    for (const star of this.staticStars) {
      const cls = this.exact(star);
      if (cls !== null && isMember(cls, name)) return { cls, member: name };
    }
    return null;
  }

  /** A chain of names `java.util.Date` that is a class's full name; how many of its parts it takes. */
  path(e: Expression, isVariable: (name: string) => boolean, inside: string | null): { readonly cls: string } | null {
    const parts = dotted(e);
    if (parts === null || parts.length < 2 || isVariable(parts[0] as string)) return null;
    const full = this.find(parts.join('.'), inside);
    return full === null ? null : { cls: full };
  }
}
const NONE: ReadonlySet<string> = new Set();

function dotted(e: Expression): string[] | null {
  if (e.kind === 'Variable') return e.name === 'this' || e.name === 'super' ? null : [e.name];
  if (e.kind !== 'Property' || e.safe || e.spread || e.attribute || e.name.kind !== 'Constant' || e.name.type !== 'String') return null;
  const left = dotted(e.object);
  if (left === null) return null;
  left.push(e.name.value);
  return left;
}
