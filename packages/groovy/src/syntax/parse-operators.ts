/**
 * Operators, by precedence climbing, and expressions as a whole.
 *
 * From loosest to tightest: assignments; `?:` and the ternary; `||`; `&&`; `|`; `^`; `&`; `=~ ==~`; `== != <=> === !==`;
 * `< <= > >= in instanceof as` (one of them only: `a < b < c` is an error); `<< >> >>> .. ..<`; `+ -`; `* / %`;
 * signs and `++ --` before; `**`; `~ !` and casts. All are left-associative but assignments and the ternary.
 *
 * A sign binds looser than `**` at the start of an operand (`-a ** 2` is `-(a ** 2)`), but tighter behind `*`:
 * the grammar has two rules for it.
 */
import type { AssignmentOperator, BinaryOperator, Expression } from './ast.ts';
import {
  ASSIGNS,
  FOLLOWS_CONDITION,
  FOLLOWS_PATH,
  FOLLOWS_RELATION,
  SECOND_OF_COMMAND_NAME,
  SECOND_OF_ELEMENT,
  STARTS_COMMAND_ARGUMENT,
  STARTS_EXPRESSION,
  STARTS_PRIMARY,
  STARTS_UNSIGNED,
} from './first-sets.ts';
import { groovyText } from './groovy-text.ts';
import { numberLiteral } from './number-literal.ts';
import { noArguments } from './parse-literals.ts';
import { PathParser } from './parse-paths.ts';
import * as T from './tokens.ts';

const RELATIONAL = 8;
const SHIFT = 9;
const ADDITIVE = 10;
const MULTIPLICATIVE = 11;

const PRECEDENCE = new Uint8Array(T.KIND_COUNT);
PRECEDENCE[T.LOR] = 1;
PRECEDENCE[T.LAND] = 2;
PRECEDENCE[T.BOR] = 3;
PRECEDENCE[T.BXOR] = 4;
PRECEDENCE[T.BAND] = 5;
for (const kind of [T.REGEX_FIND, T.REGEX_MATCH]) PRECEDENCE[kind] = 6;
for (const kind of [T.EQUAL, T.NOT_EQUAL, T.IDENTICAL, T.NOT_IDENTICAL, T.COMPARE_TO]) PRECEDENCE[kind] = 7;
for (const kind of [T.LT, T.GT, T.LE, T.GE, T.KW_IN, T.KW_INSTANCEOF, T.KW_AS]) PRECEDENCE[kind] = RELATIONAL;
for (const kind of [T.SL, T.SR, T.BSR, T.RANGE_INCLUSIVE, T.RANGE_EXCLUSIVE]) PRECEDENCE[kind] = SHIFT;
for (const kind of [T.PLUS, T.MINUS]) PRECEDENCE[kind] = ADDITIVE;
for (const kind of [T.STAR, T.DIV, T.MOD]) PRECEDENCE[kind] = MULTIPLICATIVE;

/** The kinds of attempts (see `Cursor.failedBefore`). */
const ATTEMPT_CAST = 1;
const ATTEMPT_COMMAND = 2;

export abstract class OperatorParser extends PathParser {
  // ---------------------------------------------------------------- whole expressions

  /** `lineContext`: at a statement's beginning, where a closure on the next line belongs to the path here. */
  protected expression(lineContext: boolean): Expression {
    if (this.kind() === T.LPAREN && this.atMultipleAssignment()) return this.multipleAssignment(lineContext);
    return this.assignment(lineContext);
  }

  /** An expression, or a call without parentheses: `echo 'x'`, `a b c`. */
  protected expressionOrCommand(): Expression {
    const first = this.at;
    const head = this.expression(true);
    if (head !== this.lastPath || this.kind() === T.KW_ELSE) return head;
    return this.command(head, first, this.lastPathWrapped);
  }

  private multipleAssignment(lineContext: boolean): Expression {
    const first = this.at++;
    const elements: Expression[] = [];
    do {
      this.newlines();
      const name = this.take(T.IDENT);
      elements.push({ kind: 'Variable', span: this.tokenSpan(name), name: this.text(name) });
    } while (this.kinds[this.at++] === T.COMMA);
    const target: Expression = { kind: 'List', span: this.span(first), elements };
    const op = this.take(T.ASSIGN);
    this.newlines();
    const value = this.assignment(lineContext);
    return { kind: 'Assignment', span: this.span(first), op: '=', opSpan: this.tokenSpan(op), target, value };
  }

