/** Statements that hold others: `if`, loops, `switch`, `try`. */
import type {
  BlockStatement,
  Expression,
  ExpressionStatement,
  ForStatement,
  Parameter,
  Statement,
  SwitchStatement,
  TryStatement,
  TypeRef,
  VariableDeclaration,
} from './ast.ts';
import type { ParseFailure } from './cursor.ts';
import { FOLLOWS_STATEMENT, SECOND_OF_STATEMENT, STARTS_BLOCK, STARTS_STATEMENT } from './first-sets.ts';
import { OperatorParser } from './parse-operators.ts';
import * as T from './tokens.ts';

type SwitchCase = SwitchStatement['cases'][number];
type CatchClause = TryStatement['catches'][number];

/** The kind of attempt (see `Cursor.failedBefore`). */
const ATTEMPT_FOR = 3;

export abstract class ControlParser extends OperatorParser {
  protected abstract inner(separator: number): Statement;
  protected abstract block(): BlockStatement;
  protected abstract separator(): number;
  protected abstract ambiguousBlock(separator: number): ParseFailure;
  /** An expression, or what else may stand in parentheses but a declaration. */
  protected abstract strictExpressionOnly(): Expression;
  /** A declaration of one variable. */
  protected abstract singleDeclaration(initAllowed: boolean): VariableDeclaration;

  // ---------------------------------------------------------------- if, loops

  protected ifStatement(): Statement {
    const first = this.at++;
    this.take(T.LPAREN);
    const test = this.condition();
    this.take(T.RPAREN);
    const then = this.body();
    const elseAt = this.elseAhead();
    let otherwise: Statement | null = null;
    if (elseAt < 0 && FOLLOWS_STATEMENT[this.kind()] === 0) throw this.unexpected();
    if (elseAt >= 0) {
      this.at = elseAt + 1;
      otherwise = this.body();
    }
    return { kind: 'If', span: this.span(first), test, then, otherwise };
  }

  private condition(): Expression {
    this.enter();
    const test = this.assignmentless();
    this.leave();
    return test;
  }

  private elseAhead(): number {
    let at = this.at;
    while (this.kinds[at] === T.NLS || this.kinds[at] === T.SEMI) {
      // One `;` may stand before `else`, for Java's sake, with newlines around it.
      at++;
    }
    return this.kinds[at] === T.KW_ELSE ? at : -1;
  }

  /** The body of an `if` or a loop: a block or one statement. */
  private body(): Statement {
    this.newlines();
    if (this.kind() === T.LCURLY) {
      const second = this.peek(1);
      if (STARTS_BLOCK[second] === 0) {
        throw SECOND_OF_STATEMENT[second] === 0 ? this.unexpected() : this.ambiguousBlock(T.EOF);
      }
      return this.block();
    }
    this.enter();
    const statement = this.inner(T.EOF);
    this.leave();
    return statement;
  }

  /** A body that must be a block. What can't begin any statement is told as such, the rest as not being a `{`. */
  protected bracedBody(): BlockStatement {
    if (this.kind() !== T.NLS && STARTS_STATEMENT[this.kind()] === 0) throw this.unexpected();
    this.newlines();
    return this.block();
  }

  private loopBody(): Statement {
    if (this.kind() !== T.SEMI) return this.body();
    const semicolon = this.at++;
    return { kind: 'Empty', span: this.tokenSpan(semicolon) };
  }

  protected whileStatement(): Statement {
    const first = this.at++;
    this.take(T.LPAREN);
    this.enter();
    const test = this.strictExpressionOnly();
    this.leave();
    this.take(T.RPAREN);
    this.newlines();
    const body = this.loopBody();
    return { kind: 'While', span: this.span(first), test, body };
  }

  protected forStatement(): Statement {
    const first = this.at++;
    const open = this.take(T.LPAREN);
    const classic = this.hasSemicolon(open) && this.classicFor(first, open);
    return classic === false ? this.forIn(first) : classic;
  }

  private forIn(first: number): Statement {
    const name = this.at;
    const variable = this.loopVariable();
    const kind = this.kind();
    let collection: Expression;
    if (kind === T.KW_IN) {
      this.at++;
      collection = this.shiftExpression();
    } else if (kind === T.COLON) {
      if (variable === null) {
        throw this.failure(
          'Java-style for-each statement requires a type declaration.;\n' + "   solution: Use the 'in' keyword, as for (x in y) {...}",
          this.at,
        );
      }
      this.at++;
      collection = this.expression(false);
    } else {
      throw this.unexpected();
    }
    this.take(T.RPAREN);
    this.newlines();
    const body = this.loopBody();
    return { kind: 'ForIn', span: this.span(first), variable: variable ?? this.untyped(name), collection, body };
  }

  /** The loop's variable; null where it is a bare name. */
  private loopVariable(): Parameter | null {
    if (!this.atDeclaration()) {
      if (this.kind() !== T.IDENT || (this.peek(1) !== T.KW_IN && this.peek(1) !== T.COLON)) throw this.unexpected();
      this.at++;
      return null;
    }
    const declaration = this.singleDeclaration(false);
    const { name, type } = declaration.variables[0]!;
    if (declaration.modifiers.some((m) => m !== 'final' && m !== 'def')) {
      this.objectAt("Only the 'final' modifier is allowed in front of the for loop variable.", declaration.span);
    }
    return {
      kind: 'Parameter',
      span: declaration.span,
      name,
      type,
      defaultValue: null,
      varargs: false,
      annotations: declaration.annotations,
      modifiers: declaration.modifiers,
    };
  }

