/** The flow nodes of a build: what its flushes tell, later ones in place of earlier. */
import type { FlowNode } from '@millrace/pipeline';
import type { BuildRecord } from '../logs/build-record.ts';

export async function flowNodes(record: BuildRecord): Promise<FlowNode[]> {
  const nodes = new Map<string, FlowNode>();
  for await (const tree of record.trees()) for (const node of JSON.parse(tree) as FlowNode[]) nodes.set(node.id, node);
  return [...nodes.values()].sort((a, b) => Number(a.id) - Number(b.id));
}
