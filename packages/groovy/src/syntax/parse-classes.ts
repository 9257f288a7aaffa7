/** Classes, interfaces, enums, traits, annotations, and what stands in them. */
import type { BlockStatement, ClassDecl, EnumConstant, Expression, FieldDecl, MethodDecl, Statement, TypeRef, VariableDeclaration } from './ast.ts';
import { SECOND_OF_TYPE_DECLARATION } from './first-sets.ts';
import type { Head } from './parse-declarations.ts';
import { DeclarationParser } from './parse-declarations.ts';
import * as T from './tokens.ts';

type Initializer = ClassDecl['initializers'][number];

/** A class's members while they are read. */
interface Members {
  readonly fields: FieldDecl[];
  readonly methods: MethodDecl[];
  readonly constructors: MethodDecl[];
  readonly initializers: Initializer[];
  readonly classes: ClassDecl[];
  readonly enumConstants: EnumConstant[];
}

function noMembers(): Members {
  return { fields: [], methods: [], constructors: [], initializers: [], classes: [], enumConstants: [] };
}

export abstract class ClassParser extends DeclarationParser {
  /** A type with its modifiers. */
  protected typeDeclaration(): ClassDecl {
    const first = this.at;
    const head = this.modifiers();
    const kind = this.kind();
    if (kind === T.AT) return this.annotationType(first, head);
    if (kind !== T.KW_CLASS && kind !== T.KW_INTERFACE && kind !== T.KW_ENUM && kind !== T.KW_TRAIT) throw this.unexpected();
    if (this.at === first && SECOND_OF_TYPE_DECLARATION[this.peek(1)] === 0) throw this.unexpected();
    this.at++;
    const name = this.take(T.IDENT);
    this.newlines();
    const form = kind === T.KW_CLASS ? 'class' : kind === T.KW_INTERFACE ? 'interface' : kind === T.KW_ENUM ? 'enum' : 'trait';
    if (form !== 'enum' && head.modifiers.includes('synchronized')) {
      this.objectAtToken(`${form === 'interface' ? 'Interface' : 'Class'} has an incorrect modifier 'synchronized'.`, first);
    }
    let typeParameters: TypeRef[] = [];
    if (form !== 'enum' && this.kind() === T.LT) {
      typeParameters = this.typeParameters();
      this.newlines();
    }
    let superClass: TypeRef | null = null;
    let interfaces: TypeRef[] = [];
    if (form === 'interface') {
      interfaces = this.typeList(T.KW_EXTENDS);
    } else {
      if (form !== 'enum' && this.kind() === T.KW_EXTENDS) {
        this.at++;
        this.newlines();
        superClass = this.classType();
        this.newlines();
      }
      interfaces = this.typeList(T.KW_IMPLEMENTS);
    }
    if (this.kind() !== T.LCURLY) throw this.unexpected();
    const members = noMembers();
    const outerForm = this.classForm;
    const outerName = this.className;
    this.classForm = form === 'interface' ? 'interface' : 'class';
    this.className = this.text(name);
    this.classBody(members, form === 'enum', form !== 'interface');
    this.className = outerName;
    this.classForm = outerForm;
    return {
      kind: 'ClassDecl',
      span: this.span(first),
      form,
      name: this.text(name),
      nameSpan: this.tokenSpan(name),
      typeParameters,
      superClass,
      interfaces,
      annotations: head.annotations,
      modifiers: head.modifiers,
      ...members,
    };
  }

  private typeList(keyword: number): TypeRef[] {
    if (this.kind() !== keyword) return [];
    const list: TypeRef[] = [];
    do {
      this.at++;
      this.newlines();
      list.push(this.classType());
    } while (this.kind() === T.COMMA);
    this.newlines();
    return list;
  }

  /** `{ … }` behind `new T()` or an enum's constant. The class has no name; the compiler gives it one. */
  protected anonymousClass(): ClassDecl {
    const first = this.at;
    const outerForm = this.classForm;
    this.classForm = 'class';
    const members = noMembers();
    this.classBody(members, false, true);
    this.classForm = outerForm;
    return {
      kind: 'ClassDecl',
      span: this.span(first),
      form: 'class',
      name: '',
      nameSpan: this.emptySpan(first),
      typeParameters: [],
      superClass: null,
      interfaces: [],
      annotations: [],
      modifiers: [],
      ...members,
    };
  }

