/**
 * The parser's place in its tokens, the spans of nodes, and how parsing fails.
 *
 * Failing is a thrown `ParseFailure`, which is no Error (a stack would cost more than the parsing). An attempt
 * catches it and goes back; if nothing else fits either, it becomes the CompilationError. What the lexer couldn't
 * read is `FatalFailure` at once, even in an attempt: so does Groovy's parser, which reads tokens only on demand.
 */
import type { Span } from './ast.ts';
import { CompilationError, syntaxMessage } from './syntax-error.ts';
import type { TokenList } from './token-list.ts';
import * as T from './tokens.ts';

/** How deep a program may nest. The parser's stack frames would last for about twice as much. */
const DEEPEST = 400;
/** How long a chain like `a + b + c …` or `a.b.c…` may get: its tree is as deep as it is long. */
const LONGEST_CHAIN = 3000;

export class ParseFailure {
  message: string;
  token: number;
  constructor(message: string, token: number) {
    this.message = message;
    this.token = token;
  }
}

/** No other way of reading the source is to be tried. */
export class FatalFailure extends ParseFailure {}

/** An error in what is well-formed: found while the tree is made, told if nothing is wrong with the syntax. */
interface Objection {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export abstract class Cursor {
  protected readonly tokens: TokenList;
  protected readonly kinds: Uint8Array;
  protected at = 0;
  private depth = 0;
  protected readonly objections: Objection[] = [];
  /** Places at which an attempt has failed before, by a number for the kind of attempt. */
  private readonly failed = new Set<number>();

  constructor(tokens: TokenList) {
    this.tokens = tokens;
    this.kinds = tokens.kinds;
  }

  // ---------------------------------------------------------------- moving

  protected kind(): number {
    return this.kinds[this.at]!;
  }

  /** The kind of the next token but `ahead`. Behind the last token is only EOF. */
  protected peek(ahead: number): number {
    const at = this.at + ahead;
    return at < this.tokens.count ? this.kinds[at]! : T.EOF;
  }

  protected newlines(): void {
    if (this.kinds[this.at] === T.NLS) this.at++;
  }

  /** The next token that is no newline. */
  protected afterNewlines(at: number): number {
    return this.kinds[at] === T.NLS ? at + 1 : at;
  }

  protected take(kind: number): number {
    if (this.kinds[this.at] !== kind) throw this.mismatch(kind);
    return this.at++;
  }

  protected text(token: number): string {
    return this.tokens.text(token);
  }

  // ---------------------------------------------------------------- spans

  /** From the first character of a token to the last one of the token before the current one. */
  protected span(first: number): Span {
    const tokens = this.tokens;
    const source = tokens.source;
    let last = this.at - 1;
    if (this.kinds[last] === T.NLS) last--;
    if (last < first) return this.emptySpan(first);
    const line = tokens.lines[first]!;
    const lastLine = tokens.lastLines[last]!;
    const start = tokens.starts[first]!;
    const end = tokens.ends[last]!;
    return {
      start: source.offset(start),
      end: source.offset(end),
      line,
      column: source.column(start, line),
      lastLine,
      lastColumn: source.column(end, lastLine),
    };
  }

  /** The place before a token, with nothing in it. */
  protected emptySpan(token: number): Span {
    const start = this.tokens.source.offset(this.tokens.starts[token]!);
    const line = this.tokens.lines[token]!;
    const column = this.tokens.column(token);
    return { start, end: start, line, column, lastLine: line, lastColumn: column };
  }

  protected tokenSpan(token: number): Span {
    const tokens = this.tokens;
    const source = tokens.source;
    const line = tokens.lines[token]!;
    const lastLine = tokens.lastLines[token]!;
    const start = tokens.starts[token]!;
    const end = tokens.ends[token]!;
    return {
      start: source.offset(start),
      end: source.offset(end),
      line,
      column: source.column(start, line),
      lastLine,
      lastColumn: source.column(end, lastLine),
    };
  }

  // ---------------------------------------------------------------- failing

  protected unexpected(token: number = this.at): ParseFailure {
    return this.failure(`unexpected token: ${this.kinds[token] === T.ERROR ? '' : this.text(token)}`, token);
  }

  protected mismatch(expected: number): ParseFailure {
    return this.failure(`expecting ${T.DISPLAY[expected]}, found '${this.kind() === T.ERROR ? '' : this.text(this.at)}'`, this.at);
  }

  /** With what the lexer couldn't read next, or the token after, that is what is wrong: Groovy looks two tokens ahead. */
  protected failure(message: string, token: number): ParseFailure {
    return this.tokens.error !== null && token >= this.tokens.count - 2 ? new FatalFailure(message, token) : new ParseFailure(message, token);
  }

  protected objectAt(message: string, span: { readonly line: number; readonly column: number }): void {
    this.objections.push({ message, line: span.line, column: span.column });
  }

  protected objectAtToken(message: string, token: number): void {
    this.objections.push({ message, line: this.tokens.lines[token]!, column: this.tokens.column(token) });
  }

  /** The error to tell of a failure that nothing else fitted instead of. */
  protected errorOf(failure: ParseFailure, fileName: string): CompilationError {
    const tokens = this.tokens;
    const source = tokens.source.original;
    if (tokens.error !== null && failure.token >= tokens.count - 2) {
      const { message, line, column } = tokens.error;
      return new CompilationError([syntaxMessage(message, line, column, source)], fileName);
    }
    const line = tokens.lines[failure.token]!;
    return new CompilationError([syntaxMessage(failure.message, line, tokens.column(failure.token), source)], fileName);
  }

  // ---------------------------------------------------------------- attempts and depth

  /** Whether an attempt of this kind (a number below 4: parameters, cast, command, `for`) has failed at the current token already. */
  protected failedBefore(attempt: number): boolean {
    return this.failed.size > 0 && this.failed.has(this.at * 4 + attempt);
  }

  /** Goes back after a failed attempt; rethrows what no other way of reading can mend. */
  protected goBack(failure: unknown, attempt: number, at: number, depth: number, objections: number): void {
    if (!(failure instanceof ParseFailure) || failure instanceof FatalFailure) throw failure;
    this.at = at;
    this.depth = depth;
    this.objections.length = objections;
    this.failed.add(at * 4 + attempt);
  }

  protected currentDepth(): number {
    return this.depth;
  }

  protected enter(): void {
    if (++this.depth > DEEPEST) throw new FatalFailure(`nested too deep: more than ${DEEPEST} levels`, this.at);
  }

  protected leave(): void {
    this.depth--;
  }

  protected checkChain(length: number): void {
    if (length > LONGEST_CHAIN) throw new FatalFailure(`expression too long: more than ${LONGEST_CHAIN} operations in a row`, this.at);
  }
}
