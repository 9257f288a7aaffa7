/**
 * Paths: a name, literal or bracket, followed by `.name`, `(args)`, `[index]` and `{ closure }` in any number.
 *
 * Groovy has no node for a call's name until the call comes, so a path's last `.name` is a property until its `(`.
 */
import type { ClassDecl, Expression, TypeRef } from './ast.ts';
import { SECOND_OF_ELEMENT, STARTS_EXPRESSION } from './first-sets.ts';
import type { Arguments } from './parse-literals.ts';
import { LiteralParser } from './parse-literals.ts';
import * as T from './tokens.ts';

export abstract class PathParser extends LiteralParser {
  /** The path that was parsed last: only one that is a whole expression can take arguments without parentheses. */
  protected lastPath: Expression | null = null;
  /** Whether that path is nothing but an expression in parentheses. */
  protected lastPathWrapped = false;
  /** The token at which the arguments that were parsed last begin. */
  private argumentsAt = 0;
  /** Whether the primary that was parsed last stood in parentheses. */
  private parenthesized = false;

  protected abstract anonymousClass(): ClassDecl;

  /** With `lineContext`, a closure may stand on the next line. */
  protected path(lineContext: boolean): Expression {
    const first = this.at;
    const start = this.primary();
    const wrapped = this.parenthesized;
    const path = this.pathElements(start, first, wrapped, lineContext);
    this.lastPath = path;
    this.lastPathWrapped = wrapped && path === start;
    return path;
  }

  /** What follows a path's beginning, which `first` is the first token of. */
  protected pathElements(start: Expression, first: number, parenthesized: boolean, lineContext: boolean): Expression {
    let path = start;
    let wrapped = parenthesized;
    for (let length = 1; ; length++) {
      let kind = this.kind();
      if (kind === T.NLS) {
        kind = this.peek(1);
        if (kind === T.LCURLY ? !lineContext : !isDot(kind)) return path;
        this.at++;
      } else if (SECOND_OF_ELEMENT[this.peek(1)] === 0) {
        return path;
      }
      if (isDot(kind)) path = this.member(path, first);
      else if (kind === T.LPAREN) path = this.call(path, wrapped, first, this.parenthesizedArguments(), false);
      else if (kind === T.LCURLY) path = this.appendClosure(path, wrapped, first);
      else if (kind === T.LBRACK) path = this.index(path, first);
      else return path;
      wrapped = false;
      this.checkChain(length);
    }
  }

  /** `.name`, `?.name`, `*.name`, `.@name`, `.&name`; the name may be a string, an expression in parentheses or a block. */
  private member(object: Expression, first: number): Expression {
    const op = this.kind();
    this.at++;
    this.newlines();
    if (this.kind() === T.LT) this.typeArguments();
    const attribute = this.kind() === T.AT;
    if (attribute) this.at++;
    const name = this.memberName();
    if (op === T.MEMBER_POINTER) return { kind: 'MethodPointer', span: this.span(first), object, name };
    return {
      kind: 'Property',
      span: this.span(first),
      object,
      name,
      safe: op === T.OPTIONAL_DOT,
      spread: op === T.SPREAD_DOT,
      attribute,
    };
  }

  private memberName(): Expression {
    const kind = this.kind();
    switch (kind) {
      case T.IDENT:
        return this.nameConstant(this.at++);
      case T.STRING_LITERAL:
        return this.stringConstant();
      case T.STRING_CTOR_START:
        return this.stringWithValues();
      case T.LPAREN:
        return this.inParentheses();
      case T.LCURLY:
        return { ...this.closure(), parameters: [] };
      default:
        if (T.isKeyword(kind)) return this.nameConstant(this.at++);
        throw this.unexpected();
    }
  }

