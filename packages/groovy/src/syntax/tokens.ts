/**
 * The kinds of Groovy's tokens, as numbers: they are compared millions of times a second.
 *
 * The order matters in three places: primitive types, modifiers and the other keywords stand in a row,
 * so that a range check tells them.
 */

export const EOF = 0;
export const ERROR = 1;
export const NLS = 2;
export const IDENT = 3;
export const STRING_LITERAL = 4;
export const STRING_CTOR_START = 5;
export const STRING_CTOR_MIDDLE = 6;
export const STRING_CTOR_END = 7;
export const NUM_INT = 8;
export const NUM_LONG = 9;
export const NUM_BIG_INT = 10;
export const NUM_FLOAT = 11;
export const NUM_DOUBLE = 12;
export const NUM_BIG_DECIMAL = 13;
export const QUESTION = 14;
export const LPAREN = 15;
export const RPAREN = 16;
export const LBRACK = 17;
export const RBRACK = 18;
export const LCURLY = 19;
export const RCURLY = 20;
export const COLON = 21;
export const COMMA = 22;
export const DOT = 23;
export const ASSIGN = 24;
export const COMPARE_TO = 25;
export const EQUAL = 26;
export const IDENTICAL = 27;
export const LNOT = 28;
export const BNOT = 29;
export const NOT_EQUAL = 30;
export const NOT_IDENTICAL = 31;
export const DIV = 32;
export const DIV_ASSIGN = 33;
export const PLUS = 34;
export const PLUS_ASSIGN = 35;
export const INC = 36;
export const MINUS = 37;
export const MINUS_ASSIGN = 38;
export const DEC = 39;
export const STAR = 40;
export const STAR_ASSIGN = 41;
export const MOD = 42;
export const MOD_ASSIGN = 43;
export const SR = 44;
export const SR_ASSIGN = 45;
export const BSR = 46;
export const BSR_ASSIGN = 47;
export const GE = 48;
export const GT = 49;
export const SL = 50;
export const SL_ASSIGN = 51;
export const LE = 52;
export const LT = 53;
export const BXOR = 54;
export const BXOR_ASSIGN = 55;
export const BOR = 56;
export const BOR_ASSIGN = 57;
export const LOR = 58;
export const BAND = 59;
export const BAND_ASSIGN = 60;
export const LAND = 61;
export const SEMI = 62;
export const RANGE_INCLUSIVE = 63;
export const RANGE_EXCLUSIVE = 64;
export const TRIPLE_DOT = 65;
export const SPREAD_DOT = 66;
export const OPTIONAL_DOT = 67;
export const ELVIS = 68;
export const MEMBER_POINTER = 69;
export const REGEX_FIND = 70;
export const REGEX_MATCH = 71;
export const STAR_STAR = 72;
export const STAR_STAR_ASSIGN = 73;
export const ARROW = 74;
export const AT = 75;

export const FIRST_PRIMITIVE = 76;
export const KW_VOID = 76;
export const KW_BOOLEAN = 77;
export const KW_BYTE = 78;
export const KW_CHAR = 79;
export const KW_SHORT = 80;
export const KW_INT = 81;
export const KW_FLOAT = 82;
export const KW_LONG = 83;
export const KW_DOUBLE = 84;
export const LAST_PRIMITIVE = 84;

export const FIRST_MODIFIER = 85;
export const KW_PRIVATE = 85;
export const KW_PUBLIC = 86;
export const KW_PROTECTED = 87;
export const KW_STATIC = 88;
export const KW_TRANSIENT = 89;
export const KW_FINAL = 90;
export const KW_ABSTRACT = 91;
export const KW_NATIVE = 92;
export const KW_THREADSAFE = 93;
export const KW_SYNCHRONIZED = 94;
export const KW_VOLATILE = 95;
export const KW_STRICTFP = 96;
export const LAST_MODIFIER = 96;

export const FIRST_KEYWORD = 97;
export const KW_AS = 97;
export const KW_ASSERT = 98;
export const KW_BREAK = 99;
export const KW_CASE = 100;
export const KW_CATCH = 101;
export const KW_CLASS = 102;
export const KW_CONST = 103;
export const KW_CONTINUE = 104;
export const KW_DEF = 105;
export const KW_DEFAULT = 106;
export const KW_DO = 107;
export const KW_ELSE = 108;
export const KW_ENUM = 109;
export const KW_EXTENDS = 110;
export const KW_FALSE = 111;
export const KW_FINALLY = 112;
export const KW_FOR = 113;
export const KW_GOTO = 114;
export const KW_IF = 115;
export const KW_IMPLEMENTS = 116;
export const KW_IMPORT = 117;
export const KW_IN = 118;
export const KW_INSTANCEOF = 119;
export const KW_INTERFACE = 120;
export const KW_NEW = 121;
export const KW_NULL = 122;
export const KW_PACKAGE = 123;
export const KW_RETURN = 124;
export const KW_SUPER = 125;
export const KW_SWITCH = 126;
export const KW_THIS = 127;
export const KW_THROW = 128;
export const KW_THROWS = 129;
export const KW_TRAIT = 130;
export const KW_TRUE = 131;
export const KW_TRY = 132;
export const KW_WHILE = 133;
export const LAST_KEYWORD = 133;

