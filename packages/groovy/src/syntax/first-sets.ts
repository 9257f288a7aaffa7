/**
 * With which tokens things may begin, and which may follow them.
 *
 * Groovy's parser decides by the next two tokens, and which of two errors it tells depends on where it decides:
 * `x = 1 * )` is an unexpected `*` and `x = 1 + )` an expected end of file, for a `+` may also begin an argument of a
 * command. These sets are those decisions; without them a source would be refused all the same, in other words.
 */
import * as T from './tokens.ts';

const PRIMITIVES = range(T.FIRST_PRIMITIVE, T.LAST_PRIMITIVE);
const KEYWORDS = range(T.FIRST_PRIMITIVE, T.LAST_KEYWORD);
const MODIFIERS = range(T.FIRST_MODIFIER, T.LAST_MODIFIER);
const EVERYTHING = range(T.EOF, T.KIND_COUNT - 1);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function setOf(...kinds: number[]): Uint8Array {
  const set = new Uint8Array(T.KIND_COUNT);
  for (const kind of kinds) set[kind] = 1;
  return set;
}

function allBut(...kinds: number[]): Uint8Array {
  const set = setOf(...EVERYTHING);
  for (const kind of kinds) set[kind] = 0;
  set[T.ERROR] = 0;
  return set;
}

const PRIMARY = [
  ...PRIMITIVES,
  T.IDENT,
  T.STRING_LITERAL,
  T.STRING_CTOR_START,
  T.NUM_INT,
  T.NUM_LONG,
  T.NUM_BIG_INT,
  T.NUM_FLOAT,
  T.NUM_DOUBLE,
  T.NUM_BIG_DECIMAL,
  T.KW_TRUE,
  T.KW_FALSE,
  T.KW_NULL,
  T.KW_NEW,
  T.KW_THIS,
  T.KW_SUPER,
  T.LPAREN,
  T.LBRACK,
  T.LCURLY,
];
const EXPRESSION = [...PRIMARY, T.BNOT, T.LNOT, T.PLUS, T.MINUS, T.INC, T.DEC];
const ASSIGNMENTS = [
  T.ASSIGN,
  T.PLUS_ASSIGN,
  T.MINUS_ASSIGN,
  T.STAR_ASSIGN,
  T.DIV_ASSIGN,
  T.MOD_ASSIGN,
  T.SR_ASSIGN,
  T.BSR_ASSIGN,
  T.SL_ASSIGN,
  T.BAND_ASSIGN,
  T.BXOR_ASSIGN,
  T.BOR_ASSIGN,
  T.STAR_STAR_ASSIGN,
];
const DOTS = [T.DOT, T.OPTIONAL_DOT, T.SPREAD_DOT, T.MEMBER_POINTER];
const INSIDE_STRING = [T.STRING_CTOR_MIDDLE, T.STRING_CTOR_END];
/** What closes or separates. */
const ENDS = [T.ARROW, T.COLON, T.COMMA, T.EOF, T.NLS, T.RBRACK, T.RCURLY, T.RPAREN, T.SEMI];

// ---------------------------------------------------------------- beginnings

