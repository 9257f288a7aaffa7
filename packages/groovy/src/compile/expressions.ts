/**
 * Expressions to JavaScript. Each function gives the text of a JavaScript expression whose value is the Groovy
 * expression's. A call that may suspend is `((t=call)===P?yield*take():t)` in the suspending form of a function and
 * `settle(call)` in the plain one.
 */

import type {
  AssignmentExpression,
  BinaryExpression,
  ClosureExpression,
  Expression,
  IndexExpression,
  MethodCallExpression,
  PropertyExpression,
  TypeRef,
} from '../syntax/ast.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { type Code, capturedName } from './scope.ts';
import { mark, quote } from './text.ts';

type Sure = 'int' | 'boolean' | 'string' | null;

/** Waits for a call's value. */
export function wait(c: Code, call: string): string {
  return c.gen ? `((t=${call})===P?yield*take():t)` : `settle(${call})`;
}

/** The kind that an expression's value has for sure, whatever happens at run time. */
export function sure(c: Code, e: Expression): Sure {
  switch (e.kind) {
    case 'Constant':
      return e.type === 'Integer' ? 'int' : e.type === 'String' ? 'string' : e.type === 'Boolean' ? 'boolean' : null;
    case 'Variable':
      return c.find(e.name)?.sure ?? null;
    case 'Binary':
      switch (e.op) {
        case '+':
        case '-':
        case '*':
        case '&':
        case '|':
        case '^':
          return sure(c, e.left) === 'int' && sure(c, e.right) === 'int' ? 'int' : null;
        case '==':
        case '!=':
        case '<':
        case '<=':
        case '>':
        case '>=':
        case '&&':
        case '||':
        case '===':
        case '!==':
        case '==~':
          return 'boolean';
        default:
          return null;
      }
    case 'Unary':
      return e.op === '!' ? 'boolean' : e.op === '-' && sure(c, e.operand) === 'int' ? 'int' : null;
    case 'Postfix':
    case 'Prefix':
      return sure(c, e.operand) === 'int' ? 'int' : null;
    case 'InstanceOf':
      return 'boolean';
    case 'Cast':
      return e.type.dims === 0 && e.type.name === 'int' ? 'int' : e.type.dims === 0 && e.type.name === 'boolean' ? 'boolean' : null;
    default:
      return null;
  }
}

/** As a JavaScript condition, by Groovy truth. */
export function condition(c: Code, e: Expression): string {
  const js = expression(c, e);
  return sure(c, e) === 'boolean' ? js : `truth(${js})`;
}

/** A call site: remembers what a call by that name meant last time. */
export function site(c: Code, name: string): string {
  const js = `s${c.unit.counter++}`;
  c.unit.heads.push(`const ${js}=site(${quote(name)});`);
  return js;
}
export function classRef(c: Code, name: string): string {
  const known = c.unit.sites.get(name);
  const js = known ?? `k${c.unit.counter++}`;
  if (known === undefined) {
    c.unit.sites.set(name, js);
    c.unit.heads.push(`const ${js}=ref(${quote(name)});`);
  }
  return `cl(${js})`;
}
export function constant(c: Code, value: unknown): string {
  c.unit.constants.push(value);
  return `K[${c.unit.constants.length - 1}]`;
}
export function typeName(c: Code, type: TypeRef | null): string {
  return c.unit.resolver.type(type, c.cls.name, c.generics);
}

/** Starts a new JavaScript line where the script's line changes, so that stack traces tell it. */
function at(c: Code, e: Expression, js: string): string {
  if (e.span.line === c.line || e.span.line === 0) return js;
  return `${mark(e.span.line, c.place)}${js}`;
}

/** In an assert's condition: notes the value for the message. */
function noted(c: Code, column: number, line: number, js: string): string {
  return c.record === null ? js : `note(${c.record},${line},${column},${js})`;
}

