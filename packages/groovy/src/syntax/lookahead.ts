/**
 * Questions about the tokens ahead that need more than two of them: is this a declaration, a label, a closure with
 * parameters? They only look; brackets are skipped in one step, so each costs what stands at its own level.
 */
import { isUpperCase } from './characters.ts';
import { TypeParser } from './parse-types.ts';
import * as T from './tokens.ts';

/** Nothing fits. */
const NO = -1;

export abstract class LookaheadParser extends TypeParser {
  /** Behind the bracket that closes the one at a token, or NO. */
  private behindBracket(open: number): number {
    const close = this.tokens.links[open]!;
    return close < 0 ? NO : close + 1;
  }

  private isUpperCaseName(token: number): boolean {
    return this.kinds[token] === T.IDENT && isUpperCase(this.tokens.source.text.charCodeAt(this.tokens.starts[token]!));
  }

  /** Behind an annotation with its arguments. */
  private behindAnnotation(at: number): number {
    if (this.kinds[at + 1] !== T.IDENT) return NO;
    at += 2;
    while (this.kinds[at] === T.DOT) {
      at = this.afterNewlines(at + 1);
      if (this.kinds[at] !== T.IDENT) return NO;
      at++;
    }
    const open = this.afterNewlines(at);
    return this.kinds[open] === T.LPAREN ? this.behindBracket(open) : at;
  }

  /**
   * Behind modifiers, annotations and `def`, newlines included; `at` itself where there are none.
   * NO for an annotation that is none. `@interface` ends them.
   */
  private behindModifiers(at: number): number {
    for (;;) {
      const kind = this.kinds[at]!;
      if (kind === T.KW_DEF || T.isModifier(kind)) {
        at = this.afterNewlines(at + 1);
      } else if (kind === T.AT && this.kinds[at + 1] !== T.KW_INTERFACE) {
        at = this.behindAnnotation(at);
        if (at === NO) return NO;
        at = this.afterNewlines(at);
      } else {
        return at;
      }
    }
  }

  /** Behind `<…>`, as far as it goes: a missing `>` is left for the parser to tell. */
  private behindTypeArguments(at: number, depth: number): number {
    if (depth > 100) return NO;
    at = this.afterNewlines(at + 1);
    for (;;) {
      if (this.kinds[at] === T.QUESTION) {
        at++;
        if (this.kinds[at] === T.KW_EXTENDS || this.kinds[at] === T.KW_SUPER) {
          at = this.behindClassType(this.afterNewlines(at + 1), depth + 1);
          if (at === NO) return NO;
          at = this.afterNewlines(at);
        }
      } else {
        if (T.isPrimitive(this.kinds[at]!)) {
          // `List<int>` is wrong, but a declaration: so the message says what is.
          at++;
        } else {
          at = this.behindClassType(at, depth + 1);
          if (at === NO) return NO;
        }
        while (this.kinds[at] === T.LBRACK && this.kinds[at + 1] === T.RBRACK) at += 2;
      }
      if (this.kinds[at] !== T.COMMA) break;
      at = this.afterNewlines(at + 1);
    }
    const end = this.afterNewlines(at);
    const kind = this.kinds[end];
    return kind === T.GT || kind === T.SR || kind === T.BSR ? end + 1 : end;
  }

  private behindClassType(at: number, depth: number): number {
    if (this.kinds[at] !== T.IDENT) return NO;
    at++;
    for (;;) {
      if (this.kinds[at] === T.LT) {
        at = this.kinds[at + 1] === T.GT ? this.afterNewlines(at + 2) : this.behindTypeArguments(at, depth);
        if (at === NO) return NO;
      }
      if (this.kinds[at] !== T.DOT || this.kinds[at + 1] !== T.IDENT) return at;
      at += 2;
    }
  }

  /** Behind a name with a capital letter, a qualified one (its last part capital) or a primitive type; or NO. */
  private behindDeclaredName(at: number): number {
    if (T.isPrimitive(this.kinds[at]!)) return at + 1;
    if (this.kinds[at] !== T.IDENT) return NO;
    if (this.kinds[at + 1] !== T.DOT) return this.isUpperCaseName(at) ? at + 1 : NO;
    while (this.kinds[at + 1] === T.DOT && this.kinds[at + 2] === T.IDENT) at += 2;
    return this.isUpperCaseName(at) ? at + 1 : NO;
  }

