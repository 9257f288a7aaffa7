/** Finds the `pipeline { … }` block of a file and reads it. */
import type { CompilationUnit, Statement } from '@millrace/groovy/syntax';
import { parser as say } from '../messages.ts';
import type { PipelineModel } from '../model.ts';
import { parseAgent, parseLibraries, parseOptions, parseParameters, parseTools, parseTriggers } from './directives.ts';
import { parseEnvironment } from './environment.ts';
import { type BlockMatch, matchBlock, matchCall, matchCallName, place, statementsOf } from './match.ts';
import type { Reader } from './reader.ts';
import { parseStages } from './stages.ts';
import { parsePost } from './steps.ts';

/**
 * The pipelines of a file: the first `pipeline { … }` among the script's own statements, or those that look like one
 * (`agent` and `stages` inside) anywhere in a method `call` (shared libraries). Empty where the file is no Declarative
 * Pipeline; a `pipeline` block inside another block is reported then.
 */
export function parsePipelines(r: Reader, unit: CompilationUnit): PipelineModel[] {
  const top = unit.statements.map(matchPipeline).find((b) => b !== null);
  if (top) return [parsePipeline(r, top)];
  const call = unit.methods.find((m) => m.name === 'call');
  if (call?.body) {
    const found: BlockMatch[] = [];
    findPipelines(call.body, found);
    if (found.length > 0) return found.map((b) => parsePipeline(r, b));
  }
  for (const s of unit.statements) reportNested(r, s);
  return [];
}

function matchPipeline(statement: Statement): BlockMatch | null {
  const block = matchBlock(statement);
  return block?.name === 'pipeline' && block.call.args.length === 1 ? block : null;
}

/** Every statement below a node, in source order, that is a `pipeline` with an agent and stages. */
function findPipelines(node: unknown, found: BlockMatch[]): void {
  if (Array.isArray(node)) {
    for (const part of node) findPipelines(part, found);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  if ((node as { kind?: string }).kind === 'ExpressionStatement') {
    const block = matchPipeline(node as Statement);
    if (block !== null && hasCall(block, 'agent') && hasCall(block, 'stages')) {
      found.push(block);
      return;
    }
  }
  for (const [key, part] of Object.entries(node)) if (key !== 'span') findPipelines(part, found);
}

function hasCall(block: BlockMatch, name: string): boolean {
  return statementsOf(block.body).some((s) => {
    const call = matchCall(s);
    return call !== null && matchCallName(call) === name;
  });
}

function reportNested(r: Reader, statement: Statement): void {
  const block = matchBlock(statement);
  if (block === null) return;
  if (block.name === 'pipeline') r.error(place(statement), say.pipelineNotAtTop());
  for (const s of statementsOf(block.body)) reportNested(r, s);
}

function parsePipeline(r: Reader, block: BlockMatch): PipelineModel {
  const model: PipelineModel = {
    at: place(block.call),
    call: block.call,
    stages: null,
    post: null,
    environment: null,
    agent: null,
    tools: null,
    options: null,
    parameters: null,
    triggers: null,
    libraries: null,
  };
  const seen = new Set<string>();
  for (const s of statementsOf(block.body)) {
    const call = matchCall(s);
    if (call === null) {
      r.error(place(s), say.invalidSection(r.text(s)));
      continue;
    }
    const name = r.callName(call);
    if (seen.has(name)) r.error(place(s), say.multipleOfSection(name));
    seen.add(name);
    parseSection(r, model, name, s);
  }
  return model;
}

function parseSection(r: Reader, model: PipelineModel, name: string, s: Statement): void {
  switch (name) {
    case 'stages':
      model.stages = parseStages(r, s, 'stages');
      break;
    case 'environment':
      model.environment = parseEnvironment(r, s);
      break;
    case 'post':
      model.post = parsePost(r, s);
      break;
    case 'agent':
      model.agent = parseAgent(r, s);
      break;
    case 'tools':
      model.tools = parseTools(r, s);
      break;
    case 'options':
      model.options = parseOptions(r, s, false);
      break;
    case 'parameters':
      model.parameters = parseParameters(r, s);
      break;
    case 'triggers':
      model.triggers = parseTriggers(r, s);
      break;
    case 'libraries':
      model.libraries = parseLibraries(r, s);
      break;
    case 'properties':
      r.error(place(s), say.renamedProperties());
      break;
    case 'wrappers':
      r.error(place(s), say.removedWrappers());
      break;
    case 'jobProperties':
      r.error(place(s), say.renamedJobProperties());
      break;
    case 'notifications':
      r.error(place(s), say.renamedNotifications());
      break;
    case 'postBuild':
      r.error(place(s), say.renamedPostBuild());
      break;
    default:
      r.error(place(s), say.undefinedSection(name));
  }
}
