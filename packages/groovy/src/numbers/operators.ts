/** What Groovy's operators do with numbers, all in one place for those that take them together. */
export * from './arithmetic.ts';
export { and, bitwiseNegate, leftShift, or, rightShift, rightShiftUnsigned, xor } from './bitwise.ts';
export { power } from './power.ts';