export function expression(c: Code, e: Expression): string {
  switch (e.kind) {
    case 'Constant':
      return literal(c, e);
    case 'GString': {
      const strings = constant(c, e.strings);
      return `G(${strings},[${e.values.map((v) => (v.kind === 'Closure' ? expression(c, v) : expression(c, v))).join(',')}])`;
    }
    case 'Variable': {
      const js = variable(c, e.name, e);
      // A failed assert shows no value for a class's name.
      return js.startsWith('cl(') ? js : noted(c, e.span.column, e.span.line, js);
    }
    case 'Property':
      return property(c, e);
    case 'MethodPointer':
      return `pointer(${expression(c, e.object)},${nameOf(c, e.name)})`;
    case 'MethodCall':
      return noted(c, callColumn(e), callLine(e), at(c, e, methodCall(c, e)));
    case 'Call': {
      const callee = expression(c, e.callee);
      return wait(c, callBy(c, site(c, 'call'), callee, e.args));
    }
    case 'New':
      return noted(c, e.span.column, e.span.line, newObject(c, e));
    case 'NewArray': {
      const type = quote(typeName(c, e.type));
      if (e.init !== null) return `arrayOf(${type},${e.dims},[${e.init.map((x) => expression(c, x)).join(',')}])`;
      return `newArray(${type},${e.dims},[${e.sizes.map((x) => expression(c, x)).join(',')}])`;
    }
    case 'List':
      return `L([${e.elements.map((x) => element(c, x)).join(',')}])`;
    case 'Map':
      return mapLiteral(c, e);
    case 'Range':
      return `range(${expression(c, e.from)},${expression(c, e.to)},${e.inclusive})`;
    case 'Binary':
      return noted(c, e.opSpan.column, e.opSpan.line, binary(c, e));
    case 'Assignment':
      return assignment(c, e);
    case 'Unary':
      return unary(c, e);
    case 'Prefix':
      return step(c, e.operand, e.op, true);
    case 'Postfix':
      return step(c, e.operand, e.op, false);
    case 'Ternary':
      return `(${condition(c, e.test)}?${expression(c, e.then)}:${expression(c, e.otherwise)})`;
    case 'Elvis': {
      const t = c.temp();
      return `(truth(${t}=${expression(c, e.value)})?${t}:${expression(c, e.otherwise)})`;
    }
    case 'Cast':
      return castTo(c, typeName(c, e.type), e.operand);
    case 'As':
      return wait(c, `asType(${expression(c, e.operand)},${quote(typeName(c, e.type))})`);
    case 'InstanceOf':
      return noted(c, keywordColumn(c, e), e.span.line, `isA(${expression(c, e.operand)},${quote(typeName(c, e.type))})`);
    case 'Index':
      return noted(c, indexColumn(e), e.span.line, at(c, e, index(c, e)));
    case 'Closure':
      return closure(c, e);
    case 'Spread':
      return `spreadAlone(${expression(c, e.operand)})`;
    case 'Type':
      return classRef(c, typeName(c, e.type));
  }
}

/** Where `instanceof` stands, which the tree does not say. */
function keywordColumn(c: Code, e: Extract<Expression, { kind: 'InstanceOf' }>): number {
  const { end } = e.operand.span;
  const at = c.unit.unit.source.indexOf('instanceof', end);
  return at < 0 ? e.span.column : e.operand.span.lastColumn + (at - end);
}
function indexColumn(e: IndexExpression): number {
  // Where the bracket stands: the object's end.
  return e.object.span.lastColumn;
}
function callColumn(e: MethodCallExpression): number {
  return e.object === null ? e.span.column : e.name.span.column;
}
function callLine(e: MethodCallExpression): number {
  return e.object === null ? e.span.line : e.name.span.line;
}

