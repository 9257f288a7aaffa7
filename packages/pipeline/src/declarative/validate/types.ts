/** Whether a literal may stand for a parameter, as Groovy would cast it for Java. */
import type { ParameterDescriptor } from '../descriptors.ts';
import type { Literal } from '../model.ts';

const NUMBERS = new Set([
  'byte',
  'short',
  'int',
  'long',
  'float',
  'double',
  'java.lang.Byte',
  'java.lang.Short',
  'java.lang.Integer',
  'java.lang.Long',
  'java.lang.Float',
  'java.lang.Double',
  'java.lang.Number',
  'java.math.BigDecimal',
  'java.math.BigInteger',
]);
const PRIMITIVES = new Set(['byte', 'short', 'int', 'long', 'float', 'double', 'boolean', 'char']);
const INTERFACES = new Set(['java.util.List', 'java.util.Map', 'java.util.Set', 'java.util.Collection', 'java.lang.CharSequence']);

/** The parameter's type as Java prints a class: `int`, `class java.lang.String`, `interface java.util.List`. */
export function typeText(type: string): string {
  return PRIMITIVES.has(type) ? type : `${INTERFACES.has(type) ? 'interface' : 'class'} ${type}`;
}

/** The literal's class, as Java prints it. */
export const literalTypeText = (literal: Literal): string => `class java.lang.${literal.type}`;

/** The literal, as Java's `toString` writes it. */
export function literalText(literal: Literal): string {
  if ((literal.type === 'Double' || literal.type === 'Float') && Number.isInteger(literal.value)) return `${literal.value}.0`;
  return String(literal.value);
}

export function accepts(parameter: ParameterDescriptor, literal: Literal): boolean {
  const { type } = parameter;
  // Jenkins refuses what Groovy would convert between numbers, booleans and text.
  if (type === 'java.lang.String' && (literal.type === 'Integer' || literal.type === 'Boolean')) return false;
  if (type === 'int' && (literal.type === 'String' || literal.type === 'Boolean')) return false;
  if (literal.type === 'null' || type === 'java.lang.Object' || type === 'java.lang.String' || type === 'java.lang.CharSequence') return true;
  if (type === 'boolean' || type === 'java.lang.Boolean') return true;
  if (NUMBERS.has(type)) return literal.type === 'String' ? literal.value.length === 1 : literal.type !== 'Boolean';
  if (parameter.values !== undefined) return literal.type === 'String' && parameter.values.includes(literal.value);
  return false;
}
