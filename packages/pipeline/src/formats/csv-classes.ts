/** commons-csv's classes, as far as scripts use them: `CSVFormat.EXCEL.withHeader('a')`, `record.get('a')`. */

import type { NativeClass, Runtime, Value } from '@millrace/groovy';
import { Character, JavaArray, JavaList, JavaObject, JavaThrowable, mapOf } from '@millrace/groovy';
import type { CsvFormat } from './csv.ts';
import { CSV_FORMATS } from './csv.ts';

export class CsvFormatObject extends JavaObject {
  readonly format: CsvFormat;
  constructor(format: CsvFormat) {
    super();
    this.format = format;
  }
  get $type(): string {
    return 'org.apache.commons.csv.CSVFormat';
  }
  override javaString(): string {
    return `Delimiter=<${this.format.delimiter}>${this.format.quote === null ? '' : ` QuoteChar=<${this.format.quote}>`} RecordSeparator=<${this.format.recordSeparator}>${this.format.ignoreEmptyLines ? ' EmptyLines:ignored' : ''} SkipHeaderRecord:${this.format.skipHeaderRecord}`;
  }
}

export class CsvRecord extends JavaObject {
  readonly values: readonly (string | null)[];
  readonly header: readonly string[] | null;
  readonly number: number;
  constructor(values: readonly (string | null)[], header: readonly string[] | null, number: number) {
    super();
    this.values = values;
    this.header = header;
    this.number = number;
  }
  get $type(): string {
    return 'org.apache.commons.csv.CSVRecord';
  }
  override javaString(): string {
    return `CSVRecord [comment='null', recordNumber=${this.number}, values=[${this.values.map(String).join(', ')}]]`;
  }

  named(name: string): Value {
    if (this.header === null)
      throw new JavaThrowable('java.lang.IllegalStateException', "No header mapping was specified, the record values can't be accessed by name");
    const at = this.header.indexOf(name);
    if (at < 0) throw new JavaThrowable('java.lang.IllegalArgumentException', `Mapping for ${name} not found, expected one of [${this.header.join(', ')}]`);
    if (at >= this.values.length)
      throw new JavaThrowable('java.lang.IllegalArgumentException', `Index for header '${name}' is ${at} but CSVRecord only has ${this.values.length} values!`);
    return this.values[at] as string | null;
  }
  at(index: number): Value {
    const value = this.values[index];
    if (value === undefined)
      throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Index ${index} out of bounds for length ${this.values.length}`);
    return value;
  }
}

function changed(self: CsvFormatObject, change: Partial<CsvFormat>): CsvFormatObject {
  return new CsvFormatObject({ ...self.format, ...change });
}
function texts(rt: Runtime, array: JavaArray | null): string[] | null {
  return array === null ? null : array.items.map((v) => rt.str(v));
}
const character = (c: Character | null): string | null => (c === null ? null : String.fromCharCode(c.code));

export const CSV_CLASSES: readonly NativeClass[] = [
  {
    name: 'org.apache.commons.csv.CSVFormat',
    fields: Object.fromEntries(Object.entries(CSV_FORMATS).map(([name, format]) => [name, () => new CsvFormatObject(format)])),
    statics: {
      'newFormat(char)': (_rt, _self, c: Character) =>
        new CsvFormatObject({ ...(CSV_FORMATS['DEFAULT'] as CsvFormat), delimiter: character(c) as string, quote: null, ignoreEmptyLines: false }),
    },
    methods: {
      'withHeader(java.lang.String[])': (rt, self: CsvFormatObject, names: JavaArray | null) => changed(self, { header: texts(rt, names) }),
      'withFirstRecordAsHeader()': (_rt, self: CsvFormatObject) => changed(self, { header: [], skipHeaderRecord: true }),
      'withSkipHeaderRecord()': (_rt, self: CsvFormatObject) => changed(self, { skipHeaderRecord: true }),
      'withSkipHeaderRecord(boolean)': (_rt, self: CsvFormatObject, skip: boolean) => changed(self, { skipHeaderRecord: skip }),
      'withDelimiter(char)': (_rt, self: CsvFormatObject, c: Character) => changed(self, { delimiter: character(c) as string }),
      'withQuote(char)': (_rt, self: CsvFormatObject, c: Character) => changed(self, { quote: character(c) }),
      'withQuote(java.lang.Character)': (_rt, self: CsvFormatObject, c: Character | null) => changed(self, { quote: character(c) }),
      'withEscape(char)': (_rt, self: CsvFormatObject, c: Character) => changed(self, { escape: character(c) }),
      'withCommentMarker(char)': (_rt, self: CsvFormatObject, c: Character) => changed(self, { comment: character(c) }),
      'withIgnoreEmptyLines()': (_rt, self: CsvFormatObject) => changed(self, { ignoreEmptyLines: true }),
      'withIgnoreEmptyLines(boolean)': (_rt, self: CsvFormatObject, on: boolean) => changed(self, { ignoreEmptyLines: on }),
      'withIgnoreSurroundingSpaces()': (_rt, self: CsvFormatObject) => changed(self, { ignoreSurroundingSpaces: true }),
      'withIgnoreSurroundingSpaces(boolean)': (_rt, self: CsvFormatObject, on: boolean) => changed(self, { ignoreSurroundingSpaces: on }),
      'withTrim()': (_rt, self: CsvFormatObject) => changed(self, { trim: true }),
      'withTrim(boolean)': (_rt, self: CsvFormatObject, on: boolean) => changed(self, { trim: on }),
      'withNullString(java.lang.String)': (_rt, self: CsvFormatObject, text: string | null) => changed(self, { nullString: text }),
      'withRecordSeparator(char)': (_rt, self: CsvFormatObject, c: Character) => changed(self, { recordSeparator: character(c) as string }),
      'withRecordSeparator(java.lang.String)': (_rt, self: CsvFormatObject, text: string) => changed(self, { recordSeparator: text }),
      'getDelimiter()': (_rt, self: CsvFormatObject) => new Character(self.format.delimiter.charCodeAt(0)),
    },
  },
  {
    name: 'org.apache.commons.csv.CSVRecord',
    interfaces: ['java.lang.Iterable'],
    methods: {
      'get(int)': (_rt, self: CsvRecord, index: number) => self.at(index),
      'get(java.lang.String)': (_rt, self: CsvRecord, name: string) => self.named(name),
      'getAt(int)': (_rt, self: CsvRecord, index: number) => self.at(index),
      'getAt(java.lang.String)': (_rt, self: CsvRecord, name: string) => self.named(name),
      'size()': (_rt, self: CsvRecord) => self.values.length,
      'isSet(java.lang.String)': (_rt, self: CsvRecord, name: string) =>
        (self.header?.indexOf(name) ?? -1) >= 0 && (self.header as readonly string[]).indexOf(name) < self.values.length,
      'isMapped(java.lang.String)': (_rt, self: CsvRecord, name: string) => self.header?.includes(name) === true,
      'isConsistent()': (_rt, self: CsvRecord) => self.header === null || self.header.length === self.values.length,
      'getRecordNumber()': (_rt, self: CsvRecord) => self.number,
      'toMap()': (_rt, self: CsvRecord) => mapOf((self.header ?? []).map((name, i): [string, Value] => [name, self.values[i] ?? null])),
      'toList()': (_rt, self: CsvRecord) => new JavaList([...self.values]),
      'values()': (_rt, self: CsvRecord) => new JavaArray('java.lang.String', [...self.values]),
      'iterator()': (rt, self: CsvRecord) => new JavaList([...self.values]).iterator(rt),
    },
  },
];