export const KIND_COUNT = 134;

/** What a message calls a token of a kind: `expecting '}', found …`. The words are those of Groovy's own grammar. */
export const DISPLAY: readonly string[] = [
  'EOF',
  'an unreadable character',
  'some newlines, whitespace or comments',
  'an identifier',
  'a string literal',
  'STRING_CTOR_START',
  'STRING_CTOR_MIDDLE',
  'a string literal end',
  'a numeric literal',
  'NUM_LONG',
  'NUM_BIG_INT',
  'NUM_FLOAT',
  'NUM_DOUBLE',
  'NUM_BIG_DECIMAL',
  "'?'",
  "'('",
  "')'",
  "'['",
  "']'",
  "'{'",
  "'}'",
  "':'",
  "','",
  "'.'",
  "'='",
  "'<=>'",
  "'=='",
  "'==='",
  "'!'",
  "'~'",
  "'!='",
  "'!=='",
  "'/'",
  "'/='",
  "'+'",
  "'+='",
  "'++'",
  "'-'",
  "'-='",
  "'--'",
  "'*'",
  "'*='",
  "'%'",
  "'%='",
  "'>>'",
  "'>>='",
  "'>>>'",
  "'>>>='",
  "'>='",
  "'>'",
  "'<<'",
  "'<<='",
  "'<='",
  "'<'",
  "'^'",
  "'^='",
  "'|'",
  "'|='",
  "'||'",
  "'&'",
  "'&='",
  "'&&'",
  "';'",
  "'..'",
  "'..<'",
  "'...'",
  "'*.'",
  "'?.'",
  "'?:'",
  "'.&'",
  "'=~'",
  "'==~'",
  "'**'",
  "'**='",
  "'->'",
  "'@'",
  '"void"',
  '"boolean"',
  '"byte"',
  '"char"',
  '"short"',
  '"int"',
  '"float"',
  '"long"',
  '"double"',
  '"private"',
  '"public"',
  '"protected"',
  '"static"',
  '"transient"',
  '"final"',
  '"abstract"',
  '"native"',
  '"threadsafe"',
  '"synchronized"',
  '"volatile"',
  '"strictfp"',
  '"as"',
  '"assert"',
  '"break"',
  '"case"',
  '"catch"',
  '"class"',
  '"const"',
  '"continue"',
  '"def"',
  '"default"',
  '"do"',
  '"else"',
  '"enum"',
  '"extends"',
  '"false"',
  '"finally"',
  '"for"',
  '"goto"',
  '"if"',
  '"implements"',
  '"import"',
  '"in"',
  '"instanceof"',
  '"interface"',
  '"new"',
  '"null"',
  '"package"',
  '"return"',
  '"super"',
  '"switch"',
  '"this"',
  '"throw"',
  '"throws"',
  '"trait"',
  '"true"',
  '"try"',
  '"while"',
];

export function isPrimitive(kind: number): boolean {
  return kind >= FIRST_PRIMITIVE && kind <= LAST_PRIMITIVE;
}

export function isModifier(kind: number): boolean {
  return kind >= FIRST_MODIFIER && kind <= LAST_MODIFIER;
}

/** Any keyword: all of them may name a property (`a.class`) or label an argument (`in: 2`). */
export function isKeyword(kind: number): boolean {
  return kind >= FIRST_PRIMITIVE && kind <= LAST_KEYWORD;
}

const KEYWORDS = new Map<string, number>();
for (let kind = FIRST_PRIMITIVE; kind <= LAST_KEYWORD; kind++) KEYWORDS.set(DISPLAY[kind]!.slice(1, -1), kind);

/** The kind of a name: a keyword's own, else IDENT. Keywords have 2 to 12 lower-case letters. */
export function kindOfName(name: string): number {
  if (name.length < 2 || name.length > 12) return IDENT;
  return KEYWORDS.get(name) ?? IDENT;
}
