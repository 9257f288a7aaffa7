/** Statements to JavaScript. */
import type { Expression, ForInStatement, ForStatement, Statement, SwitchStatement, TryStatement, VariableDeclaration } from '../syntax/ast.ts';
import { assertText, assertVariables } from './assert-text.ts';
import { casted, condition, constant, expression, sure, typeName, variable, wait } from './expressions.ts';
import type { Code, Local } from './scope.ts';
import { mark, quote } from './text.ts';

const TICKING = 'if(--V.fuel<0){yield TICK;V.nextSlice()}';

/** Statements in a scope of their own. `tail`: the last one's value is what the function returns. */
export function block(c: Code, statements: readonly Statement[], tail: boolean): string {
  c.push();
  let out = '';
  statements.forEach((s, i) => {
    out += statement(c, s, tail && i === statements.length - 1);
  });
  c.pop();
  return out;
}

function begin(c: Code, s: { readonly span: { readonly line: number } }): string {
  c.line = s.span.line;
  return mark(s.span.line, c.place);
}

/** A return of a JavaScript expression. */
function giveBack(c: Code, js: string, e: Expression | null): string {
  const value = c.returns !== null && c.returns !== 'void' ? casted(c, c.returns, js, e === null ? null : sure(c, e)) : js;
  if (!c.gen) return `return ${value};`;
  const r = c.temp();
  return `${r}=${value};V.depth--;return ${r};`;
}

export function statement(c: Code, s: Statement, tail = false): string {
  const start = begin(c, s);
  switch (s.kind) {
    case 'Block':
      return `${start}{${block(c, s.statements, tail)}}`;
    case 'Empty':
      return '';
    case 'ExpressionStatement':
      if (tail && c.returns !== 'void') return start + giveBack(c, expression(c, s.expression), s.expression);
      return `${start}${statementExpression(c, s.expression)};`;
    case 'VariableDeclaration':
      return start + declaration(c, s, tail);
    case 'If': {
      const test = condition(c, s.test);
      const then = `{${block(c, [s.then], tail)}}`;
      return `${start}if(${test})${then}${s.otherwise === null ? '' : `else{${block(c, [s.otherwise], tail)}}`}`;
    }
    case 'While':
      return `${start}${loop(c, s, () => `while(${condition(c, s.test)}){${TICKING}${block(c, [s.body], false)}}`)}`;
    case 'For':
      return start + forLoop(c, s);
    case 'ForIn':
      return start + forIn(c, s);
    case 'Switch':
      return start + switchStatement(c, s, tail);
    case 'Try':
      return start + tryStatement(c, s, tail);
    case 'Throw':
      return `${start}throw thrown(${expression(c, s.value)});`;
    case 'Return':
      return (
        start +
        (s.value === null
          ? giveBack(c, 'null', null)
          : c.returns === 'void'
            ? `${expression(c, s.value)};${giveBack(c, 'null', null)}`
            : giveBack(c, expression(c, s.value), s.value))
      );
    case 'Break':
      return start + jump(c, 'break', s.label, s);
    case 'Continue':
      return start + jump(c, 'continue', s.label, s);
    case 'Assert': {
      if (s.message !== null) {
        const values = assertVariables(s.test)
          .map((name) => `${quote(name)},${variable(c, name, s.test)}`)
          .join(',');
        return `${start}if(!${condition(c, s.test)})assertWithMessage(${constant(c, assertText(c.unit.unit.source, s))},[${values}],${expression(c, s.message)});`;
      }
      const record = c.temp();
      c.record = record;
      const test = condition(c, s.test);
      c.record = null;
      return `${start}${record}=[];if(!${test})assertFailed(${constant(c, assertText(c.unit.unit.source, s))},${record});`;
    }
    case 'Synchronized':
      return `${start}${expression(c, s.lock)};{${block(c, s.body.statements, tail)}}`;
    case 'Labeled': {
      const js = `l${c.unit.counter++}`;
      c.labels.push(`${s.label}:${js}`);
      // Any other statement is wrapped by the label itself; a loop inside must not take it.
      if (isLoop(s.statement)) pendingLabel.set(c, js);
      const inner = statement(c, s.statement, false);
      pendingLabel.delete(c);
      c.labels.pop();
      return start + (isLoop(s.statement) ? inner : `${js}:{${inner}}`);
    }
    case 'ClassStatement':
      c.unit.errors.push({
        message: 'Class definition not expected here. Please define the class at an appropriate place or perhaps try using a block/Closure instead.',
        line: s.span.line,
        column: s.span.column,
      });
      return '';
  }
}