  private untyped(name: number): Parameter {
    return {
      kind: 'Parameter',
      span: this.tokenSpan(name),
      name: this.text(name),
      type: null,
      defaultValue: null,
      varargs: false,
      annotations: [],
      modifiers: [],
    };
  }

  /** `for (init; test; update)`, or false where it is none after all. */
  private classicFor(first: number, open: number): ForStatement | false {
    const start = this.at;
    if (this.failedBefore(ATTEMPT_FOR)) return false;
    const depth = this.currentDepth();
    const objections = this.objections.length;
    let init: VariableDeclaration | ExpressionStatement | null = null;
    if (this.kind() !== T.SEMI) {
      try {
        init = this.forInit();
        this.take(T.SEMI);
      } catch (failure) {
        this.goBack(failure, ATTEMPT_FOR, start, depth, objections);
        return false;
      }
    } else {
      this.at++;
    }
    const parts: (Expression | null)[] = [null];
    for (;;) {
      parts.push(this.kind() === T.SEMI || this.kind() === T.RPAREN ? null : this.strictExpression());
      if (this.kind() !== T.SEMI) break;
      this.at++;
    }
    if (parts.length !== 3) {
      this.objectAtToken(`3 expressions are required for the classic for loop, you gave ${parts.length}`, open + 1);
    }
    this.take(T.RPAREN);
    this.newlines();
    const body = this.loopBody();
    const update = parts[2];
    return {
      kind: 'For',
      span: this.span(first),
      init: init === null ? [] : [init],
      test: parts[1] ?? null,
      update: update === null || update === undefined ? [] : [update],
      body,
    };
  }

  private forInit(): VariableDeclaration | ExpressionStatement {
    if (this.atDeclaration()) return this.singleDeclaration(true);
    const first = this.at;
    const expression = this.strictExpression();
    return { kind: 'ExpressionStatement', span: this.span(first), expression };
  }

  // ---------------------------------------------------------------- switch, try

  protected switchStatement(): Statement {
    const first = this.at++;
    this.take(T.LPAREN);
    this.enter();
    const subject = this.strictExpressionOnly();
    this.take(T.RPAREN);
    this.newlines();
    this.take(T.LCURLY);
    this.newlines();
    const cases: SwitchCase[] = [];
    while (this.kind() === T.KW_CASE || this.kind() === T.KW_DEFAULT) this.switchCase(cases);
    this.take(T.RCURLY);
    this.leave();
    if (cases.reduce((n, c) => (c.test === null ? n + 1 : n), 0) > 1) this.objectAtToken('The default case is already defined.', first);
    return { kind: 'Switch', span: this.span(first), subject, cases };
  }

  private switchCase(cases: SwitchCase[]): void {
    const first = this.at;
    const isDefault = this.kind() === T.KW_DEFAULT;
    this.at++;
    const test = isDefault ? null : this.expression(false);
    this.take(T.COLON);
    this.newlines();
    const body: Statement[] = [];
    // Labels in a row share the last one's statements.
    if (this.kind() !== T.KW_CASE && this.kind() !== T.KW_DEFAULT) {
      body.push(this.inner(T.COLON));
      while (this.kind() === T.SEMI || this.kind() === T.NLS) {
        const separator = this.separator();
        const kind = this.kind();
        if (kind === T.KW_CASE || kind === T.KW_DEFAULT || kind === T.RCURLY) break;
        body.push(this.inner(separator));
      }
    }
    cases.push({ span: this.span(first), test, body });
  }

  protected tryStatement(): Statement {
    const first = this.at++;
    const body = this.bracedBody();
    const catches: CatchClause[] = [];
    for (;;) {
      const next = this.afterNewlines(this.at);
      if (this.kinds[next] !== T.KW_CATCH) break;
      this.at = next;
      catches.push(this.catchClause());
    }
    let finallyBody: BlockStatement | null = null;
    const next = this.afterNewlines(this.at);
    if (this.kinds[next] === T.KW_FINALLY) {
      this.at = next + 1;
      finallyBody = this.bracedBody();
    } else if (FOLLOWS_STATEMENT[this.kind()] === 0) {
      throw this.unexpected();
    }
    if (catches.length === 0 && finallyBody === null) {
      this.objectAtToken('A try statement must have at least one catch or finally block.', first);
    }
    return { kind: 'Try', span: this.span(first), body, catches, finallyBody };
  }

  private catchClause(): CatchClause {
    const first = this.at++;
    this.take(T.LPAREN);
    this.newlines();
    if (this.kind() === T.KW_FINAL) this.at++;
    if (this.kind() === T.KW_DEF) this.at++;
    const types: TypeRef[] = [];
    if (this.kind() !== T.IDENT || this.peek(1) !== T.RPAREN) {
      for (;;) {
        this.newlines();
        types.push(this.classType());
        if (this.kind() !== T.BOR) break;
        this.at++;
      }
    }
    const name = this.text(this.take(T.IDENT));
    this.take(T.RPAREN);
    const body = this.bracedBody();
    return { span: this.span(first), types, name, body };
  }
}
