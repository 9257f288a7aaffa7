/**
 * The syntax tree of Groovy 2.4. Plain data: the parser makes it, the compiler and the Declarative
 * front end read it, nobody changes it afterwards.
 *
 * Names follow Groovy's own `org.codehaus.groovy.ast` where it has one.
 */

/** Where a node stands in its source. Lines and columns count from 1, offsets from 0; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly lastLine: number;
  /** The column after the node's last character, as Groovy's `lastColumnNumber`. */
  readonly lastColumn: number;
}

/** A type as it is written: resolved to a class only by the compiler. */
export interface TypeRef {
  readonly kind: 'TypeRef';
  readonly span: Span;
  /** `String`, `java.util.List`, `int`, `Outer.Inner`; `?` for a wildcard in generics. */
  readonly name: string;
  /** Kept for messages alone; Groovy 2.4 erases them. */
  readonly generics: readonly TypeRef[];
  /** Number of `[]` behind the name. */
  readonly dims: number;
}

export interface Annotation {
  readonly kind: 'Annotation';
  readonly span: Span;
  readonly name: string;
  /** `@A(x)` is `{ name: 'value', value: x }`. */
  readonly members: readonly { readonly name: string; readonly value: Expression }[];
}

/** `public private protected static final abstract def synchronized transient volatile native strictfp`, in source order. */
export type Modifiers = readonly string[];

export interface Parameter {
  readonly kind: 'Parameter';
  readonly span: Span;
  readonly name: string;
  /** null where untyped (`def` or nothing). */
  readonly type: TypeRef | null;
  readonly defaultValue: Expression | null;
  /** `String... names` */
  readonly varargs: boolean;
  readonly annotations: readonly Annotation[];
  readonly modifiers: Modifiers;
}

// ---------------------------------------------------------------- the file

export interface Import {
  readonly kind: 'Import';
  readonly span: Span;
  readonly annotations: readonly Annotation[];
  readonly isStatic: boolean;
  /** `java.util.List`; with `star`, the package or class before `.*`; for a static import, `Class.member`'s class. */
  readonly name: string;
  /** The member's name of `import static a.B.c`; null otherwise. */
  readonly member: string | null;
  readonly star: boolean;
  /** `as X`, else null. */
  readonly alias: string | null;
}

export interface CompilationUnit {
  readonly kind: 'CompilationUnit';
  readonly span: Span;
  readonly source: string;
  /** What messages call the file: `WorkflowScript`, `Jenkinsfile`, `src/org/Foo.groovy`. */
  readonly fileName: string;
  readonly packageName: string | null;
  readonly packageAnnotations: readonly Annotation[];
  readonly imports: readonly Import[];
  /** Top-level classes, interfaces, enums, traits in source order. */
  readonly classes: readonly ClassDecl[];
  /** Top-level methods of the script. */
  readonly methods: readonly MethodDecl[];
  /** The script's statements, imports, classes and methods left out. */
  readonly statements: readonly Statement[];
}

export interface ClassDecl {
  readonly kind: 'ClassDecl';
  readonly span: Span;
  readonly form: 'class' | 'interface' | 'enum' | 'trait' | 'annotation';
  readonly name: string;
  /** Where the name stands, for messages. */
  readonly nameSpan: Span;
  readonly typeParameters: readonly TypeRef[];
  readonly superClass: TypeRef | null;
  readonly interfaces: readonly TypeRef[];
  readonly annotations: readonly Annotation[];
  readonly modifiers: Modifiers;
  readonly fields: readonly FieldDecl[];
  readonly methods: readonly MethodDecl[];
  readonly constructors: readonly MethodDecl[];
  readonly initializers: readonly { readonly isStatic: boolean; readonly body: BlockStatement }[];
  readonly classes: readonly ClassDecl[];
  readonly enumConstants: readonly EnumConstant[];
}

export interface EnumConstant {
  readonly kind: 'EnumConstant';
  readonly span: Span;
  readonly name: string;
  readonly args: readonly Expression[];
  /** `A { … }`: an anonymous subclass. */
  readonly body: ClassDecl | null;
  readonly annotations: readonly Annotation[];
}

export interface FieldDecl {
  readonly kind: 'FieldDecl';
  readonly span: Span;
  readonly name: string;
  readonly type: TypeRef | null;
  readonly init: Expression | null;
  /** A property (getter and setter) is a field without a visibility modifier. */
  readonly modifiers: Modifiers;
  readonly annotations: readonly Annotation[];
}