  /** `[…]` behind a path. Empty ones make a type's name of it: `String[]`. */
  private index(object: Expression, first: number): Expression {
    this.at++;
    this.enter();
    const args = this.argumentsUpTo(T.RBRACK);
    this.leave();
    this.at++;
    const span = this.span(first);
    if (args.plain.length === 0 && args.entries.length === 0) {
      const type = this.typeValue(object, span);
      if (type !== null) return type;
    }
    if (args.entries.length > 0) {
      args.plain.unshift({ kind: 'Map', span: args.entries[0]!.span, entries: args.entries, named: false });
    }
    return { kind: 'Index', span, object, args: args.plain };
  }

  // ---------------------------------------------------------------- calls

  /** `(args)`, brackets included. */
  protected parenthesizedArguments(): Expression[] {
    this.at++;
    this.enter();
    const first = this.at;
    const args: Arguments = this.argumentsUpTo(T.RPAREN);
    this.leave();
    this.at++;
    this.argumentsAt = first;
    return this.passed(args, first);
  }

  /** A call of what a path leads to. `wrapped`: the path is an expression in parentheses, so a name in it is a value. */
  protected call(callee: Expression, wrapped: boolean, first: number, args: Expression[], command: boolean): Expression {
    const span = this.span(first);
    if (!wrapped) {
      switch (callee.kind) {
        case 'Variable':
          if (callee.name === 'this' || callee.name === 'super') this.objectToConstructorCall();
          return {
            kind: 'MethodCall',
            span,
            object: null,
            args,
            safe: false,
            spread: false,
            command,
            name: { kind: 'Constant', span: callee.span, type: 'String', value: callee.name, quote: '' },
          };
        case 'Property':
          if (callee.attribute) break;
          if (callee.name.kind === 'Constant' && (callee.name.value === 'this' || callee.name.value === 'super')) {
            this.objectToConstructorCall();
          }
          return { kind: 'MethodCall', span, object: callee.object, name: callee.name, args, safe: callee.safe, spread: callee.spread, command };
        case 'Constant':
          if (callee.type !== 'String') break;
          return { kind: 'MethodCall', span, object: null, name: callee, args, safe: false, spread: false, command };
        case 'GString':
          return { kind: 'MethodCall', span, object: null, name: callee, args, safe: false, spread: false, command };
        case 'Type':
          if (callee.type.dims === 0 && callee.type.name !== 'void') {
            this.objectAt(`Primitive type literal: ${callee.type.name} cannot be used as a method name`, callee.span);
          }
      }
    }
    return { kind: 'Call', span, callee, args };
  }

  private objectToConstructorCall(): void {
    this.objectAtToken('Constructor call must be the first statement in a constructor.', this.argumentsAt);
  }

  /** A closure behind a path: the last argument of the call that the path is, or the only one of a new call. */
  private appendClosure(path: Expression, wrapped: boolean, first: number): Expression {
    const closure = this.closure();
    if (wrapped || (path.kind !== 'MethodCall' && path.kind !== 'Call')) return this.call(path, wrapped, first, [closure], false);
    // The call was made a moment ago and nobody else has seen it.
    (path.args as Expression[]).push(closure);
    return { ...path, span: this.span(first) };
  }

  // ---------------------------------------------------------------- beginnings