  protected assignment(lineContext: boolean): Expression {
    const first = this.at;
    const target = this.conditional(lineContext);
    if (ASSIGNS[this.kind()] === 0) return target;
    const op = this.at++;
    this.newlines();
    this.enter();
    const value = this.expressionOrCommand();
    this.leave();
    this.objectToTarget(target, op);
    this.lastPath = null;
    return {
      kind: 'Assignment',
      span: this.span(first),
      op: this.text(op) as AssignmentOperator,
      opSpan: this.tokenSpan(op),
      target,
      value,
    };
  }

  private objectToTarget(target: Expression, op: number): void {
    if (target.kind === 'Variable' || target.kind === 'Property' || target.kind === 'Index' || target.kind === 'Assignment' || target.kind === 'Type') return;
    const text = groovyText(target, this.tokens.source.original);
    this.objectAtToken(`\n${badTarget(target, text)}`, op);
  }

  /** Without an assignment at its top, as the condition of an `if` is. */
  protected assignmentless(): Expression {
    return this.conditional(false);
  }

  /** Without relational operators at its top: what `in` of a `for` takes. */
  protected shiftExpression(): Expression {
    return this.binary(SHIFT, false);
  }

  private conditional(lineContext: boolean): Expression {
    const first = this.at;
    const test = this.binary(1, lineContext);
    const kind = this.kind() === T.NLS ? this.peek(1) : this.kind();
    if (kind === T.ELVIS) {
      const next = this.peek(1);
      if (this.kind() === T.ELVIS && next !== T.NLS && next !== T.ELVIS && STARTS_EXPRESSION[next] === 0) throw this.unexpected();
      this.newlines();
      this.at++;
      this.newlines();
      this.enter();
      const otherwise = this.conditional(false);
      this.leave();
      return { kind: 'Elvis', span: this.span(first), value: test, otherwise };
    }
    if (kind !== T.QUESTION) {
      if (FOLLOWS_CONDITION[this.kind()] === 0) throw this.unexpected();
      return test;
    }
    const next = this.peek(1);
    if (this.kind() === T.QUESTION && next !== T.NLS && next !== T.QUESTION && STARTS_EXPRESSION[next] === 0) throw this.unexpected();
    this.newlines();
    this.at++;
    this.newlines();
    this.enter();
    const then = this.assignment(false);
    this.newlines();
    this.take(T.COLON);
    this.newlines();
    const otherwise = this.conditional(false);
    this.leave();
    return { kind: 'Ternary', span: this.span(first), test, then, otherwise };
  }

  // ---------------------------------------------------------------- binary operators

  private binary(least: number, lineContext: boolean): Expression {
    const first = this.at;
    let left = this.signed(lineContext);
    let most = MULTIPLICATIVE;
    for (let length = 1; ; length++) {
      const kind = this.kind();
      const precedence = PRECEDENCE[kind]!;
      // `most` keeps a second relational operator from following one.
      if (precedence < least || precedence > most || precedence === 0) return this.checked(left, least);
      const next = this.kinds[this.at + 1]!;
      if (kind === T.KW_AS || kind === T.KW_INSTANCEOF) {
        if (next !== T.NLS && next !== T.IDENT && !T.isPrimitive(next)) return this.checked(left, least);
        left = this.typeTest(left, first, kind);
        most = RELATIONAL - 1;
        continue;
      }
      // These could begin an argument of a command too, so what follows decides.
      if ((precedence === ADDITIVE || precedence === RELATIONAL) && STARTS_EXPRESSION[next] === 0 && next !== T.NLS) return this.checked(left, least);
      const op = this.at++;
      this.newlines();
      const right = precedence === MULTIPLICATIVE ? this.factor() : this.binary(precedence + 1, false);
      left = this.binaryNode(left, right, first, op, kind);
      most = precedence === RELATIONAL ? RELATIONAL - 1 : precedence;
      this.checkChain(length);
    }
  }

  private checked(expression: Expression, least: number): Expression {
    if (least <= RELATIONAL && FOLLOWS_RELATION[this.kind()] === 0) throw this.unexpected();
    return expression;
  }

