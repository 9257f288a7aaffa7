/**
 * The format specifiers of java.util.Formatter: `%[index$][flags][width][.precision]conversion`. All of a format are
 * read and checked before anything is written, as Java does it.
 */
import { JavaThrowable } from '../../runtime/values.ts';

export interface Specifier {
  /** 0: the next argument; -1: the last one again; -2: takes none (`%n`, `%%`); otherwise which, from 1. */
  readonly index: number;
  /** In the order `-#+ 0,(<`, each at most once. */
  readonly flags: string;
  /** -1 where not given. */
  readonly width: number;
  readonly precision: number;
  /** Lower case; `upper` tells whether it was written large. */
  readonly conversion: string;
  readonly upper: boolean;
  readonly isDate: boolean;
}

export function failure(type: string, message: string): JavaThrowable {
  return new JavaThrowable(`java.util.${type}`, message);
}

const SPECIFIER = /%(\d+\$)?([-#+ 0,(<]*)(\d+)?(\.\d+)?([tT])?([a-zA-Z%])/y;
const CONVERSIONS = 'bBhHsScCdoxXeEfgGaAn%';
const DATE_CONVERSIONS = 'HIklMNLQpsSTzZaAbBCdehjmyYrRTcDF';

/** Fixed texts and specifiers in turn. */
export function parseFormat(format: string): readonly (string | Specifier)[] {
  const parts: (string | Specifier)[] = [];
  for (let at = 0; at < format.length; ) {
    const percent = format.indexOf('%', at);
    if (percent < 0) {
      parts.push(format.slice(at));
      break;
    }
    if (percent > at) parts.push(format.slice(at, percent));
    if (percent + 1 >= format.length) throw failure('UnknownFormatConversionException', "Conversion = '%'");
    SPECIFIER.lastIndex = percent;
    const found = SPECIFIER.exec(format);
    if (found === null) throw failure('UnknownFormatConversionException', `Conversion = '${format[percent + 1]}'`);
    parts.push(specifier(found));
    at = SPECIFIER.lastIndex;
  }
  return parts;
}

function specifier(found: RegExpExecArray): Specifier {
  const [, index, flagText = '', width, precision, date, written] = found as unknown as [
    string,
    string | undefined,
    string,
    string | undefined,
    string | undefined,
    string | undefined,
    string,
  ];
  const flags = orderFlags(flagText);
  let n = index === undefined ? 0 : parseIndex(index);
  if (flags.includes('<')) n = -1;
  const isDate = date !== undefined;
  if (!isDate && !CONVERSIONS.includes(written)) throw failure('UnknownFormatConversionException', `Conversion = '${written}'`);
  const upper = isDate ? date === 'T' : written !== written.toLowerCase();
  const conversion = isDate ? written : written.toLowerCase();
  if (!isDate && (conversion === 'n' || conversion === '%')) n = -2;
  const spec: Specifier = {
    index: n,
    flags,
    width: width === undefined ? -1 : bounded(width, 'IllegalFormatWidthException'),
    precision: precision === undefined ? -1 : bounded(precision.slice(1), 'IllegalFormatPrecisionException'),
    conversion,
    upper,
    isDate,
  };
  check(spec);
  return spec;
}
function parseIndex(text: string): number {
  const n = Number(text.slice(0, -1));
  if (n > 2147483647) throw failure('IllegalFormatArgumentIndexException', 'Illegal format argument index = -2147483648');
  if (n === 0) throw failure('IllegalFormatArgumentIndexException', 'Illegal format argument index = 0');
  return n;
}
function bounded(text: string, type: string): number {
  const n = Number(text);
  if (n > 2147483647) throw failure(type, '-2147483648');
  return n;
}
function orderFlags(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.indexOf(text[i] as string) < i) throw failure('DuplicateFormatFlagsException', `Flags = '${text[i]}'`);
  }
  return [...'-#+ 0,(<'].filter((flag) => text.includes(flag)).join('');
}

/** The specifier as Java's messages quote it. */
export function specifierText(s: Specifier): string {
  return `%${s.flags}${s.index > 0 ? `${s.index}$` : ''}${s.width < 0 ? '' : s.width}${s.precision < 0 ? '' : `.${s.precision}`}${s.isDate ? (s.upper ? 'T' : 't') : ''}${s.upper ? s.conversion.toUpperCase() : s.conversion}`;
}

/** FormatFlagsConversionMismatchException for the first of the flags that is set. */
export function refuseFlags(s: Specifier, flags: string): void {
  for (const flag of flags) {
    if (s.flags.includes(flag)) throw failure('FormatFlagsConversionMismatchException', `Conversion = ${s.conversion}, Flags = ${flag}`);
  }
}
function needWidth(s: Specifier, flags: string): void {
  if (s.width < 0 && [...flags].some((flag) => s.flags.includes(flag))) throw failure('MissingFormatWidthException', specifierText(s));
}
function refusePrecision(s: Specifier): void {
  if (s.precision >= 0) throw failure('IllegalFormatPrecisionException', String(s.precision));
}

function check(s: Specifier): void {
  if (s.isDate) {
    refusePrecision(s);
    if (!DATE_CONVERSIONS.includes(s.conversion)) throw failure('UnknownFormatConversionException', `Conversion = 't${s.conversion}'`);
    refuseFlags(s, '#+ 0,(');
    needWidth(s, '-');
    return;
  }
  switch (s.conversion) {
    case 'b':
    case 'h':
      refuseFlags(s, '#');
      needWidth(s, '-');
      refuseFlags(s, '+ 0,(');
      break;
    case 's':
      needWidth(s, '-');
      refuseFlags(s, '+ 0,(');
      break;
    case 'c':
      refusePrecision(s);
      refuseFlags(s, '#+ 0,(');
      needWidth(s, '-');
      break;
    case 'd':
      checkNumeric(s);
      refusePrecision(s);
      refuseFlags(s, '#');
      break;
    case 'o':
    case 'x':
      checkNumeric(s);
      refusePrecision(s);
      refuseFlags(s, ',');
      break;
    case 'e':
      checkNumeric(s);
      refuseFlags(s, ',');
      break;
    case 'f':
      checkNumeric(s);
      break;
    case 'g':
      checkNumeric(s);
      refuseFlags(s, '#');
      break;
    case 'a':
      checkNumeric(s);
      refuseFlags(s, '(,');
      break;
    case '%':
      refusePrecision(s);
      if (s.flags !== '' && s.flags !== '-') throw failure('IllegalFormatFlagsException', `Flags = '${s.flags}'`);
      needWidth(s, '-');
      break;
    case 'n':
      refusePrecision(s);
      if (s.width >= 0) throw failure('IllegalFormatWidthException', String(s.width));
      if (s.flags !== '') throw failure('IllegalFormatFlagsException', `Flags = '${s.flags}'`);
      break;
  }
}
function checkNumeric(s: Specifier): void {
  needWidth(s, '-0');
  if ((s.flags.includes('+') && s.flags.includes(' ')) || (s.flags.includes('-') && s.flags.includes('0'))) {
    throw failure('IllegalFormatFlagsException', `Flags = '${s.flags}'`);
  }
}
