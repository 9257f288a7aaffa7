/**
 * As much of Groovy as the tests of Declarative need: it walks the tree of a prepared file, calls steps, and hands
 * `pipeline(…)` to `runPipeline`. So these tests need no evaluator, only the syntax.
 */

import type { Computation, Value } from '@millrace/groovy';
import { JavaList, JavaMap, JavaThrowable, NativeClosure, PENDING } from '@millrace/groovy';
import type { BlockStatement, CompilationUnit, Expression, MethodCallExpression, Statement } from '@millrace/groovy/syntax';
import type { StepCalls } from '../../../engine/call-step.ts';
import type { Execution } from '../../../engine/execution.ts';
import { buildVariables } from '../../../environment/build-variables.ts';
import { EngineContext, SHARED } from '../engine-context.ts';
import { runPipeline } from '../pipeline.ts';

type Variables = { readonly values: Map<string, Value>; readonly outer: Variables | null };
/** Thrown by `return`. */
class Returned {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export class MiniGroovy {
  private readonly unit: CompilationUnit;
  private readonly execution: Execution;
  private readonly calls: StepCalls;
  private readonly globals: Variables = { values: new Map(), outer: null };

  constructor(unit: CompilationUnit, execution: Execution, calls: StepCalls) {
    this.unit = unit;
    this.execution = execution;
    this.calls = calls;
  }

  *run(): Computation {
    return yield* this.block(this.unit.statements, this.globals);
  }

  private *block(statements: readonly Statement[], scope: Variables): Computation {
    let last: Value = null;
    for (const s of statements) last = yield* this.statement(s, scope);
    return last;
  }

  private *statement(s: Statement, scope: Variables): Computation {
    switch (s.kind) {
      case 'ExpressionStatement':
        return yield* this.value(s.expression, scope);
      case 'Return':
        throw new Returned(s.value === null ? null : yield* this.value(s.value, scope));
      case 'VariableDeclaration':
        for (const v of s.variables) scope.values.set(v.name, v.init === null ? null : yield* this.value(v.init, scope));
        return null;
      case 'If': {
        const test = this.truth(yield* this.value(s.test, scope));
        const branch = test ? s.then : s.otherwise;
        return branch === null ? null : yield* this.statement(branch, scope);
      }
      case 'Block':
        return yield* this.block(s.statements, { values: new Map(), outer: scope });
      case 'Try':
        return yield* this.attempt(s, scope);
      case 'Empty':
        return null;
      default:
        throw new Error(`mini Groovy has no ${s.kind}`);
    }
  }

  private *attempt(s: Extract<Statement, { kind: 'Try' }>, scope: Variables): Computation {
    try {
      return yield* this.statement(s.body, scope);
    } catch (e) {
      const clause = s.catches[0];
      if (!(e instanceof JavaThrowable) || clause === undefined) throw e;
      if (clause.types.length > 0 && clause.types[0]!.name !== e.typeName) throw e;
      return yield* this.statement(clause.body, { values: new Map([[clause.name, e]]), outer: scope });
    }
  }

  private truth(value: Value): boolean {
    return value !== null && value !== false && value !== '' && value !== 0;
  }
  private text(value: Value): string {
    return value === null ? 'null' : String(value);
  }

  private *value(e: Expression, scope: Variables): Computation {
    switch (e.kind) {
      case 'Constant':
        return e.value as Value;
      case 'GString': {
        let text = e.strings[0]!;
        for (const [i, part] of e.values.entries()) text += this.text(yield* this.value(part, scope)) + e.strings[i + 1]!;
        return text;
      }
      case 'Variable':
        return this.variable(e.name, scope);
      case 'Property':
        return this.property(yield* this.value(e.object, scope), String((e.name as { value?: unknown }).value));
      case 'Index':
        return (yield* this.value(e.object, scope) as Computation<JavaMap>).get(this.execution.rt, yield* this.value(e.args[0]!, scope));
      case 'List': {
        const items: Value[] = [];
        for (const item of e.elements) items.push(yield* this.value(item, scope));
        return new JavaList(items);
      }
      case 'Map': {
        const map = new JavaMap();
        for (const { key, value } of e.entries) map.put(this.execution.rt, yield* this.value(key!, scope), yield* this.value(value, scope));
        return map;
      }
      case 'Closure':
        return this.closure(e.body, e.parameters?.map((p) => p.name) ?? ['it'], scope);
      case 'Binary': {
        const left = yield* this.value(e.left, scope);
        const right = yield* this.value(e.right, scope);
        if (e.op === '+') return typeof left === 'number' && typeof right === 'number' ? left + right : this.text(left) + this.text(right);
        if (e.op === '==') return left === right;
        return e.op === '!=' ? left !== right : (left as number) > (right as number);
      }
      case 'Unary':
        return !this.truth(yield* this.value(e.operand, scope));
      case 'Assignment':
        return yield* this.assign(e.target, yield* this.value(e.value, scope), scope);
      case 'MethodCall':
        return yield* this.methodCall(e, scope);
      default:
        throw new Error(`mini Groovy has no ${e.kind}`);
    }
  }

