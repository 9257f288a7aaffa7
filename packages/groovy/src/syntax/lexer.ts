/**
 * Groovy's tokens. The whole source is read at once; what can't be read becomes the last token, of kind ERROR.
 *
 * Three things make more of it than a table:
 * - A newline is a token (NLS, with all blanks and comments behind it) in braces and at the top, but nothing in
 *   parentheses and brackets. `parenLevel` counts the latter since the last brace; braces push it on a stack.
 * - A `/` begins a string or divides, by whether the token before it can end an expression.
 * - A string with values is several tokens: its start, for each value the value's own tokens and a middle, its end.
 *   `stringMode` tells in which kind of string the lexer is.
 */
import { isJavaIdentifierStart, isLetter, quoteCharacter, unexpectedCharacter } from './characters.ts';
import { readNumber } from './lex-number.ts';
import { operatorAt } from './lex-operator.ts';
import { DOLLAR_SLASHY, DOUBLE, readString, SINGLE, SLASHY, TRIPLE_DOUBLE, TRIPLE_SINGLE } from './lex-string.ts';
import { LexerStop } from './lexer-stop.ts';
import type { SourceText } from './source-text.ts';
import { TokenList } from './token-list.ts';
import * as T from './tokens.ts';

/** No string around: the mode of plain code. */
const CODE = 0;

export function tokenize(source: SourceText): TokenList {
  return new Lexer(source).run();
}

export class Lexer {
  readonly source: SourceText;
  readonly text: string;
  readonly tokens: TokenList;
  /** The offset of the next character to read. */
  at = 0;
  line = 1;
  private parenLevel = 0;
  private stringMode = CODE;
  /** How many strings that end with their line are open around: no newline may come, not even in their values. */
  private oneLineStrings = 0;
  /** For each open `{`: its token, and the state around it. */
  private readonly braces: number[] = [];
  private readonly opened: number[] = [];
  private lastKind: number = T.EOF;

  constructor(source: SourceText) {
    this.source = source;
    this.text = source.text;
    this.tokens = new TokenList(source);
  }

  run(): TokenList {
    try {
      if (this.text.startsWith('#!')) this.skipLine();
      for (;;) if (!this.next()) break;
    } catch (stop) {
      if (!(stop instanceof LexerStop)) throw stop;
      this.fail(stop);
    }
    return this.tokens;
  }

  /** A newline was read; `at` is behind it. */
  newline(): void {
    this.line++;
    this.source.lineStarts.push(this.at);
  }

  private fail(stop: LexerStop): void {
    const tokens = this.tokens;
    let line = this.line;
    let column = this.source.column(Math.min(stop.at, this.text.length), line);
    if (stop.atToken && tokens.count > 0) {
      line = tokens.lines[tokens.count - 1]!;
      column = tokens.column(tokens.count - 1);
    }
    tokens.error = { message: stop.message, line, column };
    tokens.add(T.ERROR, stop.at, stop.at, this.line, this.line);
  }

  private add(kind: number, start: number, line: number): number {
    this.lastKind = kind;
    return this.tokens.add(kind, start, this.at, line, this.line);
  }

