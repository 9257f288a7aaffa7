/** Declarations of variables, fields, methods and parameters, with their modifiers, and imports. */
import type { Annotation, BlockStatement, Expression, Import, MethodDecl, Modifiers, Parameter, TypeRef, VariableDeclaration } from './ast.ts';
import { FOLLOWS_STATEMENT, FOLLOWS_VARIABLE, STARTS_BLOCK } from './first-sets.ts';
import { StatementParser } from './parse-statements.ts';
import * as T from './tokens.ts';

export interface Head {
  readonly modifiers: Modifiers;
  readonly annotations: readonly Annotation[];
}

type Variable = VariableDeclaration['variables'][number];

const BARE: Head = { modifiers: [], annotations: [] };

export abstract class DeclarationParser extends StatementParser {
  /** The name of the class around, which its constructors have; null outside of one. */
  protected className: string | null = null;
  /** The form of the class around: an interface's methods have no body. */
  protected classForm: 'class' | 'interface' | 'annotation' | null = null;

  // ---------------------------------------------------------------- modifiers

  protected modifiers(): Head {
    if (!this.atModifier()) return BARE;
    const modifiers: string[] = [];
    const annotations: Annotation[] = [];
    let hasDef = false;
    let hasAccess = false;
    for (;;) {
      const kind = this.kind();
      if (kind === T.AT) {
        if (this.peek(1) === T.KW_INTERFACE) break;
        annotations.push(this.annotation());
      } else if (kind === T.KW_DEF) {
        if (hasDef) break;
        hasDef = true;
        modifiers.push('def');
        this.at++;
      } else if (T.isModifier(kind)) {
        const word = this.text(this.at);
        if (modifiers.includes(word)) this.objectAtToken(`Cannot repeat modifier: ${word}`, this.at);
        const access = kind === T.KW_PRIVATE || kind === T.KW_PUBLIC || kind === T.KW_PROTECTED;
        if (access && hasAccess) this.objectAtToken(`Cannot specify modifier: ${word} when access scope has already been defined`, this.at);
        hasAccess ||= access;
        modifiers.push(word);
        this.at++;
      } else {
        break;
      }
      this.newlines();
    }
    return { modifiers, annotations };
  }

  // ---------------------------------------------------------------- variables and methods

  /** `def x = 1, y`, `String s`, `int f() { }`, … ; the caller has looked that it is one. */
  protected declaration(): VariableDeclaration | MethodDecl {
    const first = this.at;
    const head = this.modifiers();
    const type = this.at === first || this.atTypeOfName() ? this.type() : null;
    return this.variableOrMethod(first, head, type);
  }

  /** `static <T> T f(T x) { }`. */
  protected genericMethod(): MethodDecl {
    const first = this.at;
    const head = this.modifiers();
    const typeParameters = this.typeParameters();
    const type = this.type();
    const found = this.variableOrMethod(first, head, type);
    if (found.kind !== 'MethodDecl') throw this.unexpected();
    return { ...found, typeParameters };
  }

  private variableOrMethod(first: number, head: Head, type: TypeRef | null): VariableDeclaration | MethodDecl {
    const kind = this.kind();
    if ((kind === T.IDENT || kind === T.STRING_LITERAL) && this.peek(1) === T.LPAREN) return this.method(first, head, type);
    if (kind !== T.IDENT || this.peek(1) === T.RPAREN || FOLLOWS_VARIABLE[this.peek(1)] === 0) throw this.unexpected();
    const variables: Variable[] = [this.variable(type, true)];
    while (this.kind() === T.COMMA) {
      this.at++;
      this.newlines();
      variables.push(this.variable(type, true));
    }
    return {
      kind: 'VariableDeclaration',
      span: this.span(first),
      modifiers: head.modifiers,
      annotations: head.annotations,
      variables,
      tupleInit: null,
      isTuple: false,
    };
  }

  /** Whether a type stands before the declared name, behind modifiers. */
  private atTypeOfName(): boolean {
    if (T.isPrimitive(this.kind())) return true;
    if (this.kind() !== T.IDENT) return false;
    const next = this.peek(1);
    return next === T.IDENT || next === T.LBRACK || next === T.DOT || next === T.LT || next === T.STRING_LITERAL;
  }

