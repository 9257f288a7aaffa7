/** The value of a number as it is written. Without a suffix it is an Integer, Long or BigInteger, whichever holds it, or a BigDecimal. */
import type { ConstantExpression, Span } from './ast.ts';
import * as T from './tokens.ts';

/** `kind` is the number's token; `negative` where a minus belongs to the literal, as in `-2147483648`. */
export function numberLiteral(kind: number, written: string, negative: boolean, span: Span): ConstantExpression {
  const text = written.includes('_') ? written.replaceAll('_', '') : written;
  const sign = negative ? '-' : '';
  switch (kind) {
    case T.NUM_INT:
    case T.NUM_LONG:
    case T.NUM_BIG_INT:
      return integerLiteral(kind, text, negative, span);
    case T.NUM_FLOAT:
    case T.NUM_DOUBLE: {
      const last = text.charCodeAt(text.length - 1) | 32;
      if (last === 102) return { kind: 'Constant', span, type: 'Float', value: Math.fround(Number(sign + text.slice(0, -1))) };
      if (last === 100) return { kind: 'Constant', span, type: 'Double', value: Number(sign + text.slice(0, -1)) };
      return { kind: 'Constant', span, type: 'BigDecimal', value: sign + text };
    }
    default:
      return { kind: 'Constant', span, type: 'BigDecimal', value: sign + text.slice(0, -1) };
  }
}

function integerLiteral(kind: number, text: string, negative: boolean, span: Span): ConstantExpression {
  const last = text.charCodeAt(text.length - 1) | 32;
  const digits = last === 105 || last === 108 || last === 103 ? text.slice(0, -1) : text;
  // Short decimal numbers, nearly all there are, need no bigint on the way.
  if (kind === T.NUM_INT && digits.length < 10 && (digits.length === 1 || digits.charCodeAt(0) !== 48)) {
    return { kind: 'Constant', span, type: 'Integer', value: negative ? 0 - Number(digits) : Number(digits) };
  }
  const magnitude = BigInt(octal(digits));
  const value = negative ? -magnitude : magnitude;
  if (kind === T.NUM_LONG) return { kind: 'Constant', span, type: 'Long', value: BigInt.asIntN(64, value) };
  if (kind === T.NUM_BIG_INT) return { kind: 'Constant', span, type: 'BigInteger', value };
  if (last === 105 || BigInt.asIntN(32, value) === value) {
    return { kind: 'Constant', span, type: 'Integer', value: Number(BigInt.asIntN(32, value)) };
  }
  if (BigInt.asIntN(64, value) === value) return { kind: 'Constant', span, type: 'Long', value };
  return { kind: 'Constant', span, type: 'BigInteger', value };
}

/** Groovy's `017` as JavaScript's `0o17`; `0x1` and `0b1` are the same in both. */
function octal(digits: string): string {
  return digits.length > 1 && digits.charCodeAt(0) === 48 && digits.charCodeAt(1) <= 57 ? `0o${digits.slice(1)}` : digits;
}