  private skipLine(): void {
    const text = this.text;
    let at = this.at;
    for (; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === 10 || c === 13) break;
    }
    this.at = at;
  }

  private skipComment(): void {
    const text = this.text;
    this.at += 2;
    for (;;) {
      const c = text.charCodeAt(this.at);
      if (c === 42) {
        if (text.charCodeAt(this.at + 1) === 47) break;
        // Groovy's lexer wants to see two characters behind a star to take it as the comment's text.
        if (this.at + 2 >= text.length) throw new LexerStop(`expecting '/', found ${quoteCharacter(text.charCodeAt(this.at + 1))}`, this.at + 1);
        this.at++;
      } else if (c === 10 || c === 13) {
        this.readNewline();
      } else if (Number.isNaN(c)) {
        throw new LexerStop(`expecting '*', found '<EOF>'`, this.at);
      } else {
        this.at++;
      }
    }
    this.at += 2;
  }

  /** Reads one newline in code, which is forbidden in the values of a string that must end with its line. */
  private readNewline(): void {
    if (this.oneLineStrings > 0) {
      throw new LexerStop(
        `end of line reached within a simple string 'x' or "x" or /x/;\n` +
          `   solution: for multi-line literals, use triple quotes '''x''' or """x""" or /x/ or $/x/$`,
        this.at,
        true,
      );
    }
    this.at += this.text.charCodeAt(this.at) === 13 && this.text.charCodeAt(this.at + 1) === 10 ? 2 : 1;
    this.newline();
  }

  /** Reads newlines, blanks and comments from a newline on, as one token or (in parentheses) none. */
  private readNewlines(): void {
    const text = this.text;
    const start = this.at;
    const line = this.line;
    for (;;) {
      const c = text.charCodeAt(this.at);
      if (c === 10 || c === 13) this.readNewline();
      else if (c === 32 || c === 9 || c === 12) this.at++;
      else if (c === 47 && text.charCodeAt(this.at + 1) === 47) this.skipLine();
      else if (c === 47 && text.charCodeAt(this.at + 1) === 42) this.skipComment();
      else if (c === 92 && this.atLineContinuation()) this.skipLineContinuation();
      else break;
    }
    if (this.parenLevel === 0) this.add(T.NLS, start, line);
  }

  private atLineContinuation(): boolean {
    const c = this.text.charCodeAt(this.at + 1);
    return c === 10 || c === 13;
  }

  private skipLineContinuation(): void {
    this.at += this.text.charCodeAt(this.at + 1) === 13 && this.text.charCodeAt(this.at + 2) === 10 ? 3 : 2;
    this.newline();
  }

  /** Reads a token; false behind the last one. */
  private next(): boolean {
    const text = this.text;
    let c = text.charCodeAt(this.at);
    while (c === 32 || c === 9 || c === 12) c = text.charCodeAt(++this.at);
    if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c >= 128) return this.name(c);
    if (c >= 48 && c <= 57) {
      const start = this.at;
      const kind = readNumber(this);
      this.add(kind, start, this.line);
      return true;
    }
    switch (c) {
      case 10:
      case 13:
        this.readNewlines();
        return true;
      case 34:
        return this.string(text.charCodeAt(this.at + 1) === 34 && text.charCodeAt(this.at + 2) === 34 ? TRIPLE_DOUBLE : DOUBLE);
      case 36:
        return this.dollar();
      case 39:
        return this.string(text.charCodeAt(this.at + 1) === 39 && text.charCodeAt(this.at + 2) === 39 ? TRIPLE_SINGLE : SINGLE);
      case 40:
        this.parenLevel++;
        return this.open(T.LPAREN);
      case 41:
        this.parenLevel--;
        return this.close(T.RPAREN, T.LPAREN);
      case 47:
        return this.slash();
      case 91:
        this.parenLevel++;
        return this.open(T.LBRACK);
      case 92:
        if (!this.atLineContinuation()) throw new LexerStop(unexpectedCharacter(c), this.at);
        this.skipLineContinuation();
        return true;
      case 93:
        this.parenLevel--;
        return this.close(T.RBRACK, T.LBRACK);
      case 123:
        return this.openBrace();
      case 125:
        return this.closeBrace();
      default:
        if (Number.isNaN(c)) {
          this.at = text.length;
          this.add(T.EOF, this.at, this.line);
          return false;
        }
        return this.operator(c);
    }
  }

  private name(first: number): boolean {
    if (first >= 128 && !isLetter(first)) throw new LexerStop(unexpectedCharacter(first), this.at);
    const text = this.text;
    const start = this.at;
    let at = start + 1;
    let plain = first >= 97;
    const dollars = this.stringMode === CODE;
    for (; ; at++) {
      const c = text.charCodeAt(at);
      if (c >= 97 && c <= 122) continue;
      if ((c >= 65 && c <= 90) || c === 95 || (c >= 48 && c <= 57) || (c === 36 && dollars) || (c >= 128 && isLetter(c))) {
        plain = false;
        continue;
      }
      break;
    }
    this.at = at;
    let kind: number = T.IDENT;
    if (plain && at - start <= 12) {
      kind = T.kindOfName(text.slice(start, at));
      if (kind !== T.IDENT) kind = this.keywordAsName(kind);
    }
    this.add(kind, start, this.line);
    if (this.stringMode !== CODE) {
      // `$a.b`: the name goes on behind a dot, else the string does.
      const next = text.charCodeAt(at + 1);
      if (text.charCodeAt(at) === 46 && next !== 36 && isJavaIdentifierStart(next)) return true;
      this.stringRest();
    }
    return true;
  }

  /** Words that Java doesn't reserve stay names beside a dot, for packages that are called so. */
  private keywordAsName(kind: number): number {
    const next = this.text.charCodeAt(this.at);
    const last = this.lastKind;
    switch (kind) {
      case T.KW_AS:
      case T.KW_DEF:
      case T.KW_IN:
      case T.KW_TRAIT:
        return next === 46 || last === T.DOT || last === T.KW_PACKAGE ? T.IDENT : kind;
      case T.KW_PACKAGE:
        return next === 46 || last === T.DOT || last === T.KW_IMPORT || (next === 41 && last === T.LPAREN) ? T.IDENT : kind;
      case T.KW_STATIC:
        return next === 46 ? T.IDENT : kind;
      default:
        return kind;
    }
  }

  private dollar(): boolean {
    if (this.stringMode !== CODE) throw new LexerStop(unexpectedCharacter(36), this.at);
    if (this.text.charCodeAt(this.at + 1) === 47 && !endsExpression(this.lastKind)) return this.string(DOLLAR_SLASHY);
    return this.name(36);
  }

  private slash(): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (next === 47) {
      this.skipLine();
      return true;
    }
    if (next === 42) {
      this.skipComment();
      return true;
    }
    if (!Number.isNaN(next) && !endsExpression(this.lastKind)) return this.string(SLASHY);
    return next === 61 ? this.symbol(T.DIV_ASSIGN, 2) : this.symbol(T.DIV, 1);
  }

  // ---------------------------------------------------------------- strings

  private string(mode: number): boolean {
    const start = this.at;
    const line = this.line;
    if (mode === SINGLE || mode === DOUBLE) this.checkQuote(mode);
    if (mode === DOUBLE || mode === SLASHY) this.oneLineStrings++;
    this.at += mode === TRIPLE_SINGLE || mode === TRIPLE_DOUBLE ? 3 : mode === DOLLAR_SLASHY ? 2 : 1;
    this.stringPart(mode, start, line, true);
    return true;
  }

  /** A quote that nothing follows is told as such, not as a string without an end. */
  private checkQuote(mode: number): void {
    const next = this.text.charCodeAt(this.at + 1);
    if (Number.isNaN(next) || (mode === SINGLE && (next === 10 || next === 13))) {
      throw new LexerStop(unexpectedCharacter(this.text.charCodeAt(this.at)), this.at);
    }
  }

  /** Goes on in a string behind one of its values. */
  private stringRest(): void {
    const mode = this.stringMode;
    this.stringMode = CODE;
    this.stringPart(mode, this.at, this.line, false);
  }

  private stringPart(mode: number, start: number, line: number, first: boolean): void {
    const tokens = this.tokens;
    const value = readString(this, mode);
    const text = tokens.texts.push(value.text) - 1;
    if (value.ended) {
      if (mode === DOUBLE || mode === SLASHY) this.oneLineStrings--;
      const token = this.add(first ? T.STRING_LITERAL : T.STRING_CTOR_END, start, line);
      tokens.links[token] = text;
      if (!first) this.matchOpened(token, T.STRING_CTOR_START);
      return;
    }
    const token = this.add(first ? T.STRING_CTOR_START : T.STRING_CTOR_MIDDLE, start, line);
    if (first) {
      tokens.arrows[token] = text;
      this.opened.push(token);
    } else {
      tokens.links[token] = text;
    }
    this.stringMode = mode;
    // The value is `{…}` or a name; the lexer goes on with its first token.
  }

  // ---------------------------------------------------------------- brackets

  private open(kind: number): boolean {
    this.opened.push(this.symbolToken(kind, 1));
    return true;
  }

  private close(kind: number, opening: number): boolean {
    this.matchOpened(this.symbolToken(kind, 1), opening);
    return true;
  }

  /** A bracket that closes nothing, or something else, leaves the others as they are: the parser will say so. */
  private matchOpened(token: number, opening: number): void {
    const open = this.opened[this.opened.length - 1];
    if (open === undefined || this.tokens.kinds[open] !== opening) return;
    this.opened.pop();
    this.tokens.links[open] = token;
  }

  private openBrace(): boolean {
    this.braces.push(this.parenLevel, this.stringMode);
    this.parenLevel = 0;
    this.stringMode = CODE;
    return this.open(T.LCURLY);
  }

  private closeBrace(): boolean {
    if (this.braces.length > 0) {
      this.stringMode = this.braces.pop()!;
      this.parenLevel = this.braces.pop()!;
    }
    this.close(T.RCURLY, T.LCURLY);
    if (this.stringMode !== CODE) this.stringRest();
    return true;
  }

  private arrow(): boolean {
    const token = this.symbolToken(T.ARROW, 2);
    const open = this.opened[this.opened.length - 1];
    if (open !== undefined && this.tokens.kinds[open] === T.LCURLY && this.tokens.arrows[open] === -1) this.tokens.arrows[open] = token;
    return true;
  }

  // ---------------------------------------------------------------- operators

  private symbolToken(kind: number, length: number): number {
    const start = this.at;
    this.at = start + length;
    return this.add(kind, start, this.line);
  }

  private symbol(kind: number, length: number): boolean {
    this.symbolToken(kind, length);
    return true;
  }

  private operator(c: number): boolean {
    const found = operatorAt(this.text, this.at, c);
    if (found === 0) throw new LexerStop(unexpectedCharacter(c), this.at);
    return found >> 2 === T.ARROW ? this.arrow() : this.symbol(found >> 2, (found & 3) + 1);
  }
}

/** Whether a `/` behind such a token divides. Keywords count as values here, whatever they are. */
function endsExpression(kind: number): boolean {
  switch (kind) {
    case T.INC:
    case T.DEC:
    case T.RPAREN:
    case T.RBRACK:
    case T.RCURLY:
    case T.STRING_LITERAL:
    case T.STRING_CTOR_END:
    case T.IDENT:
    case T.NUM_INT:
    case T.NUM_LONG:
    case T.NUM_BIG_INT:
    case T.NUM_FLOAT:
    case T.NUM_DOUBLE:
    case T.NUM_BIG_DECIMAL:
      return true;
    case T.KW_FINAL:
    case T.KW_ABSTRACT:
    case T.KW_STRICTFP:
    case T.KW_CONST:
    case T.KW_DO:
    case T.KW_GOTO:
      return false;
    default:
      return T.isKeyword(kind);
  }
}