  // ---------------------------------------------------------------- bodies

  private classBody(members: Members, isEnum: boolean, codeAllowed: boolean): void {
    this.take(T.LCURLY);
    this.enter();
    if (isEnum) {
      this.newlines();
      if (this.atEnumConstants()) this.enumConstants(members);
    }
    let separated = true;
    for (;;) {
      const kind = this.kind();
      if (kind === T.SEMI || kind === T.NLS) {
        this.separator();
        separated = true;
        continue;
      }
      if (kind === T.RCURLY) break;
      if (!separated) throw this.mismatch(T.RCURLY);
      this.classMember(members, codeAllowed);
      separated = false;
    }
    this.at++;
    this.leave();
  }

  private classMember(members: Members, codeAllowed: boolean): void {
    const first = this.at;
    if (codeAllowed) {
      if (this.kind() === T.LCURLY) {
        members.initializers.push({ isStatic: false, body: this.block() });
        return;
      }
      if (this.kind() === T.KW_STATIC && this.kinds[this.afterNewlines(first + 1)] === T.LCURLY) {
        this.at++;
        this.newlines();
        members.initializers.push({ isStatic: true, body: this.block() });
        return;
      }
      if (this.atConstructor(this.className)) {
        members.constructors.push(this.constructorDeclaration());
        return;
      }
    }
    if (this.atGenericMethod()) members.methods.push(this.genericMethod());
    else if (this.atMultipleDeclaration()) this.addFields(members, this.multipleDeclaration());
    else if (this.atDeclaration()) this.addDeclared(members, this.declaration());
    else if (this.atTypeDeclaration()) members.classes.push(this.typeDeclaration());
    else throw this.unexpected();
  }

  private addDeclared(members: Members, declared: VariableDeclaration | MethodDecl): void {
    if (declared.kind === 'MethodDecl') members.methods.push(declared);
    else this.addFields(members, declared);
  }

  private addFields(members: Members, declared: VariableDeclaration): void {
    if (declared.isTuple) this.objectAt("Unexpected node type: '=' found when expecting type: an identifier", declared.span);
    for (const { name, span, type, init } of declared.variables) {
      const whole =
        declared.variables.length === 1
          ? declared.span
          : init === null
            ? span
            : { ...span, end: init.span.end, lastLine: init.span.lastLine, lastColumn: init.span.lastColumn };
      members.fields.push({ kind: 'FieldDecl', span: whole, name, type, init, modifiers: declared.modifiers, annotations: declared.annotations });
    }
  }

  // ---------------------------------------------------------------- constructors

  private constructorDeclaration(): MethodDecl {
    const first = this.at;
    const head = this.modifiers();
    for (const word of ['static', 'final', 'abstract', 'native']) {
      if (head.modifiers.includes(word)) this.objectAtToken(`Constructor has an incorrect modifier '${word}'.`, first);
    }
    const name = this.take(T.IDENT);
    this.take(T.LPAREN);
    const parameters = this.parameters();
    this.take(T.RPAREN);
    if (this.kind() !== T.LCURLY && this.kind() !== T.NLS && this.kind() !== T.KW_THROWS) throw this.unexpected();
    const throws = this.throwsOpt();
    this.newlines();
    const body = this.constructorBody();
    return {
      kind: 'MethodDecl',
      span: this.span(first),
      name: '<init>',
      nameSpan: this.tokenSpan(name),
      returnType: null,
      parameters,
      throws,
      body,
      modifiers: head.modifiers,
      annotations: head.annotations,
      annotationDefault: null,
    };
  }

