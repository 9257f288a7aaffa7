/** The zero-width places of a text: its and its lines' ends, words' and grapheme clusters' boundaries. */
import type { CharSet } from './charset.ts';
import { unicodeWord } from './classes.ts';
import type { Anchor } from './syntax.ts';

/** What the anchors see of a running match. */
export interface Place {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly anchoring: boolean;
  readonly transparent: boolean;
  readonly lastEnd: number;
  hitEnd: boolean;
}

const isTerminator = (c: number): boolean => c === 10 || c === 13 || c === 0x85 || c === 0x2028 || c === 0x2029;

export function isAnchored(place: Place, anchor: Anchor, pos: number): boolean {
  const { text } = place;
  const start = place.anchoring ? place.from : 0;
  const end = place.anchoring ? place.to : text.length;
  switch (anchor) {
    case 'inputStart':
      return pos === start;
    case 'lastMatch':
      return pos === place.lastEnd;
    case 'inputEnd':
      if (pos === end) place.hitEnd = true;
      return pos === end;
    case 'lineStart': {
      if (pos > start) {
        const before = text.charCodeAt(pos - 1);
        if (!isTerminator(before)) return false;
        if (before === 13 && text.charCodeAt(pos) === 10) return false;
      }
      // Not behind the last line's terminator, and not in an empty text.
      if (pos === end) place.hitEnd = true;
      return pos !== end;
    }
    case 'unixLineStart':
      if (pos > start && text.charCodeAt(pos - 1) !== 10) return false;
      if (pos === end) place.hitEnd = true;
      return pos !== end;
    case 'finalEnd':
    case 'lineEnd': {
      const everyLine = anchor === 'lineEnd';
      if (!everyLine) {
        if (pos < end - 2) return false;
        if (pos === end - 2 && (text.charCodeAt(pos) !== 13 || text.charCodeAt(pos + 1) !== 10)) return false;
      }
      if (pos < end) {
        const c = text.charCodeAt(pos);
        if (!isTerminator(c)) return false;
        if (c === 10 && pos > 0 && text.charCodeAt(pos - 1) === 13) return false;
        if (everyLine) return true;
      }
      place.hitEnd = true;
      return true;
    }
    case 'unixFinalEnd':
    case 'unixLineEnd': {
      const everyLine = anchor === 'unixLineEnd';
      if (pos < end) {
        if (text.charCodeAt(pos) !== 10) return false;
        if (everyLine) return true;
        if (pos !== end - 1) return false;
      }
      place.hitEnd = true;
      return true;
    }
    case 'wordBoundary':
      return isWordBoundary(place, pos, null);
    case 'notWordBoundary':
      return !isWordBoundary(place, pos, null);
    case 'unicodeWordBoundary':
      return isWordBoundary(place, pos, unicodeWord());
    case 'notUnicodeWordBoundary':
      return !isWordBoundary(place, pos, unicodeWord());
    case 'graphemeBoundary': {
      const first = place.transparent ? 0 : place.from,
        last = place.transparent ? text.length : place.to;
      if (pos === first || pos === last) return true;
      return segments(text.slice(first, last)).containing(pos - first)?.index === pos - first;
    }
  }
}

/** JDK 17's `\b` counts every letter and digit of Unicode as part of a word, even where `\w` does not. */
function isWordBoundary(place: Place, pos: number, words: CharSet | null): boolean {
  const { text } = place;
  const start = place.transparent ? 0 : place.from,
    end = place.transparent ? text.length : place.to;
  let left = false,
    right = false;
  if (pos > start) {
    const low = pos - 1 > start && (text.charCodeAt(pos - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(pos - 2) & 0xfc00) === 0xd800;
    left = isWordAt(text, low ? pos - 2 : pos - 1, start, words);
  }
  if (pos < end) right = isWordAt(text, pos, start, words);
  else place.hitEnd = true;
  return left !== right;
}
function isWordAt(text: string, pos: number, start: number, words: CharSet | null): boolean {
  const c = text.charCodeAt(pos);
  if (c < 128) return (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || (c >= 0x30 && c <= 0x39) || c === 0x5f;
  const cp = text.codePointAt(pos) as number;
  if (words !== null ? words.has(cp) : isLetterOrDigit(cp)) return true;
  // A combining mark belongs to the letter that it stands on.
  for (let i = pos; i >= start; i--) {
    const character = text.codePointAt(i) as number;
    if (isLetterOrDigit(character)) return true;
    if (!/^\p{Mn}$/u.test(String.fromCodePoint(character))) return false;
  }
  return false;
}
const isLetterOrDigit = (cp: number): boolean => /^[\p{L}\p{Nd}]$/u.test(String.fromCodePoint(cp));

const segments = (text: string): Intl.Segments => new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);

/** Where the extended grapheme cluster that begins at `pos` ends. */
export function graphemeEnd(text: string, pos: number, to: number): number {
  // Clusters are short; a window saves looking at the whole rest.
  for (let size = 64; ; size *= 4) {
    const window = text.slice(pos, Math.min(pos + size, to));
    const first = segments(window).containing(0) as Intl.SegmentData;
    if (first.segment.length < window.length || pos + size >= to) return pos + first.segment.length;
  }
}
