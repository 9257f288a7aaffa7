/** The syntax tree of a pattern, after all flags have been applied. */
import type { CharSet } from './charset.ts';
import type { Fold } from './folding.ts';

export type Anchor =
  | 'inputStart'
  | 'inputEnd'
  | 'lastMatch'
  | 'lineStart'
  | 'unixLineStart'
  /** `$` and `\Z` outside MULTILINE: the end, or before the line terminator there. */
  | 'finalEnd'
  | 'unixFinalEnd'
  | 'lineEnd'
  | 'unixLineEnd'
  | 'wordBoundary'
  | 'notWordBoundary'
  | 'unicodeWordBoundary'
  | 'notUnicodeWordBoundary'
  | 'graphemeBoundary';

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly points: readonly number[]; readonly fold: Fold }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  /** `index` 0: non-capturing. */
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  /** `max` Infinity: without bound. */
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number; readonly mode: RepeatMode }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'atomic'; readonly body: Node }
  | { readonly kind: 'anchor'; readonly at: Anchor }
  | { readonly kind: 'reference'; readonly index: number; readonly fold: Fold }
  /** `\R` */
  | { readonly kind: 'lineBreak' }
  /** `\X` */
  | { readonly kind: 'grapheme' };

export interface ParsedPattern {
  readonly root: Node;
  /** The flags given, and those that `(?x)` at the top level added: what `Pattern.flags()` answers. */
  readonly flags: number;
  /** How many capturing groups there are, the whole match not counted. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}
