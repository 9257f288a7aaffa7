/** `matrix { axes { … } excludes { … } stages { … } }` */
import type { Statement } from '@millrace/groovy/syntax';
import { parser as say } from '../messages.ts';
import type { Axes, Axis, Exclude, Excludes, Matrix, Stages } from '../model.ts';
import { matchBlock, matchCall, place, statementsOf } from './match.ts';
import type { Reader } from './reader.ts';
import { noParts, parseStagePart } from './stage-parts.ts';
import { parseMethodCall } from './values.ts';

/** `parseStages` is handed in: stages hold matrices, which hold stages. */
export function parseMatrix(r: Reader, statement: Statement, parseStages: (r: Reader, s: Statement, kind: 'stages') => Stages): Matrix {
  const matrix: Matrix = { at: place(statement), axes: null, excludes: null, stages: null, ...noParts() };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(matrix.at, say.expectedBlockFor('matrix'));
    return matrix;
  }
  const seen = new Set<string>();
  for (const s of statementsOf(block.body)) {
    const call = matchCall(s);
    if (call === null) {
      r.error(place(s), say.invalidSection(r.text(statement)));
      continue;
    }
    const name = r.callName(call);
    if (seen.has(name)) r.error(place(s), say.multipleOfSection(name));
    seen.add(name);
    if (name === 'axes') matrix.axes = parseAxes(r, s);
    else if (name === 'excludes') matrix.excludes = parseExcludes(r, s);
    else if (name === 'stages') matrix.stages = parseStages(r, s, 'stages');
    else if (!parseStagePart(r, matrix, name, s)) r.error(place(s), say.undefinedSection(name));
  }
  return matrix;
}

function parseAxes(r: Reader, statement: Statement): Axes {
  return { at: place(statement), axes: parseList(r, statement, 'axes', (s) => parseAxis(r, s, false)) };
}

function parseExcludes(r: Reader, statement: Statement): Excludes {
  return { at: place(statement), excludes: parseList(r, statement, 'excludes', (s) => parseExclude(r, s)) };
}

function parseExclude(r: Reader, statement: Statement): Exclude {
  return { at: place(statement), axes: parseList(r, statement, 'exclude', (s) => parseAxis(r, s, true)) };
}

function parseList<T>(r: Reader, statement: Statement, name: string, parse: (s: Statement) => T): T[] {
  const block = matchBlock(statement);
  if (block !== null) return statementsOf(block.body).map(parse);
  r.error(place(statement), say.expectedBlockFor(name));
  return [];
}

function parseAxis(r: Reader, statement: Statement, ofExclude: boolean): Axis {
  const axis: Axis = { at: place(statement), name: null, values: [], inverse: false };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(axis.at, say.expectedBlockFor('axis'));
    return axis;
  }
  const seen = new Set<string>();
  for (const s of statementsOf(block.body)) {
    const at = place(s);
    const call = matchCall(s);
    if (call === null) {
      r.error(at, say.invalidSection(r.text(statement)));
      continue;
    }
    const method = parseMethodCall(r, call);
    const name = method.name!;
    if (seen.has(name)) r.error(at, say.multipleOfSection(name));
    seen.add(name);
    if (name === 'name') {
      const arg = call.args[0];
      if (arg === undefined) r.error(at, say.noArgumentForField('name'));
      else if (call.args.length > 1) r.error(at, say.tooManyArgumentsForField('name'));
      else axis.name = { at: place(arg), name: r.stringOrEmpty(arg) };
    } else if (name === 'values' || (name === 'notValues' && ofExclude)) {
      if (ofExclude && seen.has(name === 'values' ? 'notValues' : 'values')) r.error(at, say.valuesOrNotValues());
      if (name === 'notValues') axis.inverse = true;
      axis.values.push(...method.args);
    } else r.error(at, say.undefinedSection(name));
  }
  return axis;
}