function literal(c: Code, e: Extract<Expression, { kind: 'Constant' }>): string {
  switch (e.type) {
    case 'Integer':
      return e.value < 0 ? `(${e.value})` : String(e.value);
    case 'String':
      return quote(e.value);
    case 'Boolean':
      return String(e.value);
    case 'null':
      return 'null';
    case 'BigInteger':
      return `${e.value}n`;
    default:
      return constantValue(c, e.type, e.value);
  }
}
function constantValue(c: Code, type: string, value: bigint | number | string): string {
  const key = `${type} ${value}`;
  const known = c.unit.sites.get(key);
  if (known !== undefined) return known;
  const js = `n${c.unit.counter++}`;
  c.unit.sites.set(key, js);
  c.unit.heads.push(`const ${js}=number(${quote(type)},${quote(String(value))});`);
  return js;
}

function nameOf(c: Code, e: Expression): string {
  return e.kind === 'Constant' && e.type === 'String' ? quote(e.value) : `str(${expression(c, e)})`;
}
function constantName(e: Expression): string | null {
  return e.kind === 'Constant' && e.type === 'String' ? e.value : null;
}

/** `*x` among elements becomes JavaScript's own spread. */
function element(c: Code, e: Expression): string {
  return e.kind === 'Spread' ? `...elements(${expression(c, e.operand)})` : expression(c, e);
}

function mapLiteral(c: Code, e: Extract<Expression, { kind: 'Map' }>): string {
  const parts = e.entries.map((x) => (x.key === null ? `...entriesOf(${expression(c, x.value)})` : `${expression(c, x.key)},${expression(c, x.value)}`));
  return `M([${parts.join(',')}])`;
}

// ---------------------------------------------------------------- names

export function variable(c: Code, name: string, e: Expression): string {
  if (name === 'this') return c.cls.isScript || !c.isStatic ? '$t' : '$t';
  if (name === 'super') return '$t';
  const local = c.find(name);
  if (local !== null) return local.js;
  if (c.closure !== null && CLOSURE_NAMES.has(name)) return at(c, e, wait(c, `get(${site(c, name)},${c.closure})`));
  if (!isField(c, name)) {
    const cls = c.unit.resolver.ofVariable(name, c.cls.name);
    if (cls !== null) return classRef(c, cls);
    const member = c.unit.resolver.staticImport(name, (k, m) => hasStatic(c, k, m));
    if (member !== null) return at(c, e, wait(c, `get(${site(c, member.member)},${classRef(c, member.cls)})`));
  }
  return at(c, e, wait(c, `gv(${site(c, name)},${c.self})`));
}
const CLOSURE_NAMES = new Set(['owner', 'delegate', 'thisObject']);

function isField(c: Code, name: string): boolean {
  for (let k: typeof c.cls | null = c.cls; k !== null; k = k.outer) if (k.fields.has(name)) return true;
  return false;
}

function hasStatic(c: Code, cls: string, member: string): boolean {
  const found = c.unit.vm.findClass(cls);
  if (found === null) return false;
  if (found.findStaticField(member) !== null) return true;
  return found.ancestors().some((k) => k.ready().ownStatics.has(member));
}

function property(c: Code, e: PropertyExpression): string {
  // `java.util.Date`, `Outer.Inner`
  const path = c.unit.resolver.path(e, (n) => c.find(n) !== null || isField(c, n), c.cls.name);
  if (path !== null) return classRef(c, path.cls);
  const name = constantName(e.name);
  if (e.object.kind === 'Variable' && name !== null) {
    // `Outer.this`, and a class's literal `String.class`.
    const cls = c.find(e.object.name) === null && !isField(c, e.object.name) ? c.unit.resolver.find(e.object.name, c.cls.name) : null;
    if (cls !== null && name === 'class') return classRef(c, cls);
    if (cls !== null && name === 'this') return `outerThis($t,${quote(cls)})`;
    if (e.object.name === 'super') return wait(c, `superGet(${classRef(c, c.cls.name)},$t,${quote(name)})`);
  }
  if (e.object.kind === 'Type' && name === 'class') return expression(c, e.object);
  // A class's own code reads its fields without their getters.
  if (
    e.object.kind === 'Variable' &&
    e.object.name === 'this' &&
    name !== null &&
    c.closure === null &&
    !e.safe &&
    !e.spread &&
    !c.isStatic &&
    c.cls.fields.get(name)?.isStatic === false &&
    !c.cls.isScript
  ) {
    return noted(c, e.name.span.column, e.name.span.line, `attribute($t,${quote(name)})`);
  }
  const object = expression(c, e.object);
  if (e.attribute) {
    const t = e.safe ? c.temp() : '';
    return e.safe ? `((${t}=${object})===null?null:attribute(${t},${nameOf(c, e.name)}))` : `attribute(${object},${nameOf(c, e.name)})`;
  }
  if (e.spread) return noted(c, e.name.span.column, e.name.span.line, wait(c, `spreadGet(${object},${nameOf(c, e.name)})`));
  let js: string;
  if (e.safe) {
    const t = c.temp();
    js =
      name !== null
        ? `((${t}=${object})===null?null:${wait(c, `get(${site(c, name)},${t})`)})`
        : `((${t}=${object})===null?null:${wait(c, `getNamed(${t},${nameOf(c, e.name)})`)})`;
  } else js = name !== null ? wait(c, `get(${site(c, name)},${object})`) : wait(c, `getNamed(${object},${nameOf(c, e.name)})`);
  return noted(c, e.name.span.column, e.name.span.line, at(c, e, js));
}

