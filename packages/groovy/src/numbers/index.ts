/** Java's and Groovy's numbers: the classes, the methods that Groovy adds, and what is written with them. */
import type { Library } from '../runtime/native.ts';
import { atomicIntegerTable, atomicLongTable } from './library/atomic.ts';
import { bigDecimalTable } from './library/big-decimal.ts';
import { bigIntegerTable } from './library/big-integer.ts';
import { characterTable } from './library/character.ts';
import { doubleTable, floatTable } from './library/floating.ts';
import { numberExtension } from './library/gdk.ts';
import { mathTable } from './library/math.ts';
import { refusingNulls } from './library/null-check.ts';
import { booleanTable, numberTable } from './library/number.ts';
import { decimalFormatSymbolsTable, decimalFormatTable, messageFormatTable, numberFormatTable } from './library/number-format.ts';
import { mathContextTable, roundingModeTable } from './library/rounding-types.ts';
import { byteTable, integerTable, longTable, shortTable } from './library/whole.ts';
import { localeTable } from './locale.ts';
import { randomTable } from './random.ts';
import { uuidTable } from './uuid.ts';

export * from './boxes.ts';
export * from './conversions.ts';
export { writeDateConversion } from './format/date-conversions.ts';
export type { FormatDate } from './format/java-format.ts';
export { javaFormat } from './format/java-format.ts';
export { decimalFormat } from './library/number-format.ts';
export { DEFAULT_LOCALE, JavaLocale, ROOT_LOCALE } from './locale.ts';
export * from './operators.ts';
export { parseBigInteger, parseDouble, parseFloat, parseInt, parseLong } from './parse.ts';
export { randomUuid } from './uuid.ts';

export const numberLibrary: Library = {
  classes: [
    numberTable,
    mathTable,
    localeTable,
    atomicIntegerTable,
    atomicLongTable,
    ...[
      booleanTable,
      characterTable,
      integerTable,
      longTable,
      shortTable,
      byteTable,
      doubleTable,
      floatTable,
      mathContextTable,
      roundingModeTable,
      messageFormatTable,
    ].map((table) => refusingNulls(table)),
    ...[bigDecimalTable, bigIntegerTable, numberFormatTable, decimalFormatTable, decimalFormatSymbolsTable, randomTable, uuidTable].map((table) =>
      refusingNulls(table, true),
    ),
  ],
  extensions: [numberExtension],
};