  private variable(type: TypeRef | null, initAllowed: boolean): Variable {
    const name = this.take(T.IDENT);
    if (initAllowed && FOLLOWS_VARIABLE[this.kind()] === 0) throw this.unexpected();
    const init = initAllowed && this.kind() === T.ASSIGN ? this.initializer() : null;
    return { name: this.text(name), span: this.tokenSpan(name), type, init };
  }

  private initializer(): Expression {
    this.at++;
    this.newlines();
    this.enter();
    const value = this.expressionOrCommand();
    this.leave();
    return value;
  }

  protected singleDeclaration(initAllowed: boolean): VariableDeclaration {
    const first = this.at;
    const head = this.modifiers();
    const type = this.at === first || this.atTypeOfName() ? this.type() : null;
    const variables = [this.variable(type, initAllowed)];
    return {
      kind: 'VariableDeclaration',
      span: this.span(first),
      modifiers: head.modifiers,
      annotations: head.annotations,
      variables,
      tupleInit: null,
      isTuple: false,
    };
  }

  /** `def (a, int b) = list`. */
  protected multipleDeclaration(): VariableDeclaration {
    const first = this.at;
    const head = this.modifiers();
    this.take(T.LPAREN);
    const variables: Variable[] = [];
    for (;;) {
      this.newlines();
      variables.push(this.variable(this.atTypeOfName() ? this.type() : null, false));
      if (this.kind() !== T.COMMA) break;
      this.at++;
    }
    this.take(T.RPAREN);
    this.take(T.ASSIGN);
    this.newlines();
    const tupleInit = this.assignment(false);
    return {
      kind: 'VariableDeclaration',
      span: this.span(first),
      modifiers: head.modifiers,
      annotations: head.annotations,
      variables,
      tupleInit,
      isTuple: true,
    };
  }

  /** From the method's name on. */
  protected method(first: number, head: Head, returnType: TypeRef | null): MethodDecl {
    const name = this.at++;
    this.take(T.LPAREN);
    const parameters = this.parameters();
    this.take(T.RPAREN);
    this.checkBodyAhead();
    const throws = this.throwsOpt();
    this.checkBodyAhead();
    let body: BlockStatement | null = null;
    if (this.kinds[this.afterNewlines(this.at)] === T.LCURLY) {
      if (this.kind() === T.LCURLY && STARTS_BLOCK[this.peek(1)] === 0) throw this.unexpected();
      this.newlines();
      body = this.block();
    }
    const method: MethodDecl = {
      kind: 'MethodDecl',
      span: this.span(first),
      name: this.text(name),
      nameSpan: this.tokenSpan(name),
      returnType,
      parameters,
      throws,
      body,
      modifiers: head.modifiers,
      annotations: head.annotations,
      annotationDefault: null,
    };
    this.checkMethod(method, first);
    return method;
  }

  private checkBodyAhead(): void {
    const kind = this.kind();
    if (kind !== T.LCURLY && kind !== T.KW_THROWS && FOLLOWS_STATEMENT[kind] === 0) throw this.unexpected();
  }

  private checkMethod(method: MethodDecl, first: number): void {
    if (method.modifiers.includes('volatile')) this.objectAtToken("Method has an incorrect modifier 'volatile'.", first);
    const isInterface = this.classForm === 'interface';
    if (this.className !== null && this.classForm !== 'annotation' && method.name === this.className) {
      this.objectAtToken(
        isInterface
          ? 'Constructor not permitted within an interface.'
          : `Invalid constructor format. Remove '${method.returnType?.name ?? 'java.lang.Object'}' as the return type if you want a constructor, or use a different name if you want a method.`,
        first,
      );
    }
    if (isInterface || method.modifiers.includes('abstract')) {
      if (method.body !== null) this.objectAtToken('Abstract methods do not define a body.', first);
    } else if (method.body === null) {
      this.objectAtToken('You defined a method without body. Try adding a body, or declare it abstract.', first);
    }
  }

  protected throwsOpt(): TypeRef[] {
    const at = this.afterNewlines(this.at);
    if (this.kinds[at] !== T.KW_THROWS) return [];
    this.at = at;
    const types: TypeRef[] = [];
    do {
      this.at++;
      this.newlines();
      const first = this.at;
      const name = this.qualifiedName();
      types.push({ kind: 'TypeRef', span: this.span(first), name, generics: [], dims: 0 });
    } while (this.kind() === T.COMMA);
    return types;
  }

  // ---------------------------------------------------------------- parameters

