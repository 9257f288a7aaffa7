/** The directives that list calls: options, triggers, parameters, tools, libraries, input; and agent. */
import type { Statement } from '@millrace/groovy/syntax';
import { parser as say } from '../messages.ts';
import type { Agent, Input, Libraries, MethodCall, Options, Parameters, Tools, Triggers } from '../model.ts';
import { matchBlock, matchCall, place, statementsOf } from './match.ts';
import type { Reader } from './reader.ts';
import { parseArgument, parseClosureMap, parseMethodCall } from './values.ts';

export function parseOptions(r: Reader, statement: Statement, inStage: boolean): Options {
  return { at: place(statement), inStage, options: parseCalls(r, statement, 'options', 'Options', say.expectedOption()) };
}
export function parseTriggers(r: Reader, statement: Statement): Triggers {
  return { at: place(statement), triggers: parseCalls(r, statement, 'triggers', 'Triggers', say.expectedTrigger()) };
}
export function parseParameters(r: Reader, statement: Statement): Parameters {
  return { at: place(statement), parameters: parseCalls(r, statement, 'parameters', 'Build parameters', say.expectedParameter()) };
}

/** A definition that can't be read stays in the list without a name: the section is not empty then. */
function parseCalls(r: Reader, statement: Statement, section: string, title: string, expected: string): MethodCall[] {
  const block = matchBlock(statement);
  if (block === null) {
    r.error(place(statement), say.expectedBlockFor(section));
    return [];
  }
  return statementsOf(block.body).map((s) => {
    const unread: MethodCall = { kind: 'MethodCall', at: place(s), name: null, args: [], expression: null };
    const call = matchCall(s);
    if (call === null) {
      const isMap = s.kind === 'ExpressionStatement' && s.expression.kind === 'Map';
      r.error(unread.at, isMap ? say.mapNotAllowed(title) : expected);
      return unread;
    }
    if (matchBlock(s) !== null) {
      r.error(unread.at, say.cannotHaveBlocks(title));
      return unread;
    }
    return { ...parseMethodCall(r, call), at: unread.at };
  });
}

export function parseTools(r: Reader, statement: Statement): Tools {
  const tools: Tools = { at: place(statement), tools: [] };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(tools.at, say.expectedBlockFor('tools'));
    return tools;
  }
  for (const s of statementsOf(block.body)) {
    const call = matchCall(s);
    if (call === null) {
      r.error(tools.at, say.expectedTool());
      continue;
    }
    const key = r.key(call.name);
    const arg = call.args[0];
    if (arg === undefined) r.error(key.at, say.noArgumentForTool(key.name));
    else if (call.args.length > 1) r.error(key.at, say.tooManyArgumentsForTool(key.name));
    else {
      const value = parseArgument(r, arg);
      const known = tools.tools.findIndex((t) => t.key.name === key.name);
      if (known >= 0) tools.tools[known] = { key: tools.tools[known]!.key, value };
      else tools.tools.push({ key, value });
    }
  }
  return tools;
}

export function parseLibraries(r: Reader, statement: Statement): Libraries {
  const libraries: Libraries = { at: place(statement), libraries: [] };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(libraries.at, say.expectedBlockFor('libraries'));
    return libraries;
  }
  for (const s of statementsOf(block.body)) {
    const call = matchCall(s);
    if (call === null || call.name.kind !== 'Constant' || call.name.value !== 'lib') r.error(libraries.at, say.expectedLibrary(r.text(s)));
    else if (matchBlock(s) !== null) r.error(place(s), say.cannotHaveBlocks('Libraries'));
    else {
      const { args } = parseMethodCall(r, call);
      const only = args[0];
      if (args.length !== 1 || only?.kind !== 'Value') r.error(place(call), say.expectedLibrary(r.text(call)));
      else libraries.libraries.push(only);
    }
  }
  return libraries;
}

export function parseInput(r: Reader, statement: Statement): Input {
  const input: Input = { at: place(statement), message: null, id: null, ok: null, submitter: null, submitterParameter: null, parameters: [] };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(input.at, say.expectedBlockFor('input'));
    return input;
  }
  const seen = new Set<string>();
  for (const s of statementsOf(block.body)) {
    const call = matchCall(s);
    if (call === null) {
      r.error(input.at, say.invalidSection(r.text(s)));
      continue;
    }
    const name = r.callName(call);
    const key = r.key(call.name);
    if (seen.has(name)) r.error(input.at, say.multipleOfSection(name));
    seen.add(name);
    const arg = call.args[0];
    if (arg === undefined) r.error(key.at, say.noArgumentForField(name));
    else if (call.args.length > 1) r.error(key.at, say.tooManyArgumentsForField(name));
    else
      switch (name) {
        case 'message':
        case 'id':
        case 'ok':
        case 'submitter':
        case 'submitterParameter':
          input[name] = parseArgument(r, arg);
          break;
        case 'parameters':
          input.parameters.push(...parseParameters(r, s).parameters);
          break;
        default:
          r.error(key.at, say.invalidInputField(name));
      }
  }
  return input;
}

export function parseAgent(r: Reader, statement: Statement): Agent {
  const agent: Agent = { at: place(statement), type: null, variables: null };
  const block = matchBlock(statement);
  if (block === null) {
    const call = matchCall(statement);
    const arg = call?.args[0];
    if (call === null) r.error(agent.at, say.expectedAgent());
    else if (arg === undefined) r.error(agent.at, say.noArgumentForAgent());
    else if (call.args.length > 1) r.error(agent.at, say.invalidAgent());
    else {
      const type = r.key(arg);
      if (r.bareAgents.has(type.name)) agent.type = type;
      else r.error(agent.at, say.invalidAgent());
    }
    return agent;
  }
  const statements = statementsOf(block.body);
  const only = statements[0];
  if (only === undefined) r.error(agent.at, say.expectedAgent());
  else if (statements.length > 1) r.error(agent.at, say.oneAgent());
  else {
    const call = matchCall(only);
    if (call === null) r.error(agent.at, say.expectedAgent());
    else {
      const type = r.key(call.name);
      agent.type = type;
      agent.variables = parseClosureMap(r, block.body).entries.find((e) => e.key.name === type.name)?.value ?? null;
      // `label { label 'x'; customWorkspace 'y' }` is what `node { … }` is.
      if (type.name === 'label' && agent.variables?.kind === 'ClosureMap') type.name = 'node';
    }
  }
  return agent;
}