export interface MethodDecl {
  readonly kind: 'MethodDecl';
  readonly span: Span;
  /** `<T> T f(T x)`: names that are types in it; absent where there are none. */
  readonly typeParameters?: readonly TypeRef[];
  /** `<init>` for a constructor. May be any string: `def 'a name'() {}`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly returnType: TypeRef | null;
  readonly parameters: readonly Parameter[];
  readonly throws: readonly TypeRef[];
  /** null for an abstract or interface method. */
  readonly body: BlockStatement | null;
  readonly modifiers: Modifiers;
  readonly annotations: readonly Annotation[];
  /** An annotation member's `default`. */
  readonly annotationDefault: Expression | null;
}

// ---------------------------------------------------------------- statements

export type Statement =
  | BlockStatement
  | ExpressionStatement
  | VariableDeclaration
  | IfStatement
  | WhileStatement
  | ForStatement
  | ForInStatement
  | SwitchStatement
  | TryStatement
  | ThrowStatement
  | ReturnStatement
  | BreakStatement
  | ContinueStatement
  | AssertStatement
  | SynchronizedStatement
  | LabeledStatement
  | EmptyStatement
  | ClassStatement;

export interface BlockStatement {
  readonly kind: 'Block';
  readonly span: Span;
  readonly statements: readonly Statement[];
}
export interface ExpressionStatement {
  readonly kind: 'ExpressionStatement';
  readonly span: Span;
  readonly expression: Expression;
}
/** `def x = 1, y`, `int i`, `def (a, int b) = list` (then `tuple`, with one init). */
export interface VariableDeclaration {
  readonly kind: 'VariableDeclaration';
  readonly span: Span;
  readonly modifiers: Modifiers;
  readonly annotations: readonly Annotation[];
  readonly variables: readonly { readonly name: string; readonly span: Span; readonly type: TypeRef | null; readonly init: Expression | null }[];
  /** For `def (a, b) = init`: the one initial value; then the variables have none of their own. */
  readonly tupleInit: Expression | null;
  readonly isTuple: boolean;
}
export interface IfStatement {
  readonly kind: 'If';
  readonly span: Span;
  readonly test: Expression;
  readonly then: Statement;
  readonly otherwise: Statement | null;
}
export interface WhileStatement {
  readonly kind: 'While';
  readonly span: Span;
  readonly test: Expression;
  readonly body: Statement;
}
/** `for (int i = 0, j = 1; i < 3; i++, j++)` */
export interface ForStatement {
  readonly kind: 'For';
  readonly span: Span;
  readonly init: readonly (VariableDeclaration | ExpressionStatement)[];
  readonly test: Expression | null;
  readonly update: readonly Expression[];
  readonly body: Statement;
}
/** `for (x in list)`, `for (String x : list)` */
export interface ForInStatement {
  readonly kind: 'ForIn';
  readonly span: Span;
  readonly variable: Parameter;
  readonly collection: Expression;
  readonly body: Statement;
}
export interface SwitchStatement {
  readonly kind: 'Switch';
  readonly span: Span;
  readonly subject: Expression;
  /** In source order; `test` null is `default`, which may stand anywhere. */
  readonly cases: readonly { readonly span: Span; readonly test: Expression | null; readonly body: readonly Statement[] }[];
}
export interface TryStatement {
  readonly kind: 'Try';
  readonly span: Span;
  readonly body: BlockStatement;
  /** `types` has several for `catch (A | B e)`, none for `catch (e)`. */
  readonly catches: readonly { readonly span: Span; readonly types: readonly TypeRef[]; readonly name: string; readonly body: BlockStatement }[];
  readonly finallyBody: BlockStatement | null;
}
export interface ThrowStatement {
  readonly kind: 'Throw';
  readonly span: Span;
  readonly value: Expression;
}
export interface ReturnStatement {
  readonly kind: 'Return';
  readonly span: Span;
  readonly value: Expression | null;
}
export interface BreakStatement {
  readonly kind: 'Break';
  readonly span: Span;
  readonly label: string | null;
}
export interface ContinueStatement {
  readonly kind: 'Continue';
  readonly span: Span;
  readonly label: string | null;
}
/** `assert test : message`; the power-assert text is made of `test`'s spans and the source. */
export interface AssertStatement {
  readonly kind: 'Assert';
  readonly span: Span;
  readonly test: Expression;
  readonly message: Expression | null;
}
export interface SynchronizedStatement {
  readonly kind: 'Synchronized';
  readonly span: Span;
  readonly lock: Expression;
  readonly body: BlockStatement;
}
export interface LabeledStatement {
  readonly kind: 'Labeled';
  readonly span: Span;
  readonly label: string;
  readonly statement: Statement;
}
export interface EmptyStatement {
  readonly kind: 'Empty';
  readonly span: Span;
}
/** A class inside a method or block is an error in Groovy 2.4; inside a script's top level it goes to `CompilationUnit.classes`. Kept for anonymous uses only. */
export interface ClassStatement {
  readonly kind: 'ClassStatement';
  readonly span: Span;
  readonly declaration: ClassDecl;
}

