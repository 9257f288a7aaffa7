/**
 * The may-import table of the rooms (docs/architecture.md), and no import cycles between files. Imports of types
 * alone leave no trace at run time and may go in circles; between rooms they count like any other.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  groovy: [],
  protocol: [],
  pipeline: ['groovy'],
  agent: ['protocol'],
  controller: ['pipeline', 'protocol'],
  web: ['protocol'],
  cli: ['groovy', 'pipeline', 'protocol', 'agent', 'controller'],
};
/** Rooms that are pure: no module of Node's own. Tests may use them. */
const PURE = new Set(['groovy', 'protocol']);
/** npm libraries that pure rooms may use. */
const PURE_LIBRARIES: Readonly<Record<string, readonly string[]>> = { groovy: [], protocol: ['zod'] };

/** A server's own thread holds no engine, for its memory (docs/adr/0005-bundle-for-the-start.md). */
const ENGINE = new Set(['@millrace/pipeline', '@millrace/groovy']);
const IN_THREADS = 'packages/controller/src/builds/worker/';

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

export function importsOf(source: string): Import[] {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ' '));
  const out: Import[] = [];
  for (const m of text.matchAll(IMPORT)) out.push({ target: m[2] as string, typeOnly: m[1] !== undefined, lazy: false });
  for (const m of text.matchAll(DYNAMIC)) out.push({ target: m[1] as string, typeOnly: false, lazy: true });
  return out;
}

export function checkImports(): string[] {
  const problems: string[] = [];
  const graph = new Map<string, string[]>();
  for (const file of globSync('packages/*/src/**/*.{ts,tsx}').sort()) {
    const room = file.split('/')[1] as string;
    const allowed = MAY_IMPORT[room];
    if (allowed === undefined) {
      problems.push(`${file}: the room ${room} is not in the table`);
      continue;
    }
    const isTest = file.endsWith('.test.ts') || file.includes('/testing/');
    const edges: string[] = [];
    for (const { target, typeOnly, lazy } of importsOf(readFileSync(file, 'utf8'))) {
      if (target.startsWith('.')) {
        const to = path.normalize(path.join(path.dirname(file), target));
        if (!to.startsWith(`packages/${room}/`)) problems.push(`${file}: ${target} leaves the package`);
        if (!typeOnly && !lazy) edges.push(to);
      } else if (target.startsWith('@millrace/')) {
        const other = target.split('/')[1] as string;
        if (other !== room && !allowed.includes(other)) problems.push(`${file}: ${room} may not import ${other}`);
        if (ENGINE.has(target) && room === 'controller' && !isTest && !typeOnly && !file.startsWith(IN_THREADS))
          problems.push(`${file}: the engine is in the threads of builds (${IN_THREADS}) alone; import from @millrace/pipeline/job what needs none`);
      } else if (!isTest && PURE.has(room)) {
        if (target.startsWith('node:') || !(PURE_LIBRARIES[room] ?? []).includes(target))
          problems.push(`${file}: ${room} is pure and may not import ${target}`);
      }
    }
    graph.set(file, edges);
  }
  for (const cycle of cycles(graph)) problems.push(`import cycle: ${cycle.join(' -> ')}`);
  return problems;
}

/** One cycle for each strongly connected group of files. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const stack: string[] = [];
  const visit = (file: string): void => {
    state.set(file, 'open');
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      const s = state.get(next);
      if (s === 'open') found.push([...stack.slice(stack.indexOf(next)), next]);
      else if (s === undefined && graph.has(next)) visit(next);
    }
    stack.pop();
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return found;
}