  private binaryNode(left: Expression, right: Expression, first: number, op: number, kind: number): Expression {
    const span = this.span(first);
    if (kind === T.RANGE_INCLUSIVE || kind === T.RANGE_EXCLUSIVE) {
      return { kind: 'Range', span, from: left, to: right, inclusive: kind === T.RANGE_INCLUSIVE };
    }
    return { kind: 'Binary', span, op: this.text(op) as BinaryOperator, opSpan: this.tokenSpan(op), left, right };
  }

  private typeTest(operand: Expression, first: number, kind: number): Expression {
    this.at++;
    this.newlines();
    const type = this.type();
    return { kind: kind === T.KW_AS ? 'As' : 'InstanceOf', span: this.span(first), operand, type };
  }

  // ---------------------------------------------------------------- unary operators

  /** The first operand of a row of `* / %`: a sign before it takes in a power. */
  private signed(lineContext: boolean): Expression {
    const first = this.at;
    const kind = this.kind();
    if (!isSign(kind)) return this.powerOf(this.unsigned(lineContext), first);
    this.at++;
    this.newlines();
    const operand = this.at;
    const value = this.powerOf(this.unsigned(false), operand);
    return this.prefixed(first, kind, value, operand);
  }

  /** Any later operand of such a row. */
  private factor(): Expression {
    const first = this.at;
    return this.powerOf(this.unary(), first);
  }

  private powerOf(base: Expression, first: number): Expression {
    let left = base;
    for (let length = 1; this.kind() === T.STAR_STAR; length++) {
      const op = this.at++;
      this.newlines();
      const right = this.unary();
      left = { kind: 'Binary', span: this.span(first), op: '**', opSpan: this.tokenSpan(op), left, right };
      this.checkChain(length);
    }
    return left;
  }

  private unary(): Expression {
    const first = this.at;
    const kind = this.kind();
    if (!isSign(kind)) return this.unsigned(false);
    this.at++;
    this.newlines();
    this.enter();
    const operand = this.at;
    const value = this.unary();
    this.leave();
    return this.prefixed(first, kind, value, operand);
  }

  /** A sign before a literal number belongs to it: `-2147483648` is an Integer, though `2147483648` is none. */
  private prefixed(first: number, kind: number, operand: Expression, token: number): Expression {
    if (kind === T.INC || kind === T.DEC) return { kind: 'Prefix', span: this.span(first), op: kind === T.INC ? '++' : '--', operand };
    const number = this.kinds[token]!;
    if (operand.kind === 'Constant' && number >= T.NUM_INT && number <= T.NUM_BIG_DECIMAL) {
      return kind === T.PLUS ? operand : numberLiteral(number, this.text(token), true, this.span(first));
    }
    return { kind: 'Unary', span: this.span(first), op: kind === T.MINUS ? '-' : '+', operand };
  }

  private unsigned(lineContext: boolean): Expression {
    const kind = this.kind();
    if (kind === T.BNOT || kind === T.LNOT) {
      const first = this.at++;
      this.newlines();
      this.enter();
      const operand = this.unary();
      this.leave();
      return { kind: 'Unary', span: this.span(first), op: kind === T.BNOT ? '~' : '!', operand };
    }
    if (kind === T.LPAREN) {
      const cast = this.castOpt();
      if (cast !== null) return cast;
    }
    const first = this.at;
    const path = this.path(lineContext);
    const after = this.kind();
    if ((after !== T.INC && after !== T.DEC) || FOLLOWS_PATH[this.peek(1)] === 0) {
      if (FOLLOWS_PATH[after] === 0) throw this.unexpected();
      return path;
    }
    this.at++;
    return { kind: 'Postfix', span: this.span(first), op: after === T.INC ? '++' : '--', operand: path };
  }

  /** `(T) x`. What looks like a cast is one, if an operand follows that can be read: `(a) (b)` is, `(a) - b` is not. */
  private castOpt(): Expression | null {
    const behind = this.behindCast();
    if (behind < 0) return null;
    const builtIn = T.isPrimitive(this.kinds[this.at + 1]!);
    if ((builtIn ? STARTS_EXPRESSION : STARTS_UNSIGNED)[this.kinds[behind]!] === 0 || this.failedBefore(ATTEMPT_CAST)) return null;
    const first = this.at;
    const depth = this.currentDepth();
    const objections = this.objections.length;
    this.enter();
    try {
      this.at++;
      const type = this.type();
      this.take(T.RPAREN);
      const operand = builtIn ? this.unary() : this.unsigned(false);
      this.leave();
      return { kind: 'Cast', span: this.span(first), type, operand };
    } catch (failure) {
      this.resetAngles();
      this.goBack(failure, ATTEMPT_CAST, first, depth, objections);
      return null;
    }
  }