// ---------------------------------------------------------------- calls

function callBy(c: Code, s: string, receiver: string, args: readonly Expression[]): string {
  if (args.some((a) => a.kind === 'Spread')) return `cn(${s},${receiver},[${args.map((a) => element(c, a)).join(',')}])`;
  const list = args.map((a) => expression(c, a));
  // A cast says which of several methods is meant: `list.remove((Object) 3)`.
  if (args.some((a) => a.kind === 'Cast' || a.kind === 'As')) {
    const types = args.map((a) => (a.kind === 'Cast' || a.kind === 'As' ? typeName(c, a.type) : null));
    return `ct(${s},${receiver},[${list.join(',')}],${constant(c, types)})`;
  }
  if (list.length <= 3) return `c${list.length}(${[s, receiver, ...list].join(',')})`;
  return `cn(${s},${receiver},[${list.join(',')}])`;
}

function methodCall(c: Code, e: MethodCallExpression): string {
  const name = constantName(e.name);
  const args = (): string => `[${e.args.map((a) => element(c, a)).join(',')}]`;
  if (e.object === null) {
    if (name === null) return wait(c, `named(${c.self},${nameOf(c, e.name)},${args()})`);
    if (c.isConstructor && c.closure === null && (name === 'super' || name === 'this')) {
      return `yield*${name === 'super' ? 'superInit' : 'thisInit'}(${classRef(c, c.cls.name)},$t,${args()})`;
    }
    const local = c.find(name);
    if (local !== null) return wait(c, callBy(c, site(c, 'call'), local.js, e.args));
    if (name === 'use' && e.args.length >= 2 && c.gen) return `yield*useCategories(${args()})`;
    if (c.cls.privateMethods.has(name) && !c.isStatic) return wait(c, `ownCall(${classRef(c, c.cls.name)},$t,${quote(name)},${args()})`);
    const member = c.unit.resolver.staticImport(name, (k, m) => hasStatic(c, k, m));
    if (member !== null) return wait(c, callBy(c, site(c, member.member), classRef(c, member.cls), e.args));
    return wait(c, c.closure !== null ? viaClosure(c, name, e.args) : callBy(c, site(c, name), '$t', e.args));
  }
  if (e.object.kind === 'Variable' && e.object.name === 'super' && c.find('super') === null) {
    return wait(c, `superCall(${classRef(c, c.cls.name)},$t,${nameOf(c, e.name)},${args()})`);
  }
  // `T.super.method()`
  if (e.object.kind === 'Property' && constantName(e.object.name) === 'super' && e.object.object.kind === 'Variable') {
    const trait = c.unit.resolver.find(e.object.object.name, c.cls.name);
    if (trait !== null) return wait(c, `traitCall(${classRef(c, trait)},$t,${nameOf(c, e.name)},${args()})`);
  }
  const object = expression(c, e.object);
  if (e.spread) return wait(c, `spreadCall(${object},${nameOf(c, e.name)},${args()})`);
  if (name === null) {
    if (e.safe) {
      const t = c.temp();
      return `((${t}=${object})===null?null:${wait(c, `named(${t},${nameOf(c, e.name)},${args()})`)})`;
    }
    return wait(c, `named(${object},${nameOf(c, e.name)},${args()})`);
  }
  if (e.safe) {
    const t = c.temp();
    return `((${t}=${object})===null?null:${wait(c, callBy(c, site(c, name), t, e.args))})`;
  }
  return wait(c, callBy(c, site(c, name), object, e.args));
}

