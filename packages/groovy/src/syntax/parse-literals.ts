/** Literals and what is built of brackets: numbers, strings with values, lists, maps, arguments, closures. */
import type {
  BlockStatement,
  ClosureExpression,
  ConstantExpression,
  Expression,
  GStringExpression,
  MapExpression,
  Parameter,
  Span,
  Statement,
  TypeExpression,
} from './ast.ts';
import { STARTS_LIST } from './first-sets.ts';
import { LookaheadParser } from './lookahead.ts';
import { numberLiteral } from './number-literal.ts';
import * as T from './tokens.ts';

export type MapEntry = MapExpression['entries'][number];

/** Arguments in the order in which they are written. Labelled ones are entries. */
export interface Arguments {
  readonly plain: Expression[];
  readonly entries: MapEntry[];
  /** Where the first plain argument stands, for the message that a map has one. */
  plainToken: number;
}

export function noArguments(): Arguments {
  return { plain: [], entries: [], plainToken: -1 };
}

/** The kind of attempt (see `Cursor.failedBefore`). */
const ATTEMPT_PARAMETERS = 0;

export abstract class LiteralParser extends LookaheadParser {
  protected abstract expression(lineContext: boolean): Expression;
  protected abstract assignment(lineContext: boolean): Expression;
  protected abstract primary(): Expression;
  protected abstract statements(): Statement[];
  protected abstract parameters(): Parameter[];
  /** What may stand in parentheses and brackets: an expression, or a declaration, `return`, an annotation. */
  protected abstract strictExpression(): Expression;

  // ---------------------------------------------------------------- constants

  protected number(negative: boolean, first: number): ConstantExpression {
    const token = this.at++;
    return numberLiteral(this.kinds[token]!, this.text(token), negative, this.span(first));
  }

  protected stringConstant(): ConstantExpression {
    const token = this.at++;
    return { kind: 'Constant', span: this.tokenSpan(token), type: 'String', value: this.text(token), quote: this.quote(token) };
  }

  /** A name that stands for its own text: a map's key, a property. */
  protected nameConstant(token: number): ConstantExpression {
    return { kind: 'Constant', span: this.tokenSpan(token), type: 'String', value: this.text(token), quote: '' };
  }

  private quote(token: number): string {
    const text = this.tokens.source.text;
    const at = this.tokens.starts[token]!;
    const first = text.charAt(at);
    if (first === '$') return '$/';
    return first !== '/' && text.charAt(at + 1) === first && text.charAt(at + 2) === first ? first + first + first : first;
  }

  // ---------------------------------------------------------------- strings with values

  protected stringWithValues(): GStringExpression {
    const first = this.at;
    const strings = [this.text(first)];
    const values: Expression[] = [];
    this.at++;
    for (;;) {
      values.push(this.stringValue());
      const kind = this.kind();
      if (kind !== T.STRING_CTOR_MIDDLE && kind !== T.STRING_CTOR_END) throw this.mismatch(T.STRING_CTOR_END);
      strings.push(this.text(this.at));
      this.at++;
      if (kind === T.STRING_CTOR_END) break;
    }
    return { kind: 'GString', span: this.span(first), strings, values, quote: this.quote(first) };
  }

  private stringValue(): Expression {
    const first = this.at;
    switch (this.kind()) {
      case T.LCURLY:
        return this.stringBlock();
      case T.KW_THIS:
      case T.KW_SUPER:
        this.at++;
        return { kind: 'Variable', span: this.tokenSpan(first), name: this.text(first) };
      case T.IDENT: {
        this.at++;
        let value: Expression = { kind: 'Variable', span: this.tokenSpan(first), name: this.text(first) };
        for (let length = 1; this.kind() === T.DOT; length++) {
          this.checkChain(length);
          this.at++;
          this.newlines();
          const name = this.nameConstant(this.take(T.IDENT));
          value = { kind: 'Property', span: this.span(first), object: value, name, safe: false, spread: false, attribute: false };
        }
        return value;
      }
      default:
        throw this.unexpected();
    }
  }

