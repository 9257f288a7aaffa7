/**
 * What java.util.regex finds out about a part of a pattern before matching: how long its matches are, and whether it
 * matches in one way only ("deterministic": a group repeated by a quantifier then never goes back into a finished
 * round). The int arithmetic overflows as Java's does, for it decides which look-behinds are refused; so the parts are
 * measured one behind the other, each beginning with what those before it add up to.
 */
import type { Node } from './syntax.ts';

export interface Measure {
  readonly min: number;
  readonly max: number;
  readonly bounded: boolean;
  readonly deterministic: boolean;
}

const INT_MAX = 0x7fffffff;
const ZERO: Measure = { min: 0, max: 0, bounded: true, deterministic: true };

/** A part that a quantifier repeats as one step, without giving up parts of a round: `a*`, `[x]{2}`, `\R+`, `(?=x)?`. */
export function isAtom(node: Node): boolean {
  return node.kind !== 'group' && node.kind !== 'sequence' && node.kind !== 'choice';
}

export function measure(node: Node, before: Measure = ZERO): Measure {
  const plus = (min: number, max: number): Measure => ({ ...before, min: (before.min + min) | 0, max: (before.max + max) | 0 });
  switch (node.kind) {
    case 'empty':
    case 'anchor':
    case 'look':
      return before;
    case 'set':
      return plus(1, 1);
    case 'text':
      return plus(node.points.length, node.points.length);
    case 'lineBreak':
      return plus(1, 2);
    // Java forgets that it has a greatest length, so none is ever found behind one.
    case 'grapheme':
      return plus(1, 0);
    case 'reference':
      return { ...before, bounded: false };
    case 'group':
    case 'atomic':
      return measure(node.body, before);
    case 'sequence':
      return node.items.reduce((all, item) => measure(item, all), before);
    case 'choice': {
      const parts = node.options.map((option) => measure(option));
      return {
        min: (before.min + parts.reduce((least, p) => Math.min(least, p.min), INT_MAX)) | 0,
        max: (before.max + parts.reduce((most, p) => Math.max(most, p.max), -INT_MAX - 1)) | 0,
        bounded: before.bounded && parts.every((p) => p.bounded),
        deterministic: false,
      };
    }
    case 'repeat':
      return measureRepeat(node, before);
  }
}

function measureRepeat(node: Node & { readonly kind: 'repeat' }, before: Measure): Measure {
  if (node.min === 0 && node.max === 1) return { ...measure(node.body, before), min: before.min, deterministic: false };
  if (node.body.kind === 'set' && node.mode === 'greedy' && node.max === Infinity && node.min <= 1) {
    return { min: before.min + node.min, max: before.bounded ? (before.max + INT_MAX) | 0 : before.max, bounded: before.bounded, deterministic: false };
  }
  const body = measure(node.body);
  if (!isAtom(node.body) && node.mode !== 'possessive' && !body.deterministic) return { ...before, bounded: false, deterministic: false };
  const min = (Math.imul(body.min, node.min) + before.min) | 0;
  const max = (Math.imul(body.max, node.max === Infinity ? INT_MAX : node.max) + before.max) | 0;
  return {
    min: min < before.min ? 0x0fffffff : min,
    max,
    bounded: before.bounded && body.bounded && max >= before.max,
    deterministic: before.deterministic && body.deterministic && node.min === node.max,
  };
}