function viaClosure(c: Code, name: string, args: readonly Expression[]): string {
  return `viaClosure(${site(c, name)},${c.closure},[${args.map((a) => element(c, a)).join(',')}])`;
}

function newObject(c: Code, e: Extract<Expression, { kind: 'New' }>): string {
  const args = `[${e.args.map((a) => element(c, a)).join(',')}]`;
  if (e.body !== null) {
    const made = c.unit.anonymous.compile({ ...e.body, superClass: e.body.superClass ?? e.type }, c.cls, c);
    const cls = anonymousCaptures(c, made);
    return at(c, e, `yield*makeAnonymous(${classRef(c, made)},${args},${c.isStatic && !c.cls.isScript ? 'null' : '$t'},${cls})`);
  }
  return at(c, e, c.gen ? `yield*make(${classRef(c, typeName(c, e.type))},${args},$t)` : `settleAll(make(${classRef(c, typeName(c, e.type))},${args},$t))`);
}

/** An object of accessors to the variables that an anonymous class's methods use. */
function anonymousCaptures(c: Code, made: string): string {
  const captures = c.unit.anonymous.captures.get(made);
  const parts: string[] = [];
  for (const name of captures?.keys() ?? []) {
    const local = c.find(name);
    if (local === null) continue;
    const js = capturedName(name, c.unit);
    parts.push(`get ${js}(){return ${local.js}},set ${js}(v){${local.js}=v}`);
  }
  return `{${parts.join(',')}}`;
}

// ---------------------------------------------------------------- operators

const COMPARISONS: Readonly<Record<string, string>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '<=>': 'compare',
  '===': 'same',
  '!==': 'notSame',
  '=~': 'find',
  '==~': 'matches',
};

function binary(c: Code, e: BinaryExpression): string {
  const { op } = e;
  if (op === '&&') return `(${condition(c, e.left)}&&${condition(c, e.right)})`;
  if (op === '||') return `(${condition(c, e.left)}||${condition(c, e.right)})`;
  const left = expression(c, e.left);
  const right = expression(c, e.right);
  const ints = sure(c, e.left) === 'int' && sure(c, e.right) === 'int';
  if (ints) {
    switch (op) {
      case '+':
      case '-':
        return `(${left}${op}${right}|0)`;
      case '*':
        return `Math.imul(${left},${right})`;
      case '&':
      case '|':
      case '^':
        return `(${left}${op}${right})`;
      case '<':
      case '<=':
      case '>':
      case '>=':
        return `(${left}${op}${right})`;
      case '==':
        return `(${left}===${right})`;
      case '!=':
        return `(${left}!==${right})`;
    }
  }
  if (op === 'in') return wait(c, `isIn(${left},${right})`);
  const compare = COMPARISONS[op];
  if (compare !== undefined) return `${compare}(${left},${right})`;
  return arithmetic(c, op, left, right);
}
function arithmetic(c: Code, op: string, left: string, right: string): string {
  return wait(c, `${ARITHMETIC[op] as string}(${left},${right})`);
}

