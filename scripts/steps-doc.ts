/**
 * docs/steps.md out of the registry of steps. `npm run docs:steps` writes it; `npm run check` compares it.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import type { AnyStep } from '@millrace/pipeline';
import { STEPS } from '@millrace/pipeline';

export const STEPS_DOC = 'docs/steps.md';

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly positional?: boolean;
  readonly values?: readonly string[];
  readonly help?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  int: 'whole number',
  long: 'whole number',
  stringList: 'list of texts',
  list: 'list',
  map: 'map',
  described: 'describable',
  closure: 'closure',
  any: 'any value',
};

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function rowOf(param: Parameter): string {
  const given =
    param.required === true ? 'required' : param.default === undefined || param.default === null || param.default === '' ? '' : `\`${String(param.default)}\``;
  const words = param.values === undefined ? '' : `One of ${param.values.map((v) => `\`${v}\``).join(', ')}.`;
  return `| \`${param.name}\`${param.positional === true ? ' *' : ''} | ${TYPES[param.type] ?? param.type} | ${given} | ${cell([param.help ?? '', words].filter((t) => t !== '').join(' '))} |`;
}

function sectionOf(step: AnyStep): string {
  const params = step.params as readonly Parameter[];
  const lines = [`## \`${step.name}\``, '', step.summary, ''];
  const facts: string[] = [];
  if (step.block === 'required') facts.push('Takes a block.');
  if (step.block === 'optional') facts.push('May take a block.');
  if (step.needs?.includes('workspace') === true) facts.push('Needs a workspace: inside `node`.');
  else if (step.needs?.includes('node') === true) facts.push('Needs a `node` around.');
  if (facts.length > 0) lines.push(facts.join(' '), '');
  if (params.length > 0) lines.push('| argument | type | default | |', '| --- | --- | --- | --- |', ...params.map(rowOf), '');
  return lines.join('\n');
}

export function stepsDocument(): string {
  const steps = [...STEPS]
    .filter((step, i) => STEPS.findIndex((other) => other.name === step.name) === i)
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return [
    '# Steps',
    '',
    `The ${steps.length} steps of a pipeline. This page is made from the registry in packages/pipeline/src/steps by \`npm run docs:steps\`.`,
    '',
    "Arguments may be named (`sh script: 'make'`), given as a map, or left unnamed where there is one alone: it goes to the argument with `*`, else to the only required one.",
    '',
    steps.map((step) => `[${step.name}](#${step.name.toLowerCase()})`).join(' · '),
    '',
    ...steps.map(sectionOf),
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--write')) writeFileSync(STEPS_DOC, stepsDocument());
  else process.stdout.write(stepsDocument());
}
