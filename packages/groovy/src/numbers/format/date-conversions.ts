/** The date conversions of `%t…` in terms of SimpleDateFormat's patterns, for whoever writes the FormatDate of a runtime. */

const PATTERNS: Readonly<Record<string, string>> = {
  H: 'HH',
  I: 'hh',
  k: 'H',
  l: 'h',
  M: 'mm',
  S: 'ss',
  L: 'SSS',
  p: 'a',
  z: 'Z',
  Z: 'z',
  B: 'MMMM',
  b: 'MMM',
  h: 'MMM',
  A: 'EEEE',
  a: 'EEE',
  Y: 'yyyy',
  y: 'yy',
  j: 'DDD',
  m: 'MM',
  d: 'dd',
  e: 'd',
  R: 'HH:mm',
  T: 'HH:mm:ss',
  r: 'hh:mm:ss a',
  D: 'MM/dd/yy',
  F: 'yyyy-MM-dd',
  c: 'EEE MMM dd HH:mm:ss z yyyy',
};

/**
 * The text of one conversion: `format` writes a SimpleDateFormat pattern for the moment `millis`. `%tp` is the one that
 * is written small.
 */
export function writeDateConversion(conversion: string, millis: number, format: (pattern: string) => string): string {
  switch (conversion) {
    case 's':
      return String(Math.trunc(millis / 1000));
    case 'Q':
      return String(millis);
    case 'N':
      return `${format('SSS')}000000`;
    case 'C':
      return format('yyyy').slice(0, -2).padStart(2, '0');
    case 'p':
      return format('a').toLowerCase();
    default:
      return format(PATTERNS[conversion] as string);
  }
}