function unary(c: Code, e: Extract<Expression, { kind: 'Unary' }>): string {
  if (e.op === '!') return noted(c, e.span.column, e.span.line, `!${condition(c, e.operand)}`);
  const operand = expression(c, e.operand);
  if (e.op === '-' && sure(c, e.operand) === 'int') return `(-${operand}|0)`;
  return noted(c, e.span.column, e.span.line, wait(c, `${e.op === '-' ? 'negative' : e.op === '+' ? 'positive' : 'bitwiseNegate'}(${operand})`));
}

/** A cast as assigning to a typed variable makes it. */
export function casted(c: Code, type: string, js: string, kind: Sure): string {
  if (type === 'java.lang.Object') return js;
  if (type === 'int') return kind === 'int' ? js : `toInt(${js})`;
  if (type === 'boolean') return kind === 'boolean' ? js : `truth(${js})`;
  if (type === 'java.lang.String' && kind === 'string') return js;
  if (type === 'java.lang.Integer' && kind === 'int') return js;
  return c.gen ? wait(c, `castTo(${js},${quote(type)})`) : `settle(castTo(${js},${quote(type)}))`;
}
function castTo(c: Code, type: string, operand: Expression): string {
  return casted(c, type, expression(c, operand), sure(c, operand));
}

function index(c: Code, e: IndexExpression): string {
  // `String[]` where an expression stands is an array type only when empty; the parser says so.
  const object = expression(c, e.object);
  const args = e.args.map((a) => element(c, a));
  if (e.args.length === 1 && (e.args[0] as Expression).kind !== 'Spread') return wait(c, `at(${object},${args[0]})`);
  return wait(c, `at(${object},L([${args.join(',')}]))`);
}

/** Assigns to whatever can stand left of `=`; `value` is JavaScript that is evaluated once. */
export function assign(c: Code, target: Expression, value: string, kind: Sure): string {
  switch (target.kind) {
    case 'Variable': {
      const local = c.find(target.name);
      if (local !== null) return `(${local.js}=${casted(c, local.type, value, kind)})`;
      // A class's own field, without a setter.
      if (c.closure === null && !c.cls.isScript && c.cls.fields.has(target.name)) {
        return c.cls.fields.get(target.name)?.isStatic === true
          ? `setStatic(${classRef(c, c.cls.name)},${quote(target.name)},${value})`
          : `setAttribute($t,${quote(target.name)},${value})`;
      }
      return wait(c, `set(${c.self},${quote(target.name)},${value})`);
    }
    case 'Property': {
      if (
        target.object.kind === 'Variable' &&
        target.object.name === 'this' &&
        c.closure === null &&
        !c.cls.isScript &&
        constantName(target.name) !== null &&
        c.cls.fields.get(constantName(target.name) as string)?.isStatic === false
      ) {
        return `setAttribute($t,${nameOf(c, target.name)},${value})`;
      }
      const object = expression(c, target.object);
      if (target.attribute) return `setAttribute(${object},${nameOf(c, target.name)},${value})`;
      if (target.spread) return wait(c, `spreadSet(${object},${nameOf(c, target.name)},${value})`);
      if (target.safe) {
        const t = c.temp();
        return `((${t}=${object})===null?null:${wait(c, `set(${t},${nameOf(c, target.name)},${value})`)})`;
      }
      return at(c, target, wait(c, `set(${object},${nameOf(c, target.name)},${value})`));
    }
    case 'Index': {
      const object = expression(c, target.object);
      const args = target.args.map((a) => element(c, a));
      const key = target.args.length === 1 && (target.args[0] as Expression).kind !== 'Spread' ? (args[0] as string) : `L([${args.join(',')}])`;
      return at(c, target, wait(c, `putAt(${object},${key},${value})`));
    }
    default:
      c.unit.errors.push({
        message: 'The LHS of an assignment should be a variable or a field accessing expression',
        line: target.span.line,
        column: target.span.column,
      });
      return 'null';
  }
}

