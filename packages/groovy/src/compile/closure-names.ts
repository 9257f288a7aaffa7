/**
 * Names of closures' classes as Groovy's compiler numbers them (`GeneratorContext.getNextClosureInnerName`): a class's
 * own closures first, by the methods that hold them, and then, closure by closure, those inside.
 */
import type { ClosureInfo } from '../runtime/closure.ts';
import type { ClosureExpression } from '../syntax/ast.ts';

/** Where a closure stands in its class, in the order in which Groovy writes the class. */
export const INSTANCE = 0,
  CONSTRUCTOR = 1,
  RUN = 2,
  METHOD = 3,
  DEFAULT_VALUE = 4,
  STATIC = 5;

export interface ClosureNode {
  /** `WorkflowScript$_run`, or `WorkflowScript$` outside of methods. */
  readonly prefix: string;
  readonly phase: number;
  readonly start: number;
  /** What bears the name: a closure is compiled more than once where its method is. */
  readonly infos: { -readonly [K in keyof ClosureInfo]: ClosureInfo[K] }[];
  readonly places: { className: string }[];
  readonly inside: Map<ClosureExpression, ClosureNode>;
}

export function closureNode(among: Map<ClosureExpression, ClosureNode>, e: ClosureExpression, prefix: string, phase: number): ClosureNode {
  let node = among.get(e);
  if (node === undefined) among.set(e, (node = { prefix, phase, start: e.span.start, infos: [], places: [], inside: new Map() }));
  return node;
}

export function nameClosures(ofClass: ReadonlyMap<ClosureExpression, ClosureNode>): void {
  let count = 0;
  const name = (nodes: Iterable<ClosureNode>, outer: string | null): void => {
    const list = [...nodes].sort((a, b) => a.phase - b.phase || a.start - b.start);
    const names = list.map((node) => {
      const text = `${outer === null ? node.prefix : `${outer}$`}_closure${++count}`;
      for (const info of node.infos) info.className = text;
      for (const place of node.places) place.className = text;
      return text;
    });
    list.forEach((node, i) => {
      name(node.inside.values(), names[i] as string);
    });
  };
  name(ofClass.values(), null);
}