/** The label that stands before the loop about to be written. */
const pendingLabel = new WeakMap<Code, string>();
function isLoop(s: Statement): boolean {
  return s.kind === 'For' || s.kind === 'ForIn' || s.kind === 'While';
}

/** An expression whose value nobody needs: `i++` needs no copy of the old value. */
function statementExpression(c: Code, e: Expression): string {
  if (e.kind === 'Postfix') return expression(c, { ...e, kind: 'Prefix' });
  return expression(c, e);
}

function loop(c: Code, _s: Statement, write: () => string): string {
  const label = pendingLabel.get(c);
  pendingLabel.delete(c);
  c.labels.push('@loop');
  const text = write();
  c.labels.pop();
  return (label === undefined ? '' : `${label}:`) + text;
}

function jump(c: Code, what: 'break' | 'continue', label: string | null, s: Statement): string {
  if (label !== null) {
    const found = c.labels.findLast((l) => l.startsWith(`${label}:`));
    if (found === undefined) {
      c.unit.errors.push({ message: `${what} to missing label '${label}'`, line: s.span.line, column: s.span.column });
      return '';
    }
    return `${what} ${found.slice(label.length + 1)};`;
  }
  const inside = c.labels.some((l) => l === '@loop' || (what === 'break' && l === '@switch'));
  if (!inside) {
    c.unit.errors.push({
      message: what === 'break' ? 'the break statement is only allowed inside loops or switches' : 'the continue statement is only allowed inside loops',
      line: s.span.line,
      column: s.span.column,
    });
    return '';
  }
  return `${what};`;
}

function declareVariable(c: Code, name: string, type: string, at: { readonly line: number; readonly column: number }): Local {
  if (c.declaredHere(name) && name !== '_') {
    c.unit.errors.push({ message: `The current scope already contains a variable of the name ${name}`, line: at.line, column: at.column });
  }
  return c.declare(name, type);
}

function declaration(c: Code, s: VariableDeclaration, tail: boolean): string {
  if (s.isTuple) {
    const t = c.temp();
    let out = `${t}=${s.tupleInit === null ? 'null' : expression(c, s.tupleInit)};`;
    s.variables.forEach((v, i) => {
      const local = declareVariable(c, v.name, typeName(c, v.type), v.span);
      out += `let ${local.js}=${casted(c, local.type, wait(c, `at(${t},${i})`), null)};`;
    });
    return out + (tail && c.returns !== 'void' ? giveBack(c, t, null) : '');
  }
  let out = '';
  let last = 'null';
  for (const v of s.variables) {
    const type = typeName(c, v.type);
    // The initial value does not see the variable, but a closure in it does.
    if (v.init !== null && v.init.kind === 'Closure') {
      const local = declareVariable(c, v.name, type, v.span);
      out += `let ${local.js}=null;${local.js}=${casted(c, type, expression(c, v.init), null)};`;
      last = local.js;
      continue;
    }
    const init = v.init === null ? initial(type) : casted(c, type, expression(c, v.init), sure(c, v.init));
    const local = declareVariable(c, v.name, type, v.span);
    out += `let ${local.js}=${init};`;
    last = local.js;
  }
  return out + (tail && c.returns !== 'void' ? giveBack(c, last, null) : '');
}

export function initial(type: string): string {
  switch (type) {
    case 'int':
    case 'short':
    case 'byte':
      return type === 'int' ? '0' : `castNow(0,${quote(type)})`;
    case 'long':
    case 'double':
    case 'float':
    case 'char':
      return `castNow(0,${quote(type)})`;
    case 'boolean':
      return 'false';
    default:
      return 'null';
  }
}