function assignment(c: Code, e: AssignmentExpression): string {
  const { target, value } = e;
  if (e.op === '=') {
    if (target.kind === 'List') {
      const t = c.temp();
      const parts = target.elements.map((x, i) => assign(c, x, wait(c, `at(${t},${i})`), null));
      return `(${t}=${expression(c, value)},${parts.map((p) => `${p},`).join('')}${t})`;
    }
    return assign(c, target, expression(c, value), sure(c, value));
  }
  const op = e.op.slice(0, -1);
  switch (target.kind) {
    case 'Variable': {
      const local = c.find(target.name);
      if (local?.sure === 'int' && sure(c, value) === 'int' && (op === '+' || op === '-')) return `(${local.js}=${local.js}${op}${expression(c, value)}|0)`;
      const current = variable(c, target.name, target);
      return assign(c, target, arithmetic(c, op, current, expression(c, value)), null);
    }
    case 'Property': {
      const t = c.temp();
      const name = nameOf(c, target.name);
      const object = expression(c, target.object);
      const read = target.attribute ? `attribute(${t},${name})` : wait(c, `getNamed(${t},${name})`);
      const written = arithmetic(c, op, read, expression(c, value));
      return `(${t}=${object},${target.attribute ? `setAttribute(${t},${name},${written})` : wait(c, `set(${t},${name},${written})`)})`;
    }
    case 'Index': {
      const t = c.temp(),
        k = c.temp();
      const object = expression(c, target.object);
      const args = target.args.map((a) => element(c, a));
      const key = target.args.length === 1 ? (args[0] as string) : `L([${args.join(',')}])`;
      return `(${t}=${object},${k}=${key},${wait(c, `putAt(${t},${k},${arithmetic(c, op, wait(c, `at(${t},${k})`), expression(c, value))})`)})`;
    }
    default:
      return assign(c, target, 'null', null);
  }
}

/** `++x`, `x--` and their like. */
function step(c: Code, target: Expression, op: '++' | '--', before: boolean): string {
  const move = op === '++' ? 'next' : 'previous';
  if (target.kind === 'Variable') {
    const local = c.find(target.name);
    if (local?.sure === 'int') {
      const js = `${local.js}=${local.js}${op === '++' ? '+' : '-'}1|0`;
      if (before) return `(${js})`;
      const t = c.temp();
      return `(${t}=${local.js},${js},${t})`;
    }
    const current = variable(c, target.name, target);
    if (before) return assign(c, target, wait(c, `${move}(${current})`), null);
    const t = c.temp();
    return `(${t}=${current},${assign(c, target, wait(c, `${move}(${t})`), null)},${t})`;
  }
  if (target.kind === 'Property') {
    const o = c.temp(),
      t = c.temp();
    const name = nameOf(c, target.name);
    const read = target.attribute ? `attribute(${o},${name})` : wait(c, `getNamed(${o},${name})`);
    const value = wait(c, `${move}(${t})`);
    const write = (v: string): string => (target.attribute ? `setAttribute(${o},${name},${v})` : wait(c, `set(${o},${name},${v})`));
    const begin = `${o}=${expression(c, target.object)},${t}=${read}`;
    return before ? `(${begin},${t}=${value},${write(t)},${t})` : `(${begin},${write(value)},${t})`;
  }
  if (target.kind === 'Index') {
    const o = c.temp(),
      k = c.temp(),
      t = c.temp();
    const args = target.args.map((a) => element(c, a));
    const key = target.args.length === 1 ? (args[0] as string) : `L([${args.join(',')}])`;
    const begin = `${o}=${expression(c, target.object)},${k}=${key},${t}=${wait(c, `at(${o},${k})`)}`;
    const value = wait(c, `${move}(${t})`);
    return before ? `(${begin},${t}=${value},${wait(c, `putAt(${o},${k},${t})`)},${t})` : `(${begin},${wait(c, `putAt(${o},${k},${value})`)},${t})`;
  }
  // `5++` and the like only compute.
  const t = c.temp();
  if (!before) return `(${t}=${expression(c, target)},${wait(c, `${move}(${t})`)},${t})`;
  return wait(c, `${move}(${expression(c, target)})`);
}

function closure(c: Code, e: ClosureExpression): string {
  return c.unit.closureFunction(c, e);
}
