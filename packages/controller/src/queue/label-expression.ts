/**
 * Jenkins' label expressions: `linux && (docker || !arm) -> "my node"`. Follows LabelExpressionLexer.g4 and
 * LabelExpressionParser.g4 of Jenkins: `!` binds tightest and stands before an atom or a parenthesis alone, then `&&`,
 * `||`, `->` (which does not chain), `<->`. Wrong ones throw `LabelExpressionError`; where Jenkins then takes the whole text
 * for the name of one label and waits for ever, we say what is wrong.
 *
 * Imported by the command on its way to the first line of a build: this file imports nothing.
 */
export interface LabelExpression {
  /** As Jenkins prints it: no blanks, the parentheses of the source kept, odd names quoted. */
  readonly text: string;
  /** Every label that it names. */
  readonly labels: ReadonlySet<string>;
  matches(labels: ReadonlySet<string>): boolean;
}

export class LabelExpressionError extends Error {
  readonly code = 'MR_LABEL_EXPRESSION';
  readonly expression: string;
  /** Counted from 1. */
  readonly column: number;
  readonly reason: string;
  constructor(expression: string, column: number, reason: string) {
    super(`Invalid label expression: ${expression} (column ${column}: ${reason})`);
    this.name = 'LabelExpressionError';
    this.expression = expression;
    this.column = column;
    this.reason = reason;
  }
}

type Matcher = (labels: ReadonlySet<string>) => boolean;
interface Part {
  readonly text: string;
  readonly matches: Matcher;
}
interface Token {
  readonly kind: 'atom' | 'operator' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Deeper ones are refused, so that no text can exhaust the stack. */
const DEEPEST = 200;

/** Throws `LabelExpressionError`. */
export function parseLabelExpression(source: string): LabelExpression {
  const tokens = tokensOf(source);
  const labels = new Set<string>();
  let next = 0,
    depth = 0;
  const peek = (): Token => tokens[next] as Token;
  const takes = (operator: string): boolean => {
    const { kind, text } = peek();
    if (kind !== 'operator' || text !== operator) return false;
    next++;
    return true;
  };
  const wrong = (token: Token, wanted: string): LabelExpressionError =>
    new LabelExpressionError(source, token.at + 1, token.kind === 'end' ? `${wanted} is missing at the end` : `${wanted} is expected, not ${token.text}`);

  const primary = (): Part => {
    const token = peek();
    if (takes('(')) {
      if (++depth > DEEPEST) throw new LabelExpressionError(source, token.at + 1, `more than ${DEEPEST} parentheses are open`);
      const inner = iff();
      if (!takes(')')) throw wrong(peek(), 'a closing parenthesis');
      depth--;
      return { text: `(${inner.text})`, matches: inner.matches };
    }
    if (token.kind !== 'atom') throw wrong(token, 'a label');
    next++;
    const name = token.text;
    labels.add(name);
    return { text: labelText(name), matches: (l) => l.has(name) };
  };
  const not = (): Part => {
    if (!takes('!')) return primary();
    const { text, matches } = primary();
    return { text: `!${text}`, matches: (l) => !matches(l) };
  };
  /** A chain is one function over its operands, so that its length costs no stack. */
  const chain = (operator: string, operand: () => Part, join: (all: readonly Matcher[]) => Matcher): Part => {
    const first = operand();
    if (peek().kind !== 'operator' || peek().text !== operator) return first;
    const parts = [first];
    while (takes(operator)) parts.push(operand());
    return { text: parts.map((p) => p.text).join(operator), matches: join(parts.map((p) => p.matches)) };
  };
  const and = (): Part => chain('&&', not, (all) => (l) => all.every((m) => m(l)));
  const or = (): Part => chain('||', and, (all) => (l) => all.some((m) => m(l)));
  const implies = (): Part => {
    const left = or();
    if (!takes('->')) return left;
    const right = or();
    return { text: `${left.text}->${right.text}`, matches: (l) => !left.matches(l) || right.matches(l) };
  };
  const iff = (): Part => chain('<->', implies, (all) => (l) => all.slice(1).reduce((left, m) => left === m(l), (all[0] as Matcher)(l)));

  const whole = iff();
  if (peek().kind !== 'end') throw wrong(peek(), 'an operator');
  return { text: whole.text, labels, matches: whole.matches };
}

/** A label as it is written in an expression: quoted where `LabelAtom.needsEscape` says so. */
export function labelText(name: string): string {
  const trimmed = name.trim();
  const plain = name !== '' && trimmed !== '.' && trimmed !== '..' && !trimmed.endsWith('.') && !/[\p{Cc}?*/\\%!@#$^&|<>[\]:; ()"']/u.test(name);
  return plain ? name : `"${name.replace(/["\\\n\r\t\f\b]/g, (c) => ESCAPES[c] as string)}"`;
}
const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b' };
const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b' };

const BLANKS = /[ \t]+/y;
const OPERATOR = /&&|\|\||<->|->|[!()]/y;
const ATOM = /(?:-(?!>)|[^&|!<>() \t"'-])+/y;
const QUOTED = /"(?:\\[btnfr"'\\]|[^\\"\r\n])*"/y;

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const read = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  while (at < source.length) {
    const blanks = read(BLANKS),
      operator = blanks === null ? read(OPERATOR) : null;
    if (blanks !== null) at += blanks.length;
    else if (operator !== null) {
      tokens.push({ kind: 'operator', text: operator, at });
      at += operator.length;
    } else {
      const quoted = read(QUOTED),
        text = quoted ?? read(ATOM);
      if (text === null) throw new LabelExpressionError(source, at + 1, source[at] === '"' ? 'the quotation does not end' : `unexpected ${source[at]}`);
      tokens.push({ kind: 'atom', text: quoted === null ? text : text.slice(1, -1).replace(/\\(.)/g, (_, c: string) => UNESCAPED[c] ?? c), at });
      at += text.length;
    }
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}
