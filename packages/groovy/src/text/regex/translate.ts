/**
 * The fast way: patterns whose meaning is the same in JavaScript's regular expressions, where V8 compiles them to
 * machine code. Left out is all that differs or could differ: groups within loops (JavaScript empties them each round),
 * back references, possessive quantifiers, cases beyond ASCII; and all that could take more than polynomial time, since
 * V8 counts no steps. `\b` and `(?i)` are the same on ASCII texts only. Texts with surrogates go the other way always,
 * since the two disagree about what a character is.
 */
import type { CharSet } from './charset.ts';
import { measure } from './measure.ts';
import type { Node, ParsedPattern } from './syntax.ts';

export interface Translation {
  readonly source: string;
  readonly asciiOnly: boolean;
  /** A match attempt on n characters takes at most `factor` · n^`degree` steps. */
  readonly factor: number;
  readonly degree: number;
}

/** What the worst case may cost, in steps of V8's engine: a second or so. */
const COST_LIMIT = 1e9;
const FACTOR_LIMIT = 1e4;

const ANYTHING = '[^]';
const TERMINATORS = '\\n\\r\\u0085\\u2028\\u2029';

export function translate(parsed: ParsedPattern): Translation | null {
  const translator = new Translator();
  const source = translator.node(parsed.root, true);
  if (source === null || translator.factor > FACTOR_LIMIT) return null;
  return { source, asciiOnly: translator.asciiOnly, factor: translator.factor, degree: translator.degree };
}

/** Whether V8 can be trusted to come to an end soon. */
export function isAffordable(translation: Translation, length: number, search: boolean): boolean {
  const { degree, factor } = translation;
  if (degree === 0) return true;
  return factor * length ** (degree + (search ? 1 : 0)) <= COST_LIMIT;
}

class Translator {
  asciiOnly = false;
  factor = 1;
  degree = 0;

  /** `last`: nothing that could fail follows, so a loop there is never taken back. */
  node(node: Node, last: boolean): string | null {
    switch (node.kind) {
      case 'empty':
        return '(?:)';
      case 'set':
        return setSource(node.set);
      case 'text': {
        if (node.fold === 2 || node.points.some((cp) => cp > 0xffff || (cp >= 0xd800 && cp <= 0xdfff))) return null;
        if (node.fold === 0) return node.points.map(unit).join('');
        return node.points
          .map((cp) => {
            const c = String.fromCharCode(cp);
            return cp < 0x80 && c.toLowerCase() !== c.toUpperCase() ? `[${c.toLowerCase()}${c.toUpperCase()}]` : unit(cp);
          })
          .join('');
      }
      case 'sequence': {
        let source = '';
        for (let i = 0; i < node.items.length; i++) {
          const part = this.node(node.items[i] as Node, last && i === node.items.length - 1);
          if (part === null) return null;
          source += part;
        }
        return source;
      }
      case 'choice': {
        this.factor *= node.options.length;
        const parts: string[] = [];
        for (const option of node.options) {
          const part = this.node(option, last);
          if (part === null) return null;
          parts.push(part);
        }
        return `(?:${parts.join('|')})`;
      }
      case 'group': {
        const body = this.node(node.body, last);
        return body === null ? null : `(${node.index === 0 ? '?:' : ''}${body})`;
      }
      case 'repeat':
        return this.repeat(node, last);
      case 'look': {
        if (capturesIn(node.body) || (node.behind && !isFixed(node.body))) return null;
        const body = this.node(node.body, false);
        return body === null ? null : `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${body})`;
      }
      case 'anchor':
        switch (node.at) {
          case 'inputStart':
            return '^';
          case 'inputEnd':
            return `(?!${ANYTHING})`;
          case 'finalEnd':
            return `(?=(?:\\r\\n|(?<!\\r)\\n|[\\r\\u0085\\u2028\\u2029])?(?!${ANYTHING}))`;
          case 'unixFinalEnd':
            return `(?=\\n?(?!${ANYTHING}))`;
          case 'lineStart':
            return `(?:(?<!${ANYTHING})|(?<=[\\n\\u0085\\u2028\\u2029]|\\r(?!\\n)))(?=${ANYTHING})`;
          case 'unixLineStart':
            return `(?:(?<!${ANYTHING})|(?<=\\n))(?=${ANYTHING})`;
          case 'lineEnd':
            return `(?:(?!${ANYTHING})|(?<!\\r)(?=\\n)|(?=[${TERMINATORS.slice(2)}]))`;
          case 'unixLineEnd':
            return `(?:(?!${ANYTHING})|(?=\\n))`;
          case 'wordBoundary':
            this.asciiOnly = true;
            return '\\b';
          case 'notWordBoundary':
            this.asciiOnly = true;
            return '\\B';
          default:
            return null;
        }
      case 'lineBreak':
        return `(?:\\r\\n|[\\n\\x0b\\f\\r\\u0085\\u2028\\u2029])`;
      case 'atomic':
      case 'reference':
      case 'grapheme':
        return null;
    }
  }

  private repeat(node: Node & { readonly kind: 'repeat' }, last: boolean): string | null {
    const { body, min, max } = node;
    if (node.mode === 'possessive') return null;
    const isOption = min === 0 && max === 1;
    if (body.kind !== 'set') {
      if (body.kind !== 'group') return null;
      // A loop over anything that can match in several ways, or match nothing, may take for ever.
      if (!isFixed(body.body) || capturesIn(body.body)) {
        // JavaScript gives up a round that matches nothing.
        if (!isOption || capturesIn(body) || measure(body).min === 0) return null;
      }
    }
    const source = this.node(body, last && (isOption || body.kind === 'set'));
    if (source === null) return null;
    if (max > 65535 && max !== Infinity) return null;
    if (isOption) this.factor *= 2;
    else if (max === Infinity) {
      if (!last) this.degree++;
    } else if (max !== min) this.factor *= max - min + 1;
    const counts = isOption ? '?' : max !== Infinity ? `{${min},${max}}` : min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
    return `${source}${counts}${node.mode === 'lazy' ? '?' : ''}`;
  }
}

/** Always matches the same number of characters (one or more), and in one way. */
function isFixed(node: Node): boolean {
  switch (node.kind) {
    case 'set':
    case 'text':
      return true;
    case 'group':
      return isFixed(node.body);
    case 'sequence':
      return node.items.every(isFixed);
    default:
      return false;
  }
}

function capturesIn(node: Node): boolean {
  switch (node.kind) {
    case 'group':
      return node.index > 0 || capturesIn(node.body);
    case 'sequence':
      return node.items.some(capturesIn);
    case 'choice':
      return node.options.some(capturesIn);
    case 'repeat':
    case 'look':
    case 'atomic':
      return capturesIn(node.body);
    default:
      return false;
  }
}

const unit = (cp: number): string => `\\u${cp.toString(16).padStart(4, '0')}`;

function setSource(set: CharSet): string | null {
  const { ranges } = set;
  if (ranges === null) return null;
  if (ranges.length === 2 && ranges[0] === ranges[1] && (ranges[0] as number) <= 0xffff) return unit(ranges[0] as number);
  let source = '';
  for (let i = 0; i < ranges.length; i += 2) {
    const first = ranges[i] as number,
      end = Math.min(ranges[i + 1] as number, 0xffff);
    if (first > 0xffff) continue;
    source += first === end ? unit(first) : `${unit(first)}-${unit(end)}`;
  }
  return `[${source}]`;
}