  protected primary(): Expression {
    const first = this.at;
    const kind = this.kind();
    this.parenthesized = false;
    switch (kind) {
      case T.IDENT:
      case T.KW_THIS:
      case T.KW_SUPER:
        this.at++;
        return { kind: 'Variable', span: this.tokenSpan(first), name: this.text(first) };
      case T.STRING_LITERAL:
        return this.stringConstant();
      case T.STRING_CTOR_START:
        return this.leaveWrapped(this.stringWithValues());
      case T.NUM_INT:
      case T.NUM_LONG:
      case T.NUM_BIG_INT:
      case T.NUM_FLOAT:
      case T.NUM_DOUBLE:
      case T.NUM_BIG_DECIMAL:
        return this.number(false, first);
      case T.KW_TRUE:
      case T.KW_FALSE:
        this.at++;
        return { kind: 'Constant', span: this.tokenSpan(first), type: 'Boolean', value: kind === T.KW_TRUE };
      case T.KW_NULL:
        this.at++;
        return { kind: 'Constant', span: this.tokenSpan(first), type: 'null', value: null };
      case T.LBRACK:
        return this.leaveWrapped(this.listOrMap());
      case T.LCURLY:
        return this.leaveWrapped(this.closure());
      case T.KW_NEW:
        return this.leaveWrapped(this.creation());
      case T.LPAREN: {
        const inner = this.inParentheses();
        this.parenthesized = true;
        return inner;
      }
      default:
        if (T.isPrimitive(kind)) {
          const type = this.typeWithoutDimensions();
          return { kind: 'Type', span: type.span, type };
        }
        throw this.unexpected();
    }
  }

  /** A primary that holds others is not in parentheses itself, whatever these were. */
  private leaveWrapped(primary: Expression): Expression {
    this.parenthesized = false;
    return primary;
  }

  protected inParentheses(): Expression {
    const first = this.at++;
    this.enter();
    if (this.hasSemicolon(first)) {
      const inner = this.strictExpression();
      if (this.kind() === T.SEMI) this.rejectExpressionList(first);
      this.take(T.RPAREN);
      this.leave();
      return inner;
    }
    if (this.atDeclaration()) throw this.unexpected();
    const inner = this.strictExpression();
    this.take(T.RPAREN);
    this.leave();
    return inner;
  }

  // ---------------------------------------------------------------- new

  private creation(): Expression {
    const first = this.at++;
    this.newlines();
    if (this.kind() === T.LT) this.typeArguments();
    const type = this.typeWithoutDimensions();
    if (this.kind() === T.LBRACK) return this.newArray(type, first);
    if (this.kinds[this.afterNewlines(this.at)] !== T.LPAREN) throw this.unexpected(this.afterNewlines(this.at));
    this.newlines();
    const args = this.parenthesizedArguments();
    const body = this.kind() === T.LCURLY ? this.anonymousClass() : null;
    return { kind: 'New', span: this.span(first), type, args, body };
  }

  private newArray(type: TypeRef, first: number): Expression {
    const open = this.at;
    const sizes: Expression[] = [];
    let dims = 0;
    while (this.kind() === T.LBRACK) {
      this.at++;
      dims++;
      if (this.kind() === T.RBRACK) {
        if (dims === 1) this.objectAtToken('No expression for the array constructor call', open);
      } else {
        this.enter();
        sizes.push(this.expression(false));
        this.leave();
      }
      this.take(T.RBRACK);
    }
    return { kind: 'NewArray', span: this.span(first), type, sizes, dims, init: null };
  }

  // ---------------------------------------------------------------- calls without parentheses

  /** The arguments behind a command's first one; `first` is the token where that stands. */
  protected moreCommandArguments(args: Arguments, first: number): Expression[] {
    this.argumentsAt = first;
    while (this.kind() === T.COMMA) {
      const next = this.kinds[this.afterNewlines(this.at + 1)]!;
      if (STARTS_EXPRESSION[next] === 0 && !T.isKeyword(next)) break;
      this.at++;
      this.newlines();
      this.commandArgument(args);
    }
    return this.passed(args, first);
  }

  protected commandArgument(args: Arguments): void {
    const first = this.at;
    if (!this.atArgumentLabel()) {
      args.plain.push(this.expression(false));
      return;
    }
    const key = this.label();
    this.take(T.COLON);
    this.newlines();
    const value = this.expression(false);
    args.entries.push({ span: this.span(first), key, value });
  }
}

function isDot(kind: number): boolean {
  return kind === T.DOT || kind === T.OPTIONAL_DOT || kind === T.SPREAD_DOT || kind === T.MEMBER_POINTER;
}