  /** `${…}`: one expression is itself, none is null, statements are a closure that is called at once. */
  private stringBlock(): Expression {
    const block = this.closure();
    if (block.parameters !== null) return block;
    const body = block.body.statements;
    if (body.length === 0) return { kind: 'Constant', span: block.span, type: 'null', value: null };
    const only = body[0]!;
    if (body.length === 1 && only.kind === 'ExpressionStatement') return only.expression;
    return { kind: 'Call', span: block.span, callee: { ...block, parameters: [] }, args: [] };
  }

  // ---------------------------------------------------------------- closures and blocks

  /**
   * `{ … }`. Without parameters it is a closure with `it`, or a block, as the caller reads it.
   * A `->` directly in the braces is the only sign of parameters; the lexer has noted it.
   */
  protected closure(): ClosureExpression {
    const first = this.take(T.LCURLY);
    this.enter();
    this.newlines();
    const parameters = this.tokens.arrows[first]! >= 0 ? this.closureParameters() : null;
    const start = this.at;
    if (this.kind() === T.EOF) throw this.unexpected();
    const statements = this.statements();
    const body: BlockStatement = { kind: 'Block', span: statements.length === 0 ? this.emptySpan(start) : this.bodySpan(statements), statements };
    this.take(T.RCURLY);
    this.leave();
    return { kind: 'Closure', span: this.span(first), parameters, body };
  }

  private bodySpan(statements: readonly Statement[]): Span {
    const first = statements[0]!.span;
    const last = statements[statements.length - 1]!.span;
    return { start: first.start, end: last.end, line: first.line, column: first.column, lastLine: last.lastLine, lastColumn: last.lastColumn };
  }

  /** The parameters of a closure that has a `->`; null where what stands before it are none. */
  protected closureParameters(): Parameter[] | null {
    if (this.failedBefore(ATTEMPT_PARAMETERS)) return null;
    const at = this.at;
    const depth = this.currentDepth();
    const objections = this.objections.length;
    try {
      const parameters = this.parameters();
      this.newlines();
      this.take(T.ARROW);
      this.newlines();
      return parameters;
    } catch (failure) {
      this.goBack(failure, ATTEMPT_PARAMETERS, at, depth, objections);
      return null;
    }
  }

  // ---------------------------------------------------------------- lists, maps, arguments

  protected listOrMap(): Expression {
    const first = this.at++;
    if (this.kind() === T.COLON) {
      this.at++;
      this.take(T.RBRACK);
      return { kind: 'Map', span: this.span(first), entries: [], named: false };
    }
    if (STARTS_LIST[this.kind()] === 0) throw this.unexpected(first);
    this.enter();
    const args = this.argumentsUpTo(T.RBRACK);
    this.leave();
    this.at++;
    const span = this.span(first);
    if (args.entries.length === 0) return { kind: 'List', span, elements: args.plain };
    if (args.plain.length > 0) {
      const spread = args.plain[0]!.kind === 'Spread';
      this.objectAtToken(
        spread
          ? 'Unexpected node type: SPREAD_ARG found when expecting type: SPREAD_MAP_ARG'
          : 'Unexpected node type: EXPR found when expecting type: LABELED_ARG',
        args.plainToken,
      );
    }
    return { kind: 'Map', span, entries: args.entries, named: false };
  }

  /** Arguments up to a closing bracket, which is left. */
  protected argumentsUpTo(close: number): Arguments {
    const args = noArguments();
    if (this.kind() === close) return args;
    if (this.kind() === T.RPAREN || this.kind() === T.RBRACK) throw this.mismatch(close);
    const first = this.at;
    this.argument(args);
    if (this.kind() === T.SEMI) this.rejectExpressionList(first);
    if (this.kind() !== T.COMMA && this.kind() !== T.RPAREN && this.kind() !== T.RBRACK) throw this.unexpected();
    let emptyOnes = 0;
    while (this.kind() === T.COMMA) {
      const comma = this.at++;
      if (this.kind() === T.COMMA || this.kind() === close) {
        // Groovy takes one empty place, wherever it is: `f(1,)` and `f(1,,2)`.
        if (emptyOnes++ > 0) throw this.unexpected(comma);
      } else {
        this.argument(args);
      }
    }
    if (this.kind() !== close) throw this.mismatch(close);
    return args;
  }

