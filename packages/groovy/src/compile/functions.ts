/** Functions of the generated code: bodies of methods and closures, in their suspending and their plain form. */

import type { ClosureInfo } from '../runtime/closure.ts';
import type { BlockStatement, ClosureExpression, Parameter } from '../syntax/ast.ts';
import { closureNode, DEFAULT_VALUE } from './closure-names.ts';
import { casted, constant, expression, sure, typeName } from './expressions.ts';
import { plainDeps } from './plain.ts';
import { Code } from './scope.ts';
import { block } from './statements.ts';

export interface ParameterTypes {
  readonly types: string[];
  readonly names: string[];
  /** How many must be given; defaults may be left out from the right. */
  readonly required: number;
  readonly variable: boolean;
}

export function parameterTypes(c: Code, params: readonly Parameter[]): ParameterTypes {
  const types = params.map((p) => typeName(c, p.type) + (p.varargs ? '[]' : ''));
  return {
    types,
    names: params.map((p) => p.name),
    required: params.filter((p) => p.defaultValue === null).length,
    variable: types.length > 0 && (types[types.length - 1] as string).endsWith('[]'),
  };
}

/** Declares the parameters in `c` and gives their JavaScript names and the code that fills in defaults. */
function declareParameters(c: Code, params: readonly Parameter[], types: readonly string[]): { readonly list: string[]; readonly defaults: string } {
  const list: string[] = [];
  let defaults = '';
  params.forEach((p, i) => {
    const local = c.declare(p.name, types[i] as string);
    // A parameter of type int arrives as one, but later assignments decide: `sure` holds since they are cast too.
    list.push(local.js);
    if (p.defaultValue !== null) {
      const { phase } = c;
      c.phase = DEFAULT_VALUE;
      defaults += `if(${local.js}===undefined)${local.js}=${casted(c, local.type, expression(c, p.defaultValue), sure(c, p.defaultValue))};`;
      c.phase = phase;
    }
  });
  return { list, defaults };
}

/** `function*(self, a, b){…}` or its plain form. */
export function functionText(
  c: Code,
  self: string,
  params: readonly Parameter[],
  types: readonly string[],
  body: BlockStatement,
  implicitReturn: boolean,
  before = '',
): string {
  const { list, defaults } = declareParameters(c, params, types);
  const text = before + defaults + block(c, body.statements, implicitReturn);
  const temps = ['t', ...c.tempNames].join(',');
  if (!c.gen) return `function(${[self, ...list].join(',')}){let ${temps};${text}return null}`;
  return `function*(${[self, ...list].join(',')}){let ${temps};if(++V.depth>MAX)V.overflow();if(--V.fuel<0){yield TICK;V.nextSlice()}${text}V.depth--;return null}`;
}

const IT: Parameter = {
  kind: 'Parameter',
  span: { start: 0, end: 0, line: 0, column: 0, lastLine: 0, lastColumn: 0 },
  name: 'it',
  type: null,
  defaultValue: null,
  varargs: false,
  annotations: [],
  modifiers: [],
};

export function closureFunction(c: Code, e: ClosureExpression): string {
  const { unit } = c;
  const params = e.parameters ?? [IT];
  const node = closureNode(c.node === null ? c.cls.closures : c.node.inside, e, c.closurePrefix, c.phase);
  const place = unit.places.length;
  const named = { className: '', methodName: 'doCall' };
  unit.places.push(named);
  node.places.push(named);
  const make = (gen: boolean): { code: Code; self: string } => {
    const self = `$c${unit.counter++}`;
    return {
      self,
      code: new Code({
        unit,
        cls: c.cls,
        parent: c,
        closure: self,
        isStatic: c.isStatic,
        gen,
        place,
        returns: null,
        generics: c.generics,
        closurePrefix: '',
        node,
      }),
    };
  };
  const { code, self } = make(true);
  const { types, names, required, variable } = parameterTypes(code, params);
  const gen = functionText(code, self, params, types, e.body, true);
  const deps =
    params.some((p) => p.defaultValue !== null) || c.record !== null
      ? null
      : plainDeps(e.body, {
          plainNames: unit.vm.registry.index.plainNames,
          suspendingNames: unit.vm.registry.index.suspendingNames,
          isLocal: (n) => params.some((p) => p.name === n) || c.find(n) !== null,
        });
  let plain = 'null';
  if (deps !== null) {
    const second = make(false);
    plain = functionText(second.code, second.self, params, types, e.body, true);
  }
  const info: ClosureInfo = {
    className: '',
    params: types,
    names,
    implicitIt: e.parameters === null,
    required: e.parameters === null ? 0 : required,
    variable,
    typed: types.some((t) => t !== 'java.lang.Object'),
    deps: deps ?? [],
    checkedAt: -1,
    usable: false,
  };
  node.infos.push(info);
  return `C(${constant(c, info)},${c.self},$t,${gen},${plain})`;
}