// ---------------------------------------------------------------- expressions

export type Expression =
  | ConstantExpression
  | GStringExpression
  | VariableExpression
  | PropertyExpression
  | MethodPointerExpression
  | MethodCallExpression
  | CallExpression
  | ConstructorCallExpression
  | NewArrayExpression
  | ListExpression
  | MapExpression
  | RangeExpression
  | BinaryExpression
  | AssignmentExpression
  | UnaryExpression
  | PrefixExpression
  | PostfixExpression
  | TernaryExpression
  | ElvisExpression
  | CastExpression
  | AsExpression
  | InstanceOfExpression
  | IndexExpression
  | ClosureExpression
  | SpreadExpression
  | TypeExpression;

/**
 * A literal. `type` says which Java class the value has:
 * `Integer` (value: number), `Long` (bigint), `BigInteger` (bigint), `BigDecimal` (string, as Java's constructor
 * takes it), `Double` and `Float` (number), `String` (string), `Boolean`, `null`.
 */
export type ConstantExpression = { readonly kind: 'Constant'; readonly span: Span } & (
  | { readonly type: 'Integer'; readonly value: number }
  | { readonly type: 'Long'; readonly value: bigint }
  | { readonly type: 'BigInteger'; readonly value: bigint }
  | { readonly type: 'BigDecimal'; readonly value: string }
  | { readonly type: 'Double'; readonly value: number }
  | { readonly type: 'Float'; readonly value: number }
  | {
      readonly type: 'String';
      readonly value: string /** how it was quoted: `'`, `"`, `'''`, `"""`, `/`, `$/`; '' where made of a name (map key) */;
      readonly quote: string;
    }
  | { readonly type: 'Boolean'; readonly value: boolean }
  | { readonly type: 'null'; readonly value: null }
);

/** `"a ${x} b"`: strings has one more than values. `${-> x}` is a value of kind Closure with no parameters. */
export interface GStringExpression {
  readonly kind: 'GString';
  readonly span: Span;
  readonly strings: readonly string[];
  readonly values: readonly Expression[];
  readonly quote: string;
}
/** A bare name; `this` and `super` too. */
export interface VariableExpression {
  readonly kind: 'Variable';
  readonly span: Span;
  readonly name: string;
}
/** `a.b`, `a?.b`, `a*.b`, `a.@b`, `a."$b"`. The name is a Constant string, or any expression for a dynamic one. */
export interface PropertyExpression {
  readonly kind: 'Property';
  readonly span: Span;
  readonly object: Expression;
  readonly name: Expression;
  readonly safe: boolean;
  readonly spread: boolean;
  readonly attribute: boolean;
}
/** `a.&b` */
export interface MethodPointerExpression {
  readonly kind: 'MethodPointer';
  readonly span: Span;
  readonly object: Expression;
  readonly name: Expression;
}
/**
 * A call by name: `f(x)`, `f x`, `a.f(x)`, `a?.f { }`, `a*.f()`, `this(x)`, `super(x)`, `super.f(x)`.
 * `object` null: no receiver is written. Trailing closures are the last arguments. Named arguments
 * (`f(a: 1, b)`) are one MapExpression with `named: true`, standing first, as Groovy passes them.
 */
