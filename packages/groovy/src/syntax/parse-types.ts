/**
 * Types as they are written: `java.util.List<String>[]`. Their brackets are why this is a file of its own:
 * `>>` may close two of them, so an inner type's end may have been taken by the one within it.
 */
import type { Annotation, Expression, TypeRef } from './ast.ts';
import { Cursor } from './cursor.ts';
import * as T from './tokens.ts';

export abstract class TypeParser extends Cursor {
  /** `<` that are open, minus `>` taken so far. */
  private openAngles = 0;

  protected abstract annotationValue(): Expression;

  /** A type with its `[]`. */
  protected type(): TypeRef {
    const first = this.at;
    const element = T.isPrimitive(this.kind()) ? this.primitiveType() : this.classType();
    const dims = this.dimensions();
    return dims === 0 ? element : { kind: 'TypeRef', span: this.span(first), name: element.name, generics: element.generics, dims };
  }

  private primitiveType(): TypeRef {
    const first = this.at++;
    return { kind: 'TypeRef', span: this.tokenSpan(first), name: this.text(first), generics: [], dims: 0 };
  }

  protected typeWithoutDimensions(): TypeRef {
    if (T.isPrimitive(this.kind())) return this.primitiveType();
    if (this.kind() !== T.IDENT) throw this.unexpected();
    return this.classType();
  }

  /** `[]` as often as they come. */
  protected dimensions(): number {
    let dims = 0;
    while (this.kind() === T.LBRACK) {
      this.at++;
      this.take(T.RBRACK);
      dims++;
    }
    return dims;
  }

  /** A possibly qualified name with type arguments, without `[]`. */
  protected classType(): TypeRef {
    const first = this.at;
    let name = this.text(this.take(T.IDENT));
    let generics = this.typeArgumentsOpt(true);
    while (this.kind() === T.DOT && this.peek(1) === T.IDENT) {
      this.at += 2;
      name += `.${this.text(this.at - 1)}`;
      const more = this.typeArgumentsOpt(false);
      if (more.length > 0) generics = more;
    }
    return { kind: 'TypeRef', span: this.span(first), name, generics, dims: 0 };
  }

  private typeArgumentsOpt(diamond: boolean): readonly TypeRef[] {
    if (this.kind() !== T.LT) return [];
    if (diamond && this.peek(1) === T.GT) {
      this.at += 2;
      this.newlines();
      return [];
    }
    return this.typeArguments();
  }

  /** `<String, ? extends Foo>`. */
  protected typeArguments(): TypeRef[] {
    const level = this.openAngles;
    this.enter();
    this.at++;
    this.openAngles++;
    this.newlines();
    const list = [this.typeArgument()];
    while (this.kind() === T.COMMA && this.openAngles === level + 1) {
      this.at++;
      this.newlines();
      list.push(this.typeArgument());
    }
    this.closeAngles(level);
    this.leave();
    return list;
  }

  private typeArgument(): TypeRef {
    const first = this.at;
    if (this.kind() === T.QUESTION) {
      this.at++;
      const generics: TypeRef[] = [];
      if (this.kind() === T.KW_EXTENDS || this.kind() === T.KW_SUPER) {
        this.at++;
        this.newlines();
        generics.push(this.classType());
        this.newlines();
      }
      return { kind: 'TypeRef', span: this.span(first), name: '?', generics, dims: 0 };
    }
    if (T.isPrimitive(this.kind())) {
      const type = this.type();
      if (type.dims === 0) {
        throw this.failure(
          'primitive type parameters not allowed here;\n' + '   solution: use the corresponding wrapper type, such as Integer for int',
          this.at,
        );
      }
      return type;
    }
    if (this.kind() !== T.IDENT) throw this.unexpected();
    return this.type();
  }

  /** `<T extends A & B, U>` of a class or method. A bound is kept as the parameter's generics. */
  protected typeParameters(): TypeRef[] {
    const level = this.openAngles;
    this.at++;
    this.openAngles++;
    this.newlines();
    const list = [this.typeParameter()];
    while (this.kind() === T.COMMA) {
      this.at++;
      this.newlines();
      list.push(this.typeParameter());
    }
    this.closeAngles(level);
    return list;
  }

  private typeParameter(): TypeRef {
    const first = this.take(T.IDENT);
    const generics: TypeRef[] = [];
    if (this.kind() === T.KW_EXTENDS) {
      do {
        this.at++;
        this.newlines();
        generics.push(this.classType());
      } while (this.kind() === T.BAND);
    }
    return { kind: 'TypeRef', span: this.span(first), name: this.text(first), generics, dims: 0 };
  }

  private closeAngles(level: number): void {
    this.newlines();
    const kind = this.kind();
    if (kind === T.GT || kind === T.SR || kind === T.BSR) {
      this.openAngles -= kind === T.GT ? 1 : kind === T.SR ? 2 : 3;
      this.at++;
    }
    if (level === 0 && this.openAngles !== 0) {
      this.openAngles = 0;
      throw this.failure("Missing closing bracket '>' for generics types;\n   solution: Please specify the missing bracket!", this.at);
    }
  }

  /** Generics may be left half open by an attempt that failed. */
  protected resetAngles(): void {
    this.openAngles = 0;
  }

  // ---------------------------------------------------------------- names and annotations

  /** `a.b.c` of a package or an exception. */
  protected qualifiedName(): string {
    let name = this.text(this.take(T.IDENT));
    while (this.kind() === T.DOT) {
      this.at++;
      this.newlines();
      name += `.${this.text(this.take(T.IDENT))}`;
    }
    return name;
  }

  protected annotation(): Annotation {
    if (this.peek(1) !== T.IDENT) throw this.unexpected();
    const first = this.take(T.AT);
    const name = this.qualifiedName();
    // A newline between the name and its arguments is allowed, and one behind them belongs to whoever follows.
    const afterName = this.at;
    const open = this.afterNewlines(this.at);
    const members: { readonly name: string; readonly value: Expression }[] = [];
    if (this.kinds[open] === T.LPAREN) {
      this.at = open + 1;
      this.enter();
      if (this.kind() !== T.RPAREN) this.annotationMembers(members);
      this.take(T.RPAREN);
      this.leave();
    } else {
      this.at = afterName;
    }
    return { kind: 'Annotation', span: this.span(first), name, members };
  }

  private annotationMembers(members: { readonly name: string; readonly value: Expression }[]): void {
    if (!this.atAnnotationMember()) {
      if (this.peek(1) === T.COMMA) throw this.unexpected();
      members.push({ name: 'value', value: this.annotationValue() });
      return;
    }
    for (;;) {
      const name = this.at;
      if (this.kind() !== T.IDENT && !T.isKeyword(this.kind())) throw this.unexpected();
      this.at++;
      this.take(T.ASSIGN);
      this.newlines();
      if (members.some((m) => m.name === this.text(name))) {
        this.objectAtToken(`Annotation member '${this.text(name)}' has already been associated with a value`, name);
      }
      members.push({ name: this.text(name), value: this.annotationValue() });
      if (this.kind() !== T.COMMA) return;
      this.at++;
      this.newlines();
    }
  }

  private atAnnotationMember(): boolean {
    return this.peek(1) === T.ASSIGN && (this.kind() === T.IDENT || T.isKeyword(this.kind()));
  }
}
