/** java.lang's objects, exceptions and interfaces, and the classes that exist to be refused. */
import type { Library } from '../runtime/native.ts';
import { classTable, packageTable } from './class.ts';
import { enumTable } from './enum.ts';
import { expandoTable } from './expando.ts';
import { interfaceTables } from './interfaces.ts';
import { metaTables, objectExtension, objectTable } from './object.ts';
import { refusedTables } from './refused-classes.ts';
import { runtimeTable, systemTable, threadTable } from './system.ts';
import { stackElementTable, throwableTables } from './throwable.ts';
import { writerExtensions, writerTables } from './writers.ts';

export const objectLibrary: Library = {
  classes: [
    objectTable,
    classTable,
    packageTable,
    enumTable,
    expandoTable,
    { name: 'java.lang.Void' },
    { name: 'java.lang.String$CaseInsensitiveComparator', interfaces: ['java.util.Comparator'] },
    { name: 'org.codehaus.groovy.runtime.NullObject' },
    ...throwableTables,
    stackElementTable,
    ...interfaceTables,
    ...metaTables,
    ...writerTables,
    systemTable,
    threadTable,
    runtimeTable,
    ...refusedTables,
  ],
  extensions: [objectExtension, ...writerExtensions],
};