  /** A block whose first statement may be `this(…)` or `super(…)`. */
  private constructorBody(): BlockStatement {
    const first = this.take(T.LCURLY);
    this.enter();
    this.newlines();
    const call = this.constructorCallOpt();
    const statements = call === null || this.kind() === T.RCURLY ? this.statements() : this.statementsBehind();
    if (call !== null) statements.unshift(call);
    this.take(T.RCURLY);
    this.leave();
    return { kind: 'Block', span: this.span(first), statements };
  }

  private statementsBehind(): Statement[] {
    if (this.kind() !== T.SEMI && this.kind() !== T.NLS) throw this.mismatch(T.RCURLY);
    return this.statements();
  }

  private constructorCallOpt(): Statement | null {
    const name = this.at;
    const kind = this.kind();
    if ((kind !== T.KW_THIS && kind !== T.KW_SUPER) || this.peek(1) !== T.LPAREN) return null;
    this.at++;
    const args = this.parenthesizedArguments();
    const span = this.span(name);
    const expression: Expression = { kind: 'MethodCall', span, object: null, name: this.nameConstant(name), args, safe: false, spread: false, command: false };
    return { kind: 'ExpressionStatement', span, expression };
  }

  // ---------------------------------------------------------------- enums

  private enumConstants(members: Members): void {
    for (;;) {
      members.enumConstants.push(this.enumConstant());
      const comma = this.afterNewlines(this.at);
      if (this.kinds[comma] !== T.COMMA) return;
      this.at = comma + 1;
      if (this.atEnumMembers(this.at)) return;
      this.newlines();
    }
  }

  private enumConstant(): EnumConstant {
    const first = this.at;
    const annotations = this.annotations();
    if (annotations.length === 0 && this.kind() !== T.IDENT) throw this.unexpected();
    const name = this.text(this.take(T.IDENT));
    const args = this.kind() === T.LPAREN ? this.parenthesizedArguments() : [];
    const body = this.kind() === T.LCURLY ? this.anonymousClass() : null;
    return { kind: 'EnumConstant', span: this.span(first), name, args, body, annotations };
  }

  // ---------------------------------------------------------------- annotations

  private annotationType(first: number, head: Head): ClassDecl {
    this.at++;
    this.take(T.KW_INTERFACE);
    const name = this.take(T.IDENT);
    this.newlines();
    this.take(T.LCURLY);
    const members = noMembers();
    const outerForm = this.classForm;
    this.classForm = 'annotation';
    let separated = true;
    for (;;) {
      const kind = this.kind();
      if (kind === T.SEMI || kind === T.NLS) {
        this.separator();
        separated = true;
        continue;
      }
      if (kind === T.RCURLY) break;
      if (!separated) throw this.mismatch(T.RCURLY);
      this.annotationMember(members);
      separated = false;
    }
    this.at++;
    this.classForm = outerForm;
    return {
      kind: 'ClassDecl',
      span: this.span(first),
      form: 'annotation',
      name: this.text(name),
      nameSpan: this.tokenSpan(name),
      typeParameters: [],
      superClass: null,
      interfaces: [],
      annotations: head.annotations,
      modifiers: head.modifiers,
      ...members,
    };
  }

  /** `String value() default ''`, a constant, or a type. */
  private annotationMember(members: Members): void {
    const first = this.at;
    if (this.atTypeDeclaration()) {
      members.classes.push(this.typeDeclaration());
      return;
    }
    const head = this.modifiers();
    const returnType = this.type();
    if (this.kind() !== T.IDENT || this.peek(1) !== T.LPAREN) {
      this.at = first;
      this.addDeclared(members, this.declaration());
      return;
    }
    const name = this.at;
    this.at += 2;
    this.take(T.RPAREN);
    let annotationDefault: Expression | null = null;
    if (this.kind() === T.KW_DEFAULT) {
      this.at++;
      this.newlines();
      annotationDefault = this.annotationValue();
    }
    members.methods.push({
      kind: 'MethodDecl',
      span: this.span(first),
      name: this.text(name),
      nameSpan: this.tokenSpan(name),
      returnType,
      parameters: [],
      throws: [],
      body: null,
      modifiers: head.modifiers,
      annotations: head.annotations,
      annotationDefault,
    });
  }
}
