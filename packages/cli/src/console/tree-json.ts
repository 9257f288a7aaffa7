/** The tree of a build as data: what `--json` writes. */
import type { FlowNode, LogRecord, PipelineRun } from '@millrace/pipeline';

interface JsonNode {
  [name: string]: unknown;
  children?: JsonNode[];
}

export function treeJson(build: PipelineRun, result: string, endedAt: number, records: readonly LogRecord[]): unknown {
  const ranges = new Map<string, [number, number][]>();
  let at = 0;
  for (const { node, length } of records) {
    const list = ranges.get(node) ?? [];
    const last = list.at(-1);
    if (last !== undefined && last[1] === at) last[1] = at + length;
    else list.push([at, at + length]);
    ranges.set(node, list);
    at += length;
  }
  const made = new Map<string, JsonNode>();
  const top: JsonNode[] = [];
  for (const node of build.tree.nodes) {
    if (node.kind === 'body-end' || node.kind === 'block-end' || node.kind === 'start' || node.kind === 'end') continue;
    const json = jsonOf(node, ranges.get(node.id) ?? []);
    made.set(node.id, json);
    const parent = node.parent === null ? undefined : made.get(node.parent);
    if (parent === undefined) top.push(json);
    else (parent.children ??= []).push(json);
  }
  const { job, number, startedAt } = build.facts;
  return { job, number, result, startedAt, endedAt, durationMs: endedAt - startedAt, nodes: top };
}

function jsonOf(node: FlowNode, log: readonly (readonly [number, number])[]): JsonNode {
  return {
    id: node.id,
    kind: node.kind,
    step: node.step,
    ...(node.label === null ? {} : { label: node.label }),
    state: node.state,
    startedAt: node.startedAt,
    endedAt: node.endedAt,
    ...(node.error === null ? {} : { error: node.error }),
    ...(node.mark === null ? {} : { mark: node.mark }),
    ...(node.facts === null ? {} : { facts: node.facts }),
    log,
  };
}