  /**
   * Whether a declaration starts here: modifiers or types, then a name. A capital letter makes a name a type, so
   * `Foo bar` declares and `foo bar` calls.
   */
  protected atDeclaration(): boolean {
    const kind = this.kind();
    if (kind === T.IDENT) {
      // The common case of a statement is a call or an assignment: told by its next token.
      const next = this.peek(1);
      if (next !== T.DOT && next !== T.IDENT && next !== T.LT && next !== T.LBRACK && next !== T.STRING_LITERAL) return false;
      if (next !== T.DOT && !this.isUpperCaseName(this.at)) return false;
    } else if (!T.isPrimitive(kind) && !T.isModifier(kind) && kind !== T.KW_DEF && kind !== T.AT) {
      return false;
    }
    return this.isDeclaration(this.at);
  }

  private isDeclaration(at: number): boolean {
    let heads = 0;
    for (;;) {
      const modifiers = this.behindModifiers(at);
      if (modifiers === NO) return false;
      if (modifiers !== at) {
        heads++;
        at = modifiers;
      }
      const kind = this.kinds[at]!;
      if (kind === T.STRING_LITERAL) return heads > 0;
      if (kind === T.IDENT && heads > 0 && !this.continuesHead(this.kinds[at + 1]!)) return true;
      let type = this.behindDeclaredName(at);
      if (type === NO) return false;
      if (this.kinds[type] === T.LT) {
        type = this.behindTypeArguments(type, 0);
        if (type === NO) return false;
      }
      while (this.kinds[type] === T.LBRACK) {
        type = this.behindBracket(type);
        if (type === NO) return false;
      }
      at = type;
      heads++;
    }
  }

  /** What may stand behind a name that is a type in a declaration's head. */
  private continuesHead(kind: number): boolean {
    return (
      kind === T.IDENT ||
      kind === T.STRING_LITERAL ||
      kind === T.LT ||
      kind === T.LBRACK ||
      kind === T.DOT ||
      kind === T.KW_DEF ||
      kind === T.AT ||
      T.isPrimitive(kind) ||
      T.isModifier(kind)
    );
  }

  /** `static <T>`: a method with type parameters, which modifiers must precede. */
  protected atGenericMethod(): boolean {
    if (!this.atModifier()) return false;
    const at = this.behindModifiers(this.at);
    return at > this.at && this.kinds[at] === T.LT;
  }

  protected atModifier(): boolean {
    const kind = this.kind();
    return kind === T.KW_DEF || kind === T.AT || T.isModifier(kind);
  }

  /** `def (a, b) =`. */
  protected atMultipleDeclaration(): boolean {
    if (!this.atModifier()) return false;
    let at = this.at;
    while (this.kinds[at] !== T.KW_DEF) {
      const kind = this.kinds[at]!;
      if (kind === T.AT) {
        at = this.behindAnnotation(at);
        if (at === NO) return false;
      } else if (T.isModifier(kind)) {
        at++;
      } else {
        return false;
      }
      at = this.afterNewlines(at);
    }
    return this.kinds[this.afterNewlines(at + 1)] === T.LPAREN;
  }

  /** A class, interface, enum, trait or `@interface`, behind its modifiers. */
  protected atTypeDeclaration(): boolean {
    const at = this.behindModifiers(this.at);
    if (at === NO) return false;
    switch (this.kinds[at]) {
      case T.KW_CLASS:
      case T.KW_INTERFACE:
      case T.KW_ENUM:
      case T.KW_TRAIT:
        return true;
      case T.AT:
        return this.kinds[at + 1] === T.KW_INTERFACE;
      default:
        return false;
    }
  }

  /** `import` or `package`, behind annotations. */
  protected atAnnotated(keyword: number): boolean {
    let at = this.at;
    while (this.kinds[at] === T.AT) {
      at = this.behindAnnotation(at);
      if (at === NO) return false;
      at = this.afterNewlines(at);
    }
    return this.kinds[at] === keyword;
  }