  private variable(name: string, scope: Variables): Value {
    for (let s: Variables | null = scope; s !== null; s = s.outer) if (s.values.has(name)) return s.values.get(name)!;
    if (name === 'env' || name === 'params' || name === 'currentBuild' || name === 'scm') return `\0${name}`;
    const variables = this.env();
    if (Object.hasOwn(variables, name)) return variables[name]!;
    throw new JavaThrowable('groovy.lang.MissingPropertyException', `No such property: ${name} for class: WorkflowScript`);
  }
  private env(): Record<string, string> {
    return buildVariables(this.execution.facts, this.execution.variables, this.execution.thread.scope);
  }

  private property(object: Value, name: string): Value {
    if (object === '\0env') return this.env()[name] ?? null;
    if (object === '\0params') return (this.execution.shared.get(SHARED.parameters) as Map<string, Value> | undefined)?.get(name) ?? null;
    if (object === '\0currentBuild') return name === 'currentResult' ? (this.execution.result ?? 'SUCCESS') : this.execution.result;
    return (object as JavaMap).get(this.execution.rt, name);
  }

  private *assign(target: Expression, value: Value, scope: Variables): Computation {
    if (target.kind === 'Index')
      (yield* this.value(target.object, scope) as Computation<JavaMap>).put(this.execution.rt, yield* this.value(target.args[0]!, scope), value);
    else if (target.kind === 'Variable') this.globals.values.set(target.name, value);
    else if (target.kind === 'Property' && target.object.kind === 'Variable') {
      if (target.object.name === 'env') this.execution.variables[String((target.name as { value?: unknown }).value)] = this.text(value);
      else this.execution.worsen(value as 'FAILURE');
    }
    return value;
  }

  private closure(body: BlockStatement, parameters: readonly string[], scope: Variables): NativeClosure {
    const self = this;
    return new NativeClosure(parameters.length, function* (args): Computation {
      try {
        return yield* self.block(body.statements, { values: new Map(parameters.map((p, i): [string, Value] => [p, args[i] ?? null])), outer: scope });
      } catch (e) {
        if (e instanceof Returned) return e.value;
        throw e;
      }
    });
  }

  private *methodCall(e: MethodCallExpression, scope: Variables): Computation {
    const args: Value[] = [];
    for (const arg of e.args) args.push(yield* this.value(arg, scope));
    const name = String((e.name as { value?: unknown }).value);
    if (e.object !== null) {
      const object = yield* this.value(e.object, scope);
      if (name === 'call') return yield* this.call(object, args);
      throw new Error(`mini Groovy has no method ${name}`);
    }
    if (name === 'pipeline') return yield* runPipeline(new EngineContext(this.execution, this.calls), args[0] as string, (args[1] as JavaList).items);
    if (name === 'script') return yield* this.call(args[0]!, []);
    const method = this.unit.methods.find((m) => m.name === name);
    if (method?.body)
      return yield* this.call(
        this.closure(
          method.body,
          method.parameters.map((p) => p.name),
          this.globals,
        ),
        args,
      );
    if (this.calls.has(name)) return yield* this.calls.callAsScript(name, args);
    throw new JavaThrowable('java.lang.NoSuchMethodError', `No such DSL method '${name}' found among steps`);
  }

  private *call(closure: Value, args: readonly Value[]): Computation {
    const r = this.execution.rt.call(closure, args);
    return r === PENDING ? yield* this.execution.rt.take() : (r as Value);
  }
}
