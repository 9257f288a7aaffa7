/**
 * What java.util.regex finds out about a part of a pattern before matching: how long its matches are, and whether it
 * matches in one way only ("deterministic": a group repeated by a quantifier then never goes back into a finished
 * round). The int arithmetic overflows as Java's does, for it decides which look-behinds are refused.
 */
import type { Node } from './syntax.ts';

export interface Measure { readonly min: number; readonly max: number; readonly bounded: boolean; readonly deterministic: boolean }

const INT_MAX = 0x7fffffff;
const ZERO: Measure = { min: 0, max: 0, bounded: true, deterministic: true };

/** A part that a quantifier repeats as one step, without giving up parts of a round: `a*`, `[x]{2}`, `\R+`, `(?=x)?`. */
export function isAtom(node: Node): boolean {
  return node.kind !== 'group' && node.kind !== 'sequence' && node.kind !== 'choice';
}

export function measure(node: Node): Measure {
  switch (node.kind) {
    case 'empty': case 'anchor': case 'look': return ZERO;
    case 'set': return { min: 1, max: 1, bounded: true, deterministic: true };
    case 'text': return { min: node.points.length, max: node.points.length, bounded: true, deterministic: true };
    case 'lineBreak': return { min: 1, max: 2, bounded: true, deterministic: true };
    case 'grapheme': return { min: 1, max: INT_MAX, bounded: true, deterministic: true };
    case 'reference': return { min: 0, max: 0, bounded: false, deterministic: true };
    case 'group': case 'atomic': return measure(node.body);
    case 'sequence': {
      let all = ZERO;
      for (const item of node.items) {
        const one = measure(item);
        all = { min: (all.min + one.min) | 0, max: (all.max + one.max) | 0, bounded: all.bounded && one.bounded, deterministic: all.deterministic && one.deterministic };
      }
      return all;
    }
    case 'choice': {
      const parts = node.options.map(measure);
      return {
        min: Math.min(...parts.map((p) => p.min)), max: Math.max(...parts.map((p) => p.max)),
        bounded: parts.every((p) => p.bounded), deterministic: false,
      };
    }
    case 'repeat': {
      const body = measure(node.body);
      if (node.min === 0 && node.max === 1) return { ...body, min: 0, deterministic: node.mode === 'possessive' && body.deterministic };
      const single = isAtom(node.body);
      if (!single && node.mode !== 'possessive' && !body.deterministic) return { min: Math.imul(body.min, node.min), max: 0, bounded: false, deterministic: false };
      const max = Math.imul(body.max, node.max === Infinity ? INT_MAX : node.max);
      const min = Math.imul(body.min, node.min);
      return {
        min: min < 0 ? 0x0fffffff : min, max, bounded: body.bounded && max >= 0,
        deterministic: body.deterministic && node.min === node.max,
      };
    }
  }
}
