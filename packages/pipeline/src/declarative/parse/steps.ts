/** Steps, `post` and `when`. */
import type { ClosureExpression, Statement } from '@millrace/groovy/syntax';
import { soleParameter } from '../descriptors.ts';
import { parser as say } from '../messages.ts';
import type { ArgumentList, Branch, CodeBlock, Post, Step, When, WhenCondition, WhenContent } from '../model.ts';
import { matchBlock, matchCall, place, placeOfCode, statementsOf } from './match.ts';
import type { Reader } from './reader.ts';
import { parseArgumentList, parseBoolean } from './values.ts';

export function parseBranch(r: Reader, name: string, closure: ClosureExpression): Branch {
  return { at: placeOfCode(closure), name, steps: statementsOf(closure).map((s) => parseStep(r, s)), closure };
}

export function parseStep(r: Reader, statement: Statement): Step {
  const at = place(statement);
  const call = matchCall(statement);
  if (call === null) {
    r.error(at, say.expectedStep());
    return { kind: 'Step', at, name: null, args: null, statement };
  }
  const name = r.callName(call);
  if (name === 'script' || name === 'expression') return parseCodeBlock(r, statement, name);
  const block = matchBlock(statement);
  if (block !== null) {
    const args = parseArgumentList(r, call.args.slice(0, -1));
    return { kind: 'TreeStep', at, name, args, children: statementsOf(block.body).map((s) => parseStep(r, s)), statement };
  }
  return { kind: 'Step', at, name, args: namedArgument(r, name, at, parseArgumentList(r, call.args)), statement };
}

/** One unnamed argument stands for the sole required parameter of a step without a body. */
function namedArgument(r: Reader, step: string, at: Step['at'], args: ArgumentList): ArgumentList {
  if (args.kind !== 'Single') return args;
  const descriptor = r.descriptors.step(step);
  const model = descriptor ?? r.descriptors.describable(step);
  const sole = model === null ? null : soleParameter(model);
  if (sole === null || descriptor?.takesBody === true) return args;
  return { kind: 'Named', entries: [{ key: { at, name: sole.name }, value: args.value }] };
}

function parseCodeBlock(r: Reader, statement: Statement, name: CodeBlock['name']): CodeBlock {
  const closure = matchBlock(statement)?.body ?? null;
  if (closure === null) r.error(place(statement), say.stepWithoutBlock(name === 'script' ? 'Script' : 'When'));
  return { kind: 'CodeBlock', at: place(statement), name, closure, statement };
}

export function parsePost(r: Reader, statement: Statement): Post {
  const post: Post = { at: place(statement), conditions: [] };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(post.at, say.expectedBlock());
    return post;
  }
  for (const s of statementsOf(block.body)) {
    const condition = matchBlock(s);
    if (condition === null) r.error(place(s), say.invalidPostContent(r.descriptors.postConditions()));
    else post.conditions.push({ at: place(s), condition: condition.name, branch: parseBranch(r, 'default', condition.body) });
  }
  return post;
}

export function parseWhen(r: Reader, statement: Statement): When {
  const when: When = { at: place(statement), conditions: [], beforeAgent: null, beforeInput: null, beforeOptions: null };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(when.at, say.expectedBlockFor('when'));
    return when;
  }
  for (const s of statementsOf(block.body)) {
    const call = matchCall(s);
    if (call === null) {
      r.error(when.at, say.expectedWhen());
      continue;
    }
    const name = r.callName(call);
    if (name === 'beforeAgent' || name === 'beforeInput' || name === 'beforeOptions') when[name] = parseBoolean(r, call);
    else when.conditions.push(parseWhenContent(r, s));
  }
  return when;
}

function parseWhenContent(r: Reader, statement: Statement): WhenContent {
  const call = matchCall(statement);
  const condition: WhenCondition = { kind: 'WhenCondition', at: place(statement), name: null, args: null, children: [], call };
  if (call === null) {
    r.error(condition.at, say.expectedWhen());
    return condition;
  }
  const name = r.callName(call);
  if (name === 'expression') return parseCodeBlock(r, statement, name);
  condition.name = name;
  const block = matchBlock(statement);
  if (block === null) condition.args = parseArgumentList(r, call.args);
  else {
    if (call.args.length > 1) condition.args = parseArgumentList(r, call.args.slice(0, -1));
    condition.children = statementsOf(block.body).map((s) => parseWhenContent(r, s));
  }
  return condition;
}
