/** Data formats: JSON, XML, codecs, digests, and java.io over texts. */
import type { Library } from '../runtime/native.ts';
import { base64Classes, encodingMethods, writableClass } from './base64.ts';
import { charsetClasses } from './bytes.ts';
import { digestClasses } from './digestTables.ts';
import { jsonClasses } from './jsonTables.ts';
import { propertiesClass } from './properties.ts';
import { readerClasses, readerMethods } from './readers.ts';
import { uriClasses, urlMethods, urlReading } from './uri.ts';
import { xmlClasses } from './xmlTables.ts';

export const dataLibrary: Library = {
  classes: [
    ...jsonClasses,
    ...base64Classes,
    writableClass,
    ...charsetClasses,
    ...digestClasses,
    ...readerClasses,
    ...uriClasses,
    ...xmlClasses,
    propertiesClass,
  ],
  extensions: [encodingMethods, readerMethods, urlMethods, urlReading],
};
