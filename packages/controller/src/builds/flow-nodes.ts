/** The flow nodes of a build: what its flushes tell, later ones in place of earlier. */
import type { FlowNode } from '@millrace/pipeline';
import type { Tx } from '../store/store.ts';

export async function flowNodes(db: Tx, build: number): Promise<FlowNode[]> {
  const rows = await db.selectFrom('build_chunks').select('tree').where('build_id', '=', build).where('tree', '<>', '').orderBy('seq').execute();
  const nodes = new Map<string, FlowNode>();
  for (const { tree } of rows) for (const node of JSON.parse(tree) as FlowNode[]) nodes.set(node.id, node);
  return [...nodes.values()].sort((a, b) => Number(a.id) - Number(b.id));
}

/** The nodes that printed something. */
export async function printingNodes(db: Tx, build: number): Promise<Set<string>> {
  const rows = await db.selectFrom('build_chunks').select('records').where('build_id', '=', build).where('records', '<>', '').orderBy('seq').execute();
  const out = new Set<string>();
  for (const { records } of rows) for (const { node } of (JSON.parse(records) as { pieces: { node: string }[] }).pieces) out.add(node);
  return out;
}