  /** A constructor of the class around: its name and `(`. */
  protected atConstructor(className: string | null): boolean {
    if (className === null) return false;
    const at = this.behindModifiers(this.at);
    return at !== NO && this.kinds[at] === T.IDENT && this.kinds[this.afterNewlines(at + 1)] === T.LPAREN && this.text(at) === className;
  }

  /** A label of an argument: `a:`, `'a':`, `1:`, `(x):`, `"$x":`, `[1]:`. */
  protected atArgumentLabel(): boolean {
    const kind = this.kind();
    if (kind === T.LPAREN || kind === T.STRING_CTOR_START || kind === T.LBRACK || kind === T.LCURLY) {
      const end = this.behindBracket(this.at);
      return end !== NO && this.kinds[end] === T.COLON;
    }
    return this.peek(1) === T.COLON && this.isPlainLabel(kind);
  }

  private isPlainLabel(kind: number): boolean {
    return kind === T.IDENT || kind === T.STRING_LITERAL || (kind >= T.NUM_INT && kind <= T.NUM_BIG_DECIMAL) || T.isKeyword(kind);
  }

  /** `(a, b) =`. */
  protected atMultipleAssignment(): boolean {
    const close = this.tokens.links[this.at]!;
    if (close < 0 || this.kinds[close + 1] !== T.ASSIGN) return false;
    let at = this.afterNewlines(this.at + 1);
    for (;;) {
      if (this.kinds[at] !== T.IDENT) return false;
      at++;
      if (at === close) return true;
      if (this.kinds[at] !== T.COMMA) return false;
      at = this.afterNewlines(at + 1);
    }
  }

  /** `(Foo) x`, `(int[]) x`: the token behind the `)` of what looks like a cast, or NO. */
  protected behindCast(): number {
    const first = this.at + 1;
    let at: number;
    if (T.isPrimitive(this.kinds[first]!)) at = first + 1;
    else if (this.kinds[first] === T.IDENT) at = this.behindClassType(first, 0);
    else return NO;
    if (at === NO) return NO;
    while (this.kinds[at] === T.LBRACK && this.kinds[at + 1] === T.RBRACK) at += 2;
    return this.kinds[at] === T.RPAREN ? at + 1 : NO;
  }

  /** Whether a `;` stands directly in the parentheses that open here. */
  protected hasSemicolon(open: number): boolean {
    const close = this.tokens.links[open]!;
    const end = close < 0 ? this.tokens.count : close;
    for (let at = open + 1; at < end; at++) {
      if (this.kinds[at] === T.SEMI) return true;
      const link = this.bracketLink(at);
      if (link > at) at = link;
    }
    return false;
  }

  private bracketLink(at: number): number {
    const kind = this.kinds[at];
    return kind === T.LPAREN || kind === T.LBRACK || kind === T.LCURLY || kind === T.STRING_CTOR_START ? this.tokens.links[at]! : NO;
  }

  /** What an enum's constants, rather than its members, begin with. */
  protected atEnumConstants(): boolean {
    let at = this.at;
    while (this.kinds[at] === T.AT && this.kinds[at + 1] !== T.KW_INTERFACE) {
      at = this.behindAnnotation(at);
      if (at === NO) return false;
      at = this.afterNewlines(at);
    }
    if (this.kinds[at] !== T.IDENT) return false;
    const next = this.kinds[at + 1];
    if (next === T.LCURLY || next === T.LPAREN) return true;
    at = this.afterNewlines(at + 1);
    const kind = this.kinds[at];
    return kind === T.SEMI || kind === T.COMMA || kind === T.RCURLY || this.isDeclaration(at);
  }

  /** Behind an enum's constant: whether a `;`, a `}` or a member follows, rather than another constant. */
  protected atEnumMembers(at: number): boolean {
    at = this.afterNewlines(at);
    switch (this.kinds[at]) {
      case T.SEMI:
      case T.RCURLY:
        return true;
      case T.COMMA:
        return false;
      default:
        return this.isDeclaration(at) || T.isModifier(this.kinds[at]!) || this.kinds[at] === T.LCURLY;
    }
  }
}