  /** The parameters of a method or closure, up to what closes them. */
  protected parameters(): Parameter[] {
    const list: Parameter[] = [];
    const first = this.at;
    const kind = this.kind();
    if (kind === T.RPAREN || kind === T.ARROW || kind === T.NLS) return list;
    if (kind !== T.IDENT && kind !== T.AT && kind !== T.KW_FINAL && kind !== T.KW_DEF && kind !== T.TRIPLE_DOT && !T.isPrimitive(kind)) throw this.unexpected();
    for (;;) {
      list.push(this.parameter());
      if (this.kind() !== T.COMMA) break;
      this.at++;
      this.newlines();
    }
    if (list.length > 1 && list[0]!.varargs) this.objectAtToken(`The var-arg parameter ${list[0]!.name} must be the last parameter.`, first);
    return list;
  }

  private parameter(): Parameter {
    const first = this.at;
    const modifiers: string[] = [];
    const annotations: Annotation[] = [];
    for (;;) {
      const kind = this.kind();
      if (kind === T.AT) annotations.push(this.annotation());
      else if (kind === T.KW_FINAL || (kind === T.KW_DEF && !modifiers.includes('def'))) modifiers.push(this.text(this.at++));
      else break;
      this.newlines();
    }
    let type: TypeRef | null = null;
    if (this.atTypeOfParameter()) {
      type = this.type();
      if (this.kind() !== T.IDENT && this.kind() !== T.TRIPLE_DOT) throw this.unexpected();
    } else if (this.kind() !== T.TRIPLE_DOT && (this.kind() !== T.IDENT || !endsParameterName(this.peek(1)))) {
      throw this.unexpected();
    }
    const varargs = this.kind() === T.TRIPLE_DOT;
    if (varargs) this.at++;
    const name = this.take(T.IDENT);
    const equals = this.at;
    if (!endsParameterName(this.kind())) throw this.unexpected();
    const defaultValue = this.kind() === T.ASSIGN ? this.initializer() : null;
    if (defaultValue !== null && this.classForm === 'interface') {
      this.objectAtToken(`Cannot specify default value for method parameter '${this.text(name)} = ${this.sourceOf(defaultValue)}' inside an interface`, equals);
    }
    return { kind: 'Parameter', span: this.span(first), name: this.text(name), type, defaultValue, varargs, annotations, modifiers };
  }

  private atTypeOfParameter(): boolean {
    const kind = this.kind();
    if (kind !== T.IDENT && !T.isPrimitive(kind)) return false;
    const next = this.peek(1);
    return next === T.IDENT || next === T.LBRACK || next === T.TRIPLE_DOT || (kind === T.IDENT && (next === T.DOT || next === T.LT));
  }

  private sourceOf(expression: Expression): string {
    return this.tokens.source.original.slice(expression.span.start, expression.span.end);
  }

  // ---------------------------------------------------------------- imports

  protected annotations(): Annotation[] {
    const list: Annotation[] = [];
    while (this.kind() === T.AT && this.peek(1) !== T.KW_INTERFACE) {
      list.push(this.annotation());
      this.newlines();
    }
    return list;
  }

  protected importStatement(): Import {
    const first = this.at;
    const annotations = this.annotations();
    const next = this.peek(1);
    if (next !== T.IDENT && next !== T.KW_STATIC) throw this.unexpected(first);
    this.take(T.KW_IMPORT);
    const isStatic = this.kind() === T.KW_STATIC;
    if (isStatic) this.at++;
    let name = this.text(this.take(T.IDENT));
    let last: string | null = null;
    let star = false;
    while (this.kind() === T.DOT) {
      this.at++;
      this.newlines();
      if (this.kind() !== T.IDENT) {
        this.take(T.STAR);
        star = true;
        break;
      }
      if (last !== null) name += `.${last}`;
      last = this.text(this.at++);
    }
    let alias: string | null = null;
    if (!star && this.kind() !== T.KW_AS && FOLLOWS_STATEMENT[this.kind()] === 0) throw this.unexpected();
    if (!star && this.kind() === T.KW_AS) {
      this.at++;
      this.newlines();
      alias = this.text(this.take(T.IDENT));
    }
    const member = isStatic && !star ? last : null;
    if (last !== null && member === null) name += `.${last}`;
    return { kind: 'Import', span: this.span(first), annotations, isStatic, name, member, star, alias };
  }
}

function endsParameterName(kind: number): boolean {
  return kind === T.ASSIGN || kind === T.COMMA || kind === T.RPAREN || kind === T.ARROW || kind === T.NLS;
}
