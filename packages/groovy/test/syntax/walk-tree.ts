/** Visits every node of a tree, each with the node around it. */
import type { CompilationUnit, Node } from '../../src/syntax/ast.ts';

export function walk(unit: CompilationUnit, visit: (node: Node, parent: Node) => void): void {
  inside(unit, unit, visit);
}

function inside(value: object, parent: Node, visit: (node: Node, parent: Node) => void): void {
  for (const [key, child] of Object.entries(value)) {
    if (key === 'span' || key === 'opSpan' || key === 'nameSpan' || typeof child !== 'object' || child === null) continue;
    if (!('kind' in child)) {
      inside(child, parent, visit);
      continue;
    }
    visit(child as Node, parent);
    inside(child, child as Node, visit);
  }
}
