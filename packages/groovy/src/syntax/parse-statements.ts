/** Statements: how they are told apart and separated, and the simple ones. */
import type {
  Annotation,
  BlockStatement,
  ClassDecl,
  Expression,
  ExpressionStatement,
  Import,
  MethodDecl,
  Statement,
  TypeRef,
  VariableDeclaration,
} from './ast.ts';
import type { ParseFailure } from './cursor.ts';
import { FOLLOWS_BRANCH, SECOND_OF_STATEMENT, SECOND_OF_TYPE_DECLARATION, STARTS_EXPRESSION } from './first-sets.ts';
import { ControlParser } from './parse-control.ts';
import * as T from './tokens.ts';

/** What can stand where a statement can: at the top of a script, more than in a block. */
export type TopLevel = Statement | MethodDecl | ClassDecl | Import;

export abstract class StatementParser extends ControlParser {
  protected abstract declaration(): VariableDeclaration | MethodDecl;
  protected abstract genericMethod(): MethodDecl;
  protected abstract multipleDeclaration(): VariableDeclaration;
  protected abstract typeDeclaration(): ClassDecl;
  protected abstract importStatement(): Import;

  // ---------------------------------------------------------------- rows of statements

  /** Statements up to a `}`, which is left. */
  protected statements(): Statement[] {
    const list: Statement[] = [];
    let separator: number = T.EOF;
    for (;;) {
      const kind = this.kind();
      if (kind === T.SEMI || kind === T.NLS) {
        separator = this.separator();
        continue;
      }
      if (kind === T.RCURLY) return list;
      if (kind === T.EOF || (list.length > 0 && separator === T.EOF)) throw this.mismatch(T.RCURLY);
      list.push(this.inner(separator));
      separator = T.EOF;
    }
  }

  /** Takes `;` and newlines; gives NLS if they are newlines alone. */
  protected separator(): number {
    let kind: number = T.NLS;
    for (; ; this.at++) {
      if (this.kind() === T.SEMI) kind = T.SEMI;
      else if (this.kind() !== T.NLS) return kind;
    }
  }

  /** A statement in a block, where classes, methods and imports are refused. */
  protected inner(separator: number): Statement {
    const statement = this.statement(separator);
    switch (statement.kind) {
      case 'MethodDecl':
        this.objectAt(
          'Method definition not expected here. Please define the method at an appropriate place or perhaps try using a block/Closure instead.',
          statement.span,
        );
        return { kind: 'Empty', span: statement.span };
      case 'ClassDecl':
        this.objectAt(
          statement.form === 'class'
            ? 'Class definition not expected here. Please define the class at an appropriate place or perhaps try using a block/Closure instead.'
            : `Unknown type: ${DEFINITION[statement.form]}`,
          statement.span,
        );
        return { kind: 'ClassStatement', span: statement.span, declaration: statement };
      case 'Import':
        this.objectAt(`Unknown type: ${statement.isStatic ? 'STATIC_IMPORT' : 'IMPORT'}`, statement.span);
        return { kind: 'Empty', span: statement.span };
      default:
        return statement;
    }
  }

  protected block(): BlockStatement {
    const first = this.take(T.LCURLY);
    this.enter();
    this.newlines();
    const statements = this.statements();
    this.take(T.RCURLY);
    this.leave();
    return { kind: 'Block', span: this.span(first), statements };
  }

  // ---------------------------------------------------------------- one statement

  /** `separator`: what stands before it, for a `{` that might be two things. */
  protected statement(separator: number): TopLevel {
    const first = this.at;
    switch (this.kind()) {
      case T.IDENT:
        if (this.atDeclaration()) return this.declaration();
        return this.peek(1) === T.COLON ? this.labeled() : this.expressionStatement();
      case T.KW_IF:
        return this.ifStatement();
      case T.KW_FOR:
        return this.forStatement();
      case T.KW_WHILE:
        return this.whileStatement();
      case T.KW_SWITCH:
        return this.switchStatement();
      case T.KW_TRY:
        return this.tryStatement();
      case T.KW_RETURN:
      case T.KW_BREAK:
      case T.KW_CONTINUE:
      case T.KW_THROW:
      case T.KW_ASSERT:
        return this.branch();
      case T.KW_IMPORT:
        return this.importStatement();
      case T.KW_CLASS:
      case T.KW_INTERFACE:
      case T.KW_ENUM:
      case T.KW_TRAIT:
        return this.typeDeclaration();
      case T.KW_SYNCHRONIZED:
        if (this.peek(1) === T.LPAREN) return this.synchronizedStatement();
        return this.declared(first);
      case T.LCURLY:
        if (this.tokens.arrows[first]! < 0 || !this.hasClosureParameters()) throw this.ambiguousBlock(separator);
        return this.expressionStatement();
      default:
        if (this.atModifier()) return this.declared(first);
        if (T.isPrimitive(this.kind()) && this.atDeclaration()) return this.declaration();
        if (STARTS_EXPRESSION[this.kind()] === 0) throw this.unexpected();
        return this.expressionStatement();
    }
  }

  /** What modifiers or annotations begin. */
  private declared(first: number): TopLevel {
    if (this.atGenericMethod()) return this.genericMethod();
    if (this.atMultipleDeclaration()) return this.multipleDeclaration();
    if (this.atDeclaration()) return this.declaration();
    if (this.kind() === T.AT && this.atAnnotated(T.KW_IMPORT)) return this.importStatement();
    if (SECOND_OF_TYPE_DECLARATION[this.peek(1)] !== 0) return this.typeDeclaration();
    throw this.unexpected(first);
  }

