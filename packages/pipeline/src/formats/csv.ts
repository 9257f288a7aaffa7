/** CSV by a format as commons-csv has them: what reads and writes records. */
export interface CsvFormat {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly escape: string | null;
  readonly comment: string | null;
  readonly recordSeparator: string;
  readonly ignoreEmptyLines: boolean;
  readonly ignoreSurroundingSpaces: boolean;
  readonly trim: boolean;
  readonly nullString: string | null;
  /** null: none; empty: the first record's values. */
  readonly header: readonly string[] | null;
  readonly skipHeaderRecord: boolean;
  readonly quoteMode: 'MINIMAL' | 'ALL' | 'ALL_NON_NULL' | 'NON_NUMERIC' | 'NONE';
}

const DEFAULT: CsvFormat = {
  delimiter: ',',
  quote: '"',
  escape: null,
  comment: null,
  recordSeparator: '\r\n',
  ignoreEmptyLines: true,
  ignoreSurroundingSpaces: false,
  trim: false,
  nullString: null,
  header: null,
  skipHeaderRecord: false,
  quoteMode: 'MINIMAL',
};

export const CSV_FORMATS: { readonly [name: string]: CsvFormat } = {
  DEFAULT,
  EXCEL: { ...DEFAULT, ignoreEmptyLines: false },
  RFC4180: { ...DEFAULT, ignoreEmptyLines: false },
  TDF: { ...DEFAULT, delimiter: '\t', ignoreSurroundingSpaces: true },
  MYSQL: {
    ...DEFAULT,
    delimiter: '\t',
    escape: '\\',
    quote: null,
    recordSeparator: '\n',
    ignoreEmptyLines: false,
    nullString: '\\N',
    quoteMode: 'ALL_NON_NULL',
  },
  POSTGRESQL_CSV: { ...DEFAULT, ignoreEmptyLines: false, recordSeparator: '\n', nullString: '', quoteMode: 'ALL_NON_NULL' },
  POSTGRESQL_TEXT: { ...DEFAULT, delimiter: '\t', escape: '\\', recordSeparator: '\n', ignoreEmptyLines: false, nullString: '\\N', quoteMode: 'ALL_NON_NULL' },
  INFORMIX_UNLOAD: { ...DEFAULT, delimiter: '|', escape: '\\', recordSeparator: '\n' },
  INFORMIX_UNLOAD_CSV: { ...DEFAULT, recordSeparator: '\n' },
};

export interface CsvTable {
  readonly header: readonly string[] | null;
  readonly records: readonly (readonly (string | null)[])[];
}

export class CsvError extends Error {}

/** Throws CsvError where a quoted value does not end or is followed by text. */
export function readCsv(text: string, format: CsvFormat): CsvTable {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const spaces = (): void => {
    while (at < text.length && (text[at] === ' ' || text[at] === '\t') && !text.startsWith(format.delimiter, at)) at++;
  };
  const lineEnd = (): boolean => text[at] === '\n' || text[at] === '\r';
  const takeLineEnd = (): void => {
    at += text.startsWith('\r\n', at) ? 2 : 1;
  };
  const finish = (value: string, quoted: boolean): void => {
    const shown = format.trim ? value.trim() : value;
    row.push(format.nullString !== null && shown === format.nullString && !quoted ? null : shown);
  };
  while (at < text.length) {
    // At the start of a line.
    if (format.ignoreEmptyLines && lineEnd()) {
      takeLineEnd();
      continue;
    }
    if (format.comment !== null && text.startsWith(format.comment, at)) {
      while (at < text.length && !lineEnd()) at++;
      if (at < text.length) takeLineEnd();
      continue;
    }
    for (;;) {
      if (format.ignoreSurroundingSpaces) spaces();
      if (format.quote !== null && text[at] === format.quote) {
        const line = rows.length + 1;
        let value = '';
        for (at++; ; at++) {
          const c = text[at];
          if (c === undefined) throw new CsvError(`(startline ${line}) EOF reached before encapsulated token finished`);
          if (format.escape !== null && c === format.escape) {
            at++;
            value += text[at] ?? '';
            continue;
          }
          if (c !== format.quote) {
            value += c;
            continue;
          }
          if (text[at + 1] !== format.quote) break;
          value += c;
          at++;
        }
        at++;
        while (at < text.length && /[^\S\r\n]/.test(text[at] as string) && !text.startsWith(format.delimiter, at)) at++;
        if (at < text.length && !lineEnd() && !text.startsWith(format.delimiter, at))
          throw new CsvError(`Invalid char between encapsulated token and delimiter at line: ${line}, position: ${at}`);
        finish(value, true);
      } else {
        let value = '';
        while (at < text.length && !lineEnd() && !text.startsWith(format.delimiter, at)) {
          if (format.escape !== null && text[at] === format.escape) {
            at++;
            value += { n: '\n', r: '\r', t: '\t' }[text[at] ?? ''] ?? text[at] ?? '';
          } else value += text[at];
          at++;
        }
        finish(format.ignoreSurroundingSpaces ? value.replace(/[ \t]+$/, '') : value, false);
      }
      if (text.startsWith(format.delimiter, at) && at < text.length) {
        at += format.delimiter.length;
        if (at >= text.length) {
          finish('', false);
          break;
        }
        continue;
      }
      if (at < text.length) takeLineEnd();
      break;
    }
    rows.push(row);
    row = [];
  }
  let { header } = format;
  if (header !== null) {
    if (header.length === 0) header = (rows.shift() ?? []).map((name) => name ?? '');
    else if (format.skipHeaderRecord) rows.shift();
  }
  return { header, records: rows };
}

/** The header first, where the format has one. */
export function writeCsv(records: readonly (readonly (string | null)[])[], format: CsvFormat): string {
  const rows = format.header !== null && format.header.length > 0 && !format.skipHeaderRecord ? [format.header, ...records] : records;
  return rows.map((row) => row.map((value, i) => writeValue(value, format, i === 0)).join(format.delimiter) + format.recordSeparator).join('');
}

function writeValue(value: string | null, format: CsvFormat, first: boolean): string {
  const { quote } = format;
  if (value === null) return format.nullString ?? '';
  const text = format.trim ? value.trim() : value;
  const quoted = (): string => `${quote}${text.replaceAll(quote as string, (quote as string) + quote)}${quote}`;
  if (quote === null || format.quoteMode === 'NONE') {
    if (format.escape === null) return text;
    return [...text]
      .map((c) => (c === format.delimiter || c === format.escape ? format.escape + c : c === '\n' ? `${format.escape}n` : c === '\r' ? `${format.escape}r` : c))
      .join('');
  }
  if (format.quoteMode === 'ALL' || format.quoteMode === 'ALL_NON_NULL') return quoted();
  if (format.quoteMode === 'NON_NUMERIC' && !/^-?\d+(\.\d+)?$/.test(text)) return quoted();
  // An empty value alone at the start of a line would be lost; control characters and `#` at the start as well.
  if (text === '') return first ? quoted() : '';
  const c = text.charCodeAt(0),
    last = text.charCodeAt(text.length - 1);
  if (
    (first &&
      (c < 0x20 ||
        c === 0x21 ||
        c === 0x22 ||
        (c > 0x22 && c < 0x2c) ||
        (c > 0x2d && c < 0x30) ||
        (c > 0x39 && c < 0x41) ||
        (c > 0x5a && c < 0x61) ||
        c > 0x7a)) ||
    c <= 35 ||
    last <= 32
  )
    return quoted();
  return text.includes(quote) || text.includes(format.delimiter) || /[\r\n]/.test(text) ? quoted() : text;
}
