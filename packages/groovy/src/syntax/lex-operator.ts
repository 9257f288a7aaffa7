/** Operators and punctuation, the longest that fits. */
import * as T from './tokens.ts';

/** The operator that begins with `c` at an offset: its kind times 4 plus its length less 1; 0 where there is none. */
export function operatorAt(text: string, at: number, c: number): number {
  const d = text.charCodeAt(at + 1);
  const e = text.charCodeAt(at + 2);
  switch (c) {
    case 33: // !
      if (d === 61) return e === 61 ? found(T.NOT_IDENTICAL, 3) : found(T.NOT_EQUAL, 2);
      return found(T.LNOT, 1);
    case 37:
      return d === 61 ? found(T.MOD_ASSIGN, 2) : found(T.MOD, 1);
    case 38: // &
      if (d === 38) return found(T.LAND, 2);
      return d === 61 ? found(T.BAND_ASSIGN, 2) : found(T.BAND, 1);
    case 42: // *
      if (d === 42) return e === 61 ? found(T.STAR_STAR_ASSIGN, 3) : found(T.STAR_STAR, 2);
      if (d === 46) return found(T.SPREAD_DOT, 2);
      return d === 61 ? found(T.STAR_ASSIGN, 2) : found(T.STAR, 1);
    case 43: // +
      if (d === 43) return found(T.INC, 2);
      return d === 61 ? found(T.PLUS_ASSIGN, 2) : found(T.PLUS, 1);
    case 44:
      return found(T.COMMA, 1);
    case 45: // -
      if (d === 45) return found(T.DEC, 2);
      if (d === 62) return found(T.ARROW, 2);
      return d === 61 ? found(T.MINUS_ASSIGN, 2) : found(T.MINUS, 1);
    case 46: // .
      if (d === 46) {
        if (e === 46) return found(T.TRIPLE_DOT, 3);
        return e === 60 ? found(T.RANGE_EXCLUSIVE, 3) : found(T.RANGE_INCLUSIVE, 2);
      }
      return d === 38 ? found(T.MEMBER_POINTER, 2) : found(T.DOT, 1);
    case 58:
      return found(T.COLON, 1);
    case 59:
      return found(T.SEMI, 1);
    case 60: // <
      if (d === 60) return e === 61 ? found(T.SL_ASSIGN, 3) : found(T.SL, 2);
      if (d === 61) return e === 62 ? found(T.COMPARE_TO, 3) : found(T.LE, 2);
      return found(T.LT, 1);
    case 61: // =
      if (d === 61) {
        if (e === 61) return found(T.IDENTICAL, 3);
        return e === 126 ? found(T.REGEX_MATCH, 3) : found(T.EQUAL, 2);
      }
      return d === 126 ? found(T.REGEX_FIND, 2) : found(T.ASSIGN, 1);
    case 62: // >
      if (d === 62) {
        if (e === 62) return text.charCodeAt(at + 3) === 61 ? found(T.BSR_ASSIGN, 4) : found(T.BSR, 3);
        return e === 61 ? found(T.SR_ASSIGN, 3) : found(T.SR, 2);
      }
      return d === 61 ? found(T.GE, 2) : found(T.GT, 1);
    case 63: // ?
      if (d === 46) return found(T.OPTIONAL_DOT, 2);
      return d === 58 ? found(T.ELVIS, 2) : found(T.QUESTION, 1);
    case 64:
      return found(T.AT, 1);
    case 94:
      return d === 61 ? found(T.BXOR_ASSIGN, 2) : found(T.BXOR, 1);
    case 124: // |
      if (d === 124) return found(T.LOR, 2);
      return d === 61 ? found(T.BOR_ASSIGN, 2) : found(T.BOR, 1);
    case 126:
      return found(T.BNOT, 1);
    default:
      return 0;
  }
}

function found(kind: number, length: number): number {
  return (kind << 2) | (length - 1);
}