  private hasClosureParameters(): boolean {
    const at = this.at;
    this.at = this.afterNewlines(at + 1);
    const parameters = this.closureParameters();
    this.at = at;
    return parameters !== null;
  }

  protected ambiguousBlock(separator: number): ParseFailure {
    return this.failure(
      separator === T.NLS
        ? 'Ambiguous expression could be a parameterless closure expression, an isolated open code block, or it may continue a previous statement;\n' +
            '   solution: Add an explicit parameter list, e.g. {it -> ...}, or force it to be treated as an open block by giving it a label, e.g. L:{...}, ' +
            "and also either remove the previous newline, or add an explicit semicolon ';'"
        : 'Ambiguous expression could be either a parameterless closure expression or an isolated open code block;\n' +
            '   solution: Add an explicit closure parameter list, e.g. {it -> ...}, or force it to be treated as an open block by giving it a label, e.g. L:{...}',
      this.at,
    );
  }

  private expressionStatement(): ExpressionStatement {
    const first = this.at;
    if (SECOND_OF_STATEMENT[this.peek(1)] === 0) throw this.unexpected();
    const expression = this.expressionOrCommand();
    return { kind: 'ExpressionStatement', span: this.span(first), expression };
  }

  private labeled(): Statement {
    const first = this.at;
    const label = this.text(first);
    this.at += 2;
    this.newlines();
    let statement: Statement;
    this.enter();
    if (this.kind() === T.LCURLY) statement = this.openOrClosure();
    else statement = this.inner(T.COLON);
    this.leave();
    return { kind: 'Labeled', span: this.span(first), label, statement };
  }

  /** A labelled `{ … }`: a block, or with parameters a closure. */
  private openOrClosure(): Statement {
    if (this.tokens.arrows[this.at]! < 0 || !this.hasClosureParameters()) return this.block();
    const first = this.at;
    const expression = this.closure();
    return { kind: 'ExpressionStatement', span: this.span(first), expression };
  }

  // ---------------------------------------------------------------- synchronized

  private synchronizedStatement(): Statement {
    const first = this.at;
    this.at += 2;
    const lock = this.strictExpressionOnly();
    this.take(T.RPAREN);
    const body = this.bracedBody();
    return { kind: 'Synchronized', span: this.span(first), lock, body };
  }

  // ---------------------------------------------------------------- return, break, continue, throw, assert

  private branch(): Statement {
    const first = this.at;
    const kind = this.kind();
    this.at++;
    switch (kind) {
      case T.KW_RETURN: {
        const value = STARTS_EXPRESSION[this.kind()] === 0 ? null : this.expression(false);
        if (value === null) this.checkBranch();
        return { kind: 'Return', span: this.span(first), value };
      }
      case T.KW_THROW: {
        const value = this.expression(false);
        return { kind: 'Throw', span: this.span(first), value };
      }
      case T.KW_ASSERT:
        return this.assertStatement(first);
      default: {
        const label = this.kind() === T.IDENT ? this.text(this.at++) : null;
        if (label === null) this.checkBranch();
        return { kind: kind === T.KW_BREAK ? 'Break' : 'Continue', span: this.span(first), label };
      }
    }
  }

  private checkBranch(): void {
    if (FOLLOWS_BRANCH[this.kind()] === 0) throw this.unexpected();
  }

  private assertStatement(first: number): Statement {
    const test = this.assignmentless();
    let message: Expression | null = null;
    if (this.kind() === T.COMMA || this.kind() === T.COLON) {
      this.at++;
      this.newlines();
      message = this.expression(false);
    } else {
      this.checkBranch();
    }
    return { kind: 'Assert', span: this.span(first), test, message };
  }

  // ---------------------------------------------------------------- expressions in parentheses

  /** What may stand in parentheses and brackets but `return`, declarations and annotations have no value here. */
  protected strictExpression(): Expression {
    if (this.atDeclaration()) return this.declarationValue();
    return this.strictExpressionOnly();
  }

  protected strictExpressionOnly(): Expression {
    const kind = this.kind();
    if (kind === T.AT) return this.annotationValue();
    if (kind === T.KW_RETURN || kind === T.KW_BREAK || kind === T.KW_CONTINUE || kind === T.KW_THROW || kind === T.KW_ASSERT) {
      const first = this.at;
      this.objectAtToken(`Unknown type: ${T.DISPLAY[kind]}`, first);
      this.branch();
      return { kind: 'Constant', span: this.span(first), type: 'null', value: null };
    }
    return this.expression(false);
  }

  /** `f(def x = 1)`: the variable is assigned and its value is the argument. */
  private declarationValue(): Expression {
    const first = this.at;
    const { name, span, init } = this.singleDeclaration(true).variables[0]!;
    const target: Expression = { kind: 'Variable', span, name };
    if (init === null) return target;
    return { kind: 'Assignment', span: this.span(first), op: '=', opSpan: this.emptySpan(first), target, value: init };
  }

  /** The value of an annotation's member: an expression, or another annotation. */
  protected annotationValue(): Expression {
    if (this.kind() !== T.AT) return this.assignmentless();
    const annotation: Annotation = this.annotation();
    const type: TypeRef = { kind: 'TypeRef', span: annotation.span, name: annotation.name, generics: [], dims: 0 };
    return { kind: 'Type', span: annotation.span, type, annotation };
  }
}

const DEFINITION: Readonly<Record<ClassDecl['form'], string>> = {
  class: 'CLASS_DEF',
  interface: 'INTERFACE_DEF',
  enum: 'ENUM_DEF',
  trait: 'TRAIT_DEF',
  annotation: 'ANNOTATION_DEF',
};