  // ---------------------------------------------------------------- commands

  /**
   * `head args name args name …`: each pair of name and arguments is a call on what came before, a lone name
   * at the end a property. A head that is a call already goes on with a name at once.
   */
  private command(head: Expression, first: number, wrapped: boolean): Expression {
    let path = head;
    if (wrapped || (head.kind !== 'MethodCall' && head.kind !== 'Call')) path = this.commandHead(head, first, wrapped);
    for (let length = 1; STARTS_PRIMARY[this.kind()] !== 0 && SECOND_OF_COMMAND_NAME[this.peek(1)] !== 0; length++) {
      this.checkChain(length);
      path = this.commandLink(path, first);
    }
    return path;
  }

  /** The first arguments, if what follows can be read as such. */
  private commandHead(head: Expression, first: number, wrapped: boolean): Expression {
    if (STARTS_COMMAND_ARGUMENT[this.kind()] === 0) return head;
    if (this.failedBefore(ATTEMPT_COMMAND)) return head;
    const at = this.at;
    const depth = this.currentDepth();
    const objections = this.objections.length;
    const args = noArguments();
    try {
      this.commandArgument(args);
    } catch (failure) {
      this.goBack(failure, ATTEMPT_COMMAND, at, depth, objections);
      return head;
    }
    return this.call(head, wrapped, first, this.moreCommandArguments(args, at), true);
  }

  private commandLink(object: Expression, first: number): Expression {
    const nameToken = this.at;
    const name = this.primary();
    const member: Expression = {
      kind: 'Property',
      span: this.span(first),
      object,
      name: name.kind === 'Variable' ? this.nameConstant(nameToken) : name,
      safe: false,
      spread: false,
      attribute: false,
    };
    if (this.atElement()) return this.pathElements(member, first, false, true);
    const args = this.at;
    if (STARTS_COMMAND_ARGUMENT[this.kind()] === 0) {
      if (FOLLOWS_CONDITION[this.kind()] === 0 || ASSIGNS[this.kind()] !== 0) throw this.unexpected();
      return member;
    }
    const list = noArguments();
    this.commandArgument(list);
    return this.call(member, false, first, this.moreCommandArguments(list, args), true);
  }

  private atElement(): boolean {
    const kind = this.kind() === T.NLS ? this.peek(1) : this.kind();
    if (kind === T.DOT || kind === T.OPTIONAL_DOT || kind === T.SPREAD_DOT || kind === T.MEMBER_POINTER) return true;
    return (kind === T.LPAREN || kind === T.LBRACK || kind === T.LCURLY) && kind === this.kind() && SECOND_OF_ELEMENT[this.peek(1)] !== 0;
  }
}

function isSign(kind: number): boolean {
  return kind === T.MINUS || kind === T.PLUS || kind === T.INC || kind === T.DEC;
}

function badTarget(target: Expression, text: string): string {
  switch (target.kind) {
    case 'Constant':
      return `[${text}] is a constant expression, but it should be a variable expression`;
    case 'Binary':
    case 'InstanceOf':
      return `${text} is a binary expression, but it should be a variable expression`;
    case 'GString':
      return `"${text.slice(target.quote.length, -target.quote.length)}" is a GString expression, but it should be a variable expression`;
    case 'MethodCall':
    case 'Call':
      return `"${text}" is a method call expression, but it should be a variable expression`;
    case 'Map':
      return `'${text}' is a map expression, but it should be a variable expression`;
    default: {
      const type = `class org.codehaus.groovy.ast.expr.${target.kind === 'Unary' ? UNARY_CLASS[target.op] : (GROOVY_CLASS[target.kind] ?? target.kind)}Expression`;
      return `${type}, with its value '${text}', is a bad expression as the left hand side of an assignment operator`;
    }
  }
}

/** How Groovy calls the classes of its expressions that have another name here. */
const GROOVY_CLASS: Readonly<Record<string, string>> = { New: 'ConstructorCall', Elvis: 'ElvisOperator', As: 'Cast', NewArray: 'Array' };
const UNARY_CLASS: Readonly<Record<string, string>> = { '!': 'Not', '~': 'BitwiseNegation', '-': 'UnaryMinus', '+': 'UnaryPlus' };