export interface MethodCallExpression {
  readonly kind: 'MethodCall';
  readonly span: Span;
  readonly object: Expression | null;
  readonly name: Expression;
  readonly args: readonly Expression[];
  readonly safe: boolean;
  readonly spread: boolean;
  /** Written without parentheses: `echo 'x'`. */
  readonly command: boolean;
}
/** `expr(args)` where expr is no name: `f()(1)`, `{ it }(2)`, `(x)(3)`; calls `call`. */
export interface CallExpression {
  readonly kind: 'Call';
  readonly span: Span;
  readonly callee: Expression;
  readonly args: readonly Expression[];
}
/** `new T(args)`, with an anonymous class's body. */
export interface ConstructorCallExpression {
  readonly kind: 'New';
  readonly span: Span;
  readonly type: TypeRef;
  readonly args: readonly Expression[];
  readonly body: ClassDecl | null;
}
/** `new int[3][]`: type is the element type without dimensions, sizes `[3]`, dims 2; `init` for `new int[]{1, 2}`. */
export interface NewArrayExpression {
  readonly kind: 'NewArray';
  readonly span: Span;
  readonly type: TypeRef;
  readonly sizes: readonly Expression[];
  readonly dims: number;
  readonly init: readonly Expression[] | null;
}
/** May hold Spread elements. */
export interface ListExpression {
  readonly kind: 'List';
  readonly span: Span;
  readonly elements: readonly Expression[];
}
/** `[a: 1, (k): 2, *: m]`; a spread entry has key null. A bare-name key is a Constant String. */
export interface MapExpression {
  readonly kind: 'Map';
  readonly span: Span;
  readonly entries: readonly { readonly span: Span; readonly key: Expression | null; readonly value: Expression }[];
  /** Made of named arguments of a call. */
  readonly named: boolean;
}
export interface RangeExpression {
  readonly kind: 'Range';
  readonly span: Span;
  readonly from: Expression;
  readonly to: Expression;
  readonly inclusive: boolean;
}
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '<<'
  | '>>'
  | '>>>'
  | '&'
  | '|'
  | '^'
  | '&&'
  | '||'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '<='
  | '>'
  | '>='
  | '<=>'
  | '=~'
  | '==~'
  | 'in';
export interface BinaryExpression {
  readonly kind: 'Binary';
  readonly span: Span;
  readonly op: BinaryOperator /** where the operator stands: power-assert writes the value there */;
  readonly opSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}
export type AssignmentOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '**=' | '<<=' | '>>=' | '>>>=' | '&=' | '|=' | '^=';
/** The target is a Variable, Property, Index, or (multiple assignment `(a, b) = …`) a List of those. */
export interface AssignmentExpression {
  readonly kind: 'Assignment';
  readonly span: Span;
  readonly op: AssignmentOperator;
  readonly opSpan: Span;
  readonly target: Expression;
  readonly value: Expression;
}
export interface UnaryExpression {
  readonly kind: 'Unary';
  readonly span: Span;
  readonly op: '-' | '+' | '!' | '~';
  readonly operand: Expression;
}
export interface PrefixExpression {
  readonly kind: 'Prefix';
  readonly span: Span;
  readonly op: '++' | '--';
  readonly operand: Expression;
}
export interface PostfixExpression {
  readonly kind: 'Postfix';
  readonly span: Span;
  readonly op: '++' | '--';
  readonly operand: Expression;
}
export interface TernaryExpression {
  readonly kind: 'Ternary';
  readonly span: Span;
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface ElvisExpression {
  readonly kind: 'Elvis';
  readonly span: Span;
  readonly value: Expression;
  readonly otherwise: Expression;
}
/** `(T) x` */
export interface CastExpression {
  readonly kind: 'Cast';
  readonly span: Span;
  readonly type: TypeRef;
  readonly operand: Expression;
}
/** `x as T` */
export interface AsExpression {
  readonly kind: 'As';
  readonly span: Span;
  readonly operand: Expression;
  readonly type: TypeRef;
}
export interface InstanceOfExpression {
  readonly kind: 'InstanceOf';
  readonly span: Span;
  readonly operand: Expression;
  readonly type: TypeRef;
}
/** `a[i]`, `a[i, j]`, `a[1..3]` */
export interface IndexExpression {
  readonly kind: 'Index';
  readonly span: Span;
  readonly object: Expression;
  readonly args: readonly Expression[];
}
/** `{ … }`: parameters null means the implicit `it`; `{ -> … }` has an empty list. */
export interface ClosureExpression {
  readonly kind: 'Closure';
  readonly span: Span;
  readonly parameters: readonly Parameter[] | null;
  readonly body: BlockStatement;
}
/** `*x` among arguments or list elements. */
export interface SpreadExpression {
  readonly kind: 'Spread';
  readonly span: Span;
  readonly operand: Expression;
}
/**
 * A type where an expression stands and no name will do: `int`, `String[]`. With `annotation`, an annotation as
 * another one's value: `@Grapes([@Grab('x')])`; the type is then the annotation's own.
 */
export interface TypeExpression {
  readonly kind: 'Type';
  readonly span: Span;
  readonly type: TypeRef;
  readonly annotation?: Annotation;
}

export type Node = CompilationUnit | ClassDecl | MethodDecl | FieldDecl | Statement | Expression | Parameter | Annotation | Import | TypeRef;
