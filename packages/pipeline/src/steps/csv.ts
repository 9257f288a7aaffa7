/** Follows ReadCSVStep and WriteCSVStep of pipeline-utility-steps. */

import type { Value } from '@millrace/groovy';
import { JavaList, JavaThrowable } from '@millrace/groovy';
import type { CsvFormat } from '../formats/csv.ts';
import { CSV_FORMATS, CsvError, readCsv, writeCsv } from '../formats/csv.ts';
import { CsvFormatObject, CsvRecord } from '../formats/csv-classes.ts';
import { checkFileOrText, illegalArgument, isBlank, readExisting, writeOver } from './file-or-text.ts';
import { defineStep } from './step.ts';

function formatOf(value: Value): CsvFormat {
  if (value === null) return CSV_FORMATS['DEFAULT'] as CsvFormat;
  if (value instanceof CsvFormatObject) return value.format;
  throw new JavaThrowable('java.lang.ClassCastException', 'format expects class org.apache.commons.csv.CSVFormat');
}

export const readCsvStep = defineStep({
  name: 'readCSV',
  summary: 'Read content from a CSV file in the workspace or text.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'text', type: 'string' },
    { name: 'format', type: 'any', help: 'A CSVFormat: `CSVFormat.EXCEL.withHeader(…)`.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    checkFileOrText('readCSV', args.file, args.text);
    if (!isBlank(args.file) && !isBlank(args.text)) throw illegalArgument("Only one of 'file' or 'text' arguments can be provided to readCSV.");
    const text = isBlank(args.file) ? (args.text as string) : yield* readExisting(cx, 'readCSV', args.file as string);
    try {
      const { header, records } = readCsv(text, formatOf(args.format));
      return new JavaList(records.map((values, i) => new CsvRecord(values, header, i + 1)));
    } catch (e) {
      if (e instanceof CsvError) throw new JavaThrowable('java.io.IOException', e.message);
      throw e;
    }
  },
});

export const writeCsvStep = defineStep({
  name: 'writeCSV',
  summary: 'Write content to a CSV file in the workspace.',
  needs: ['workspace'],
  params: [
    { name: 'file', type: 'string' },
    { name: 'records', type: 'any', help: 'A list of records or of lists.' },
    { name: 'format', type: 'any', help: 'A CSVFormat.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    if (args.records === null) throw illegalArgument('You have to provide a list of records to save for writeCSV.');
    if (isBlank(args.file)) throw illegalArgument('You have to provide a file for writeCSV.');
    const rows: (string | null)[][] = [];
    for (const record of cx.rt.iterate(args.records)) {
      if (record instanceof CsvRecord) rows.push([...record.values]);
      else rows.push([...cx.rt.iterate(typeof record === 'string' ? new JavaList([record]) : record)].map((v) => (v === null ? null : cx.rt.str(v))));
    }
    yield* writeOver(cx, 'writeCSV', args.file as string, writeCsv(rows, formatOf(args.format)));
    return null;
  },
});
