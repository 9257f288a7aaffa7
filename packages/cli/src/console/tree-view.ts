/** `--view tree`: stages and branches with their times, drawn anew while they change; a list at the end where there is no terminal. */
import type { FlowNode, TreeEvent } from '@millrace/pipeline';

interface Row {
  readonly node: FlowNode;
  readonly depth: number;
}

export class TreeView {
  private readonly out: NodeJS.WriteStream;
  private readonly rows: Row[] = [];
  private readonly nodes = new Map<string, FlowNode>();
  private drawn = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(out: NodeJS.WriteStream) {
    this.out = out;
  }

  event({ node }: TreeEvent): void {
    this.nodes.set(node.id, node);
    if (shown(node) && !this.rows.some((r) => r.node === node)) this.insert(node);
    if (this.out.isTTY && this.timer === null)
      this.timer = setTimeout(() => {
        this.timer = null;
        this.draw();
      }, 100);
  }
  end(result: string): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.draw();
    this.out.write(`Finished: ${result}\n`);
  }

  private insert(node: FlowNode): void {
    let depth = 0,
      parent: FlowNode | null = null;
    for (let id = node.parent; id !== null; id = this.nodes.get(id)?.parent ?? null) {
      const above = this.nodes.get(id);
      if (above !== undefined && shown(above)) {
        parent ??= above;
        depth++;
      }
    }
    let at = this.rows.length;
    if (parent !== null) {
      at = this.rows.findIndex((r) => r.node === parent) + 1;
      while (at < this.rows.length && (this.rows[at] as Row).depth >= depth) at++;
    }
    this.rows.splice(at, 0, { node, depth });
  }
  private draw(): void {
    if (this.drawn > 0) this.out.write(`\u001b[${this.drawn}A`);
    for (const { node, depth } of this.rows)
      this.out.write(`${this.out.isTTY ? '\u001b[2K' : ''}${'  '.repeat(depth)}${sign(node)} ${node.label ?? node.step}  ${time(node)}\n`);
    this.drawn = this.out.isTTY ? this.rows.length : 0;
  }
}

/** Stages and branches: the labelled bodies. */
function shown(node: FlowNode): boolean {
  return node.kind === 'body' && node.label !== null;
}
function sign(node: FlowNode): string {
  switch (node.state) {
    case 'done':
      return node.mark === null ? '✔' : '!';
    case 'failed':
      return '✖';
    case 'interrupted':
      return '■';
    default:
      return '…';
  }
}
function time(node: FlowNode): string {
  return `${(((node.endedAt ?? Date.now()) - node.startedAt) / 1000).toFixed(1)} s`;
}
