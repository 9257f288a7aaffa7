/** The library `millrace`, which is there without configuration, in the version of Millrace itself. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LibraryConfig } from '../config/installation.ts';

export const BUILT_IN = 'millrace';

/** From the sources and from the command's bundle (packages/cli/dist). */
const FOLDER = [join(import.meta.dirname, '../../library'), join(import.meta.dirname, '../../controller/library')].find((path) =>
  existsSync(join(path, 'templates')),
);

/** None where its files are not there. One of the installation of that name goes before it. */
export function builtInLibraries(): LibraryConfig[] {
  return FOLDER === undefined ? [] : [{ name: BUILT_IN, path: FOLDER, git: null, version: null, implicit: false }];
}