/** A name, a literal, a bracket, … : what a path of dots and calls begins with. */
export const STARTS_PRIMARY = setOf(...PRIMARY);
/** An operand without a sign. */
export const STARTS_UNSIGNED = setOf(...PRIMARY, T.BNOT, T.LNOT);
/** Any expression. */
export const STARTS_EXPRESSION = setOf(...EXPRESSION);
export const ASSIGNS = setOf(...ASSIGNMENTS);
/** Arguments without parentheses: an expression, or any keyword, for it may be a label. */
export const STARTS_COMMAND_ARGUMENT = setOf(...EXPRESSION, ...KEYWORDS);
const STATEMENT = [
  ...EXPRESSION,
  ...MODIFIERS,
  T.AT,
  T.KW_DEF,
  T.KW_IMPORT,
  T.KW_CLASS,
  T.KW_INTERFACE,
  T.KW_ENUM,
  T.KW_TRAIT,
  T.KW_IF,
  T.KW_FOR,
  T.KW_WHILE,
  T.KW_SWITCH,
  T.KW_TRY,
  T.KW_RETURN,
  T.KW_BREAK,
  T.KW_CONTINUE,
  T.KW_THROW,
  T.KW_ASSERT,
];
export const STARTS_STATEMENT = setOf(...STATEMENT);
/** The first token within a block's braces. */
export const STARTS_BLOCK = setOf(...STATEMENT, T.NLS, T.RCURLY, T.SEMI);
/** The first token within a list's or map's brackets. */
export const STARTS_LIST = setOf(...EXPRESSION, ...KEYWORDS, T.AT, T.STAR, T.RBRACK, T.SEMI);

// ---------------------------------------------------------------- continuations

/** Behind a path and its `++`. */
export const FOLLOWS_PATH = allBut(T.AT, T.TRIPLE_DOT, ...DOTS, ...INSIDE_STRING);
/** Behind the one relational operator, or where it could stand. */
export const FOLLOWS_RELATION = allBut(
  T.AT,
  T.TRIPLE_DOT,
  ...DOTS,
  ...INSIDE_STRING,
  T.LT,
  T.GT,
  T.LE,
  T.GE,
  T.SL,
  T.SR,
  T.BSR,
  T.RANGE_INCLUSIVE,
  T.RANGE_EXCLUSIVE,
  T.STAR,
  T.DIV,
  T.MOD,
  T.STAR_STAR,
);
/** Behind a condition that no `?` or `?:` follows. */
export const FOLLOWS_CONDITION = setOf(...EXPRESSION, ...KEYWORDS, ...ASSIGNMENTS, ...ENDS);
/** The second token of a path's element, the first being a dot or bracket. */
export const SECOND_OF_ELEMENT = setOf(
  ...EXPRESSION,
  ...KEYWORDS,
  ...DOTS,
  T.AT,
  T.ARROW,
  T.LT,
  T.NLS,
  T.RBRACK,
  T.RCURLY,
  T.RPAREN,
  T.SEMI,
  T.STAR,
  T.TRIPLE_DOT,
);
/** The second token of a further name in a command, the first being what the name begins with. */
export const SECOND_OF_COMMAND_NAME = setOf(...EXPRESSION, ...KEYWORDS, ...DOTS, ...ENDS, T.AT, T.LT, T.STAR, T.TRIPLE_DOT);
/** The second token of a statement that is an expression. */
export const SECOND_OF_STATEMENT = allBut(T.COMMA, T.RPAREN, ...INSIDE_STRING);
/** The second token of a class's or other type's declaration that modifiers begin. */
export const SECOND_OF_TYPE_DECLARATION = setOf(...MODIFIERS, T.AT, T.IDENT, T.NLS, T.KW_DEF, T.KW_CLASS, T.KW_INTERFACE, T.KW_ENUM, T.KW_TRAIT);
/** Behind a statement. */
export const FOLLOWS_STATEMENT = setOf(T.EOF, T.NLS, T.RCURLY, T.SEMI, T.KW_CASE, T.KW_DEFAULT, T.KW_ELSE);
/** Behind `return`, `break`, `assert x`, which may stand in brackets too. */
export const FOLLOWS_BRANCH = setOf(T.COMMA, T.EOF, T.NLS, T.RBRACK, T.RCURLY, T.RPAREN, T.SEMI, T.KW_CASE, T.KW_DEFAULT, T.KW_ELSE);
/** Behind a declared variable's name. */
export const FOLLOWS_VARIABLE = setOf(T.ASSIGN, T.COMMA, T.EOF, T.RPAREN, T.RCURLY, T.SEMI, T.NLS, T.KW_CASE, T.KW_DEFAULT, T.KW_ELSE);