  /** `(a; b; c)`: only `for` has that. */
  protected rejectExpressionList(first: number): void {
    this.objectAtToken('Expression list of the form (a; b; c) is not supported in this context.', first);
    while (this.kind() === T.SEMI) {
      this.at++;
      if (this.kind() !== T.SEMI && this.kind() !== T.RPAREN && this.kind() !== T.RBRACK) this.strictExpression();
    }
  }

  private argument(args: Arguments): void {
    const first = this.at;
    if (this.atArgumentLabel()) {
      const key = this.label();
      this.take(T.COLON);
      const value = this.strictExpression();
      args.entries.push({ span: this.span(first), key, value });
      this.rejectColon();
      return;
    }
    if (this.kind() === T.STAR) {
      this.at++;
      if (this.kind() === T.COLON) {
        this.at++;
        const value = this.strictExpression();
        args.entries.push({ span: this.span(first), key: null, value });
        this.rejectColon();
        return;
      }
      const operand = this.strictExpression();
      args.plain.push({ kind: 'Spread', span: this.span(first), operand });
    } else {
      if (this.peek(1) === T.EOF) throw this.unexpected();
      args.plain.push(this.strictExpression());
    }
    args.plainToken = args.plainToken < 0 ? first : args.plainToken;
    this.rejectColon();
  }

  private rejectColon(): void {
    if (this.kind() === T.COLON) {
      throw this.failure(
        'illegal colon after argument expression;\n' + '   solution: a complex label expression before a colon must be parenthesized',
        this.at,
      );
    }
  }

  protected label(): Expression {
    const kind = this.kind();
    if (kind === T.IDENT || T.isKeyword(kind)) return this.nameConstant(this.at++);
    return this.primary();
  }

  /** Arguments as a call passes them: the labelled ones are a map, which is the first. */
  protected passed(args: Arguments, first: number): Expression[] {
    if (args.entries.length === 0) return args.plain;
    this.rejectDuplicates(args.entries, first);
    const from = args.entries[0]!.span;
    const to = args.entries[args.entries.length - 1]!.span;
    const span: Span = { start: from.start, end: to.end, line: from.line, column: from.column, lastLine: to.lastLine, lastColumn: to.lastColumn };
    args.plain.unshift({ kind: 'Map', span, entries: args.entries, named: true });
    return args.plain;
  }

  private rejectDuplicates(entries: readonly MapEntry[], first: number): void {
    if (entries.length < 2) return;
    const seen = new Set<string>();
    for (const { key } of entries) {
      if (key === null || key.kind !== 'Constant') continue;
      const name = String(key.value);
      if (seen.has(name)) {
        this.objectAtToken(`Duplicate named parameter '${name}' found.`, first);
        return;
      }
      seen.add(name);
    }
  }

  // ---------------------------------------------------------------- types as values

  /** `String[]` where an expression stands: a name, followed by empty brackets. Null where it is no name. */
  protected typeValue(object: Expression, span: Span): TypeExpression | null {
    if (object.kind === 'Type') {
      return { kind: 'Type', span, type: { ...object.type, span, dims: object.type.dims + 1 } };
    }
    const name = dottedName(object);
    return name === null ? null : { kind: 'Type', span, type: { kind: 'TypeRef', span, name, generics: [], dims: 1 } };
  }
}

function dottedName(expression: Expression): string | null {
  if (expression.kind === 'Variable') return expression.name;
  if (expression.kind !== 'Property' || expression.safe || expression.spread || expression.attribute) return null;
  if (expression.name.kind !== 'Constant' || expression.name.type !== 'String') return null;
  const before = dottedName(expression.object);
  return before === null ? null : `${before}.${expression.name.value}`;
}