function forLoop(c: Code, s: ForStatement): string {
  c.push();
  let init = '';
  for (const i of s.init) init += i.kind === 'VariableDeclaration' ? declaration(c, i, false) : `${statementExpression(c, i.expression)};`;
  const text = loop(c, s, () => {
    const test = s.test === null ? 'true' : condition(c, s.test);
    const update = s.update.map((u) => statementExpression(c, u)).join(',');
    return `for(;${test};${update}){${TICKING}${block(c, [s.body], false)}}`;
  });
  c.pop();
  return `{${init}${text}}`;
}

function forIn(c: Code, s: ForInStatement): string {
  const collection = expression(c, s.collection);
  c.push();
  const type = typeName(c, s.variable.type);
  let variable = '';
  const text = loop(c, s, () => {
    const local = declareVariable(c, s.variable.name, type, s.variable.span);
    const v = `v${c.unit.counter++}`;
    // One variable for all rounds, as in Groovy: closures made in the loop all see its last value.
    variable = local.js;
    return `for(const ${v} of iter(${collection})){${TICKING}${local.js}=${casted(c, type, v, null)};${block(c, [s.body], false)}}`;
  });
  c.pop();
  return `{let ${variable};${text}}`;
}

function switchStatement(c: Code, s: SwitchStatement, tail: boolean): string {
  const subject = c.temp(),
    which = c.temp();
  let choose = '';
  let fallback = -1;
  s.cases.forEach((k, i) => {
    if (k.test === null) {
      fallback = i;
      return;
    }
    choose += `${choose === '' ? '' : 'else '}if(${wait(c, `isCase(${expression(c, k.test)},${subject})`)})${which}=${i};`;
  });
  c.labels.push('@switch');
  let cases = '';
  // Groovy puts the default behind all others, wherever it stands.
  const order = [...s.cases.keys()].sort((a, b) => Number(s.cases[a]?.test === null) - Number(s.cases[b]?.test === null) || a - b);
  for (const i of order) {
    const k = s.cases[i] as SwitchStatement['cases'][number];
    let body = [...k.body];
    let returns = false;
    const last = body[body.length - 1];
    if (tail && last?.kind === 'Break' && last.label === null) {
      body = body.slice(0, -1);
      returns = true;
    } else if (tail && i === order[order.length - 1]) returns = true;
    const text = block(c, body, returns);
    cases += `case ${i}:{${text}${returns && last?.kind === 'Break' ? 'break;' : ''}}`;
  }
  c.labels.pop();
  return `${subject}=${expression(c, s.subject)};${which}=${fallback};${choose}switch(${which}){${cases}}`;
}

function tryStatement(c: Code, s: TryStatement, tail: boolean): string {
  const depth = `d${c.unit.counter++}`;
  let out = `const ${depth}=V.depth;try{${block(c, s.body.statements, tail)}}`;
  if (s.catches.length > 0) {
    const raw = `e${c.unit.counter++}`,
      e = `e${c.unit.counter++}`;
    let chain = '';
    for (const k of s.catches) {
      const types = k.types.length === 0 ? ['java.lang.Exception'] : k.types.map((t) => typeName(c, t));
      c.push();
      const local = declareVariable(c, k.name, 'java.lang.Object', k.span);
      chain += `${chain === '' ? '' : 'else '}if(${types.map((t) => `isA(${e},${quote(t)})`).join('||')}){let ${local.js}=${e};${block(c, k.body.statements, tail)}}`;
      c.pop();
    }
    out += `catch(${raw}){V.depth=${depth};const ${e}=caught(${raw});${chain}else throw ${e};}`;
  }
  if (s.finallyBody !== null) {
    out += `finally{const ${depth}f=V.depth;V.depth=${depth};${block(c, s.finallyBody.statements, false)}V.depth=${depth}f;}`;
  }
  return `{${out}}`;
}
