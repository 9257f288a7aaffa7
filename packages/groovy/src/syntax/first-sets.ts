/**
 * With which tokens things may begin. Groovy's parser decides by the next two tokens, and which error it tells
 * depends on these decisions: `1 + )` is an unexpected `+`, for nothing that could follow does.
 */
import * as T from './tokens.ts';

function setOf(...kinds: number[]): Uint8Array {
  const set = new Uint8Array(T.KIND_COUNT);
  for (const kind of kinds) set[kind] = 1;
  for (let kind = T.FIRST_PRIMITIVE; kind <= T.LAST_PRIMITIVE; kind++) set[kind] = 1;
  return set;
}

const PRIMARY = [
  T.IDENT, T.STRING_LITERAL, T.STRING_CTOR_START,
  T.NUM_INT, T.NUM_LONG, T.NUM_BIG_INT, T.NUM_FLOAT, T.NUM_DOUBLE, T.NUM_BIG_DECIMAL,
  T.KW_TRUE, T.KW_FALSE, T.KW_NULL, T.KW_NEW, T.KW_THIS, T.KW_SUPER,
  T.LPAREN, T.LBRACK, T.LCURLY,
];

/** A name, a literal, a bracket, … : what a path of dots and calls begins with. */
export const STARTS_PRIMARY = setOf(...PRIMARY);
/** An operand without a sign. */
export const STARTS_UNSIGNED = setOf(...PRIMARY, T.BNOT, T.LNOT);
/** Any expression. */
export const STARTS_EXPRESSION = setOf(...PRIMARY, T.BNOT, T.LNOT, T.PLUS, T.MINUS, T.INC, T.DEC);
