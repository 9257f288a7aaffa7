/** Follows ZipStep, TarStep, UnZipStep and UnTarStep of pipeline-utility-steps. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable, mapOf } from '@millrace/groovy';
import { factsOf, illegalArgument, isBlank, remotePath } from './file-or-text.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

function ioError(message: string): JavaThrowable {
  return new JavaThrowable('java.io.IOException', message);
}

interface Compress {
  readonly dir: string | null;
  readonly glob: string | null;
  readonly exclude: string | null;
  readonly archive: boolean;
  readonly overwrite: boolean;
  readonly defaultExcludes: boolean;
}
const COMPRESS = [
  { name: 'dir', type: 'string', help: 'The folder to take; the current one where left out.' },
  { name: 'glob', type: 'string', help: 'Ant patterns; all files where left out.' },
  { name: 'exclude', type: 'string' },
  { name: 'archive', type: 'boolean', default: false, help: 'Keeps the file as an artifact too.' },
  { name: 'overwrite', type: 'boolean', default: false },
  { name: 'defaultExcludes', type: 'boolean', default: true },
] as const;

function* compress(
  cx: StepContext,
  file: string,
  args: Compress,
  make: (selection: { includes: string; excludes: string | null; defaultExcludes: boolean }, dir: string) => Computation<{ readonly count: number }>,
): Computation<null> {
  if (isBlank(file)) throw illegalArgument('Can not be empty');
  const dir = isBlank(args.dir) ? '.' : (args.dir as string);
  if (dir !== '.') {
    const facts = yield* factsOf(cx, dir);
    if (facts === null) throw ioError(`${remotePath(cx, dir)} does not exist.`);
    if (!facts.directory) throw ioError(`${remotePath(cx, dir)} is not a directory.`);
  }
  const target = remotePath(cx, file);
  if (!args.overwrite && (yield* factsOf(cx, file)) !== null) throw ioError(`${target} exists.`);
  const filtered = isBlank(args.glob) && isBlank(args.exclude) ? '' : ` filtered by [${args.glob}] - [${args.exclude}]`;
  cx.log(`Compress ${remotePath(cx, dir)}${filtered} to ${target}`);
  const { count } = yield* make(
    {
      includes: isBlank(args.glob) ? '**/*' : (args.glob as string),
      excludes: isBlank(args.exclude) ? null : args.exclude,
      defaultExcludes: args.defaultExcludes,
    },
    dir,
  );
  cx.log(`Compressed ${count} entries.`);
  if (args.archive) {
    cx.log(`Archiving ${target}`);
    yield* cx.ask('archive', {
      ...cx.place(),
      selection: { includes: file.replaceAll('\\', '/'), excludes: null, defaultExcludes: false },
      followSymlinks: true,
      fingerprint: false,
    });
  }
  return null;
}

export const zipStep = defineStep({
  name: 'zip',
  summary: 'Create Zip file',
  needs: ['workspace'],
  params: [{ name: 'zipFile', type: 'string' }, { name: 'file', type: 'string', help: 'Another name for zipFile.' }, ...COMPRESS],
  describe: (args) => args.zipFile ?? args.file,
  *run(cx, args) {
    const file = args.zipFile ?? args.file ?? '';
    return yield* compress(cx, file, args, (selection, dir) => cx.ask('zip', { ...cx.place(), archive: file, dir, selection, overwrite: args.overwrite }));
  },
});

export const tarStep = defineStep({
  name: 'tar',
  summary: 'Create Tar file',
  needs: ['workspace'],
  params: [{ name: 'file', type: 'string', required: true }, { name: 'compress', type: 'boolean', default: true, help: 'With gzip.' }, ...COMPRESS],
  describe: (args) => args.file,
  *run(cx, args) {
    return yield* compress(cx, args.file, args, (selection, dir) =>
      cx.ask('tar', { ...cx.place(), archive: args.file, dir, selection, compress: args.compress, overwrite: args.overwrite }),
    );
  },
});

interface Decompress {
  readonly dir: string | null;
  readonly glob: string | null;
  readonly test: boolean;
  readonly quiet: boolean;
}
const DECOMPRESS = [
  { name: 'dir', type: 'string', help: 'Where the files go; the current folder where left out.' },
  { name: 'glob', type: 'string', help: 'Ant patterns of what to take.' },
  { name: 'test', type: 'boolean', default: false, help: 'Only says whether the file is whole.' },
  { name: 'quiet', type: 'boolean', default: false },
] as const;

/** False where a test already knows the answer: no. */
function* checkSource(cx: StepContext, file: string, test: boolean): Computation<boolean> {
  const facts = yield* factsOf(cx, file);
  const problem = facts === null ? `${remotePath(cx, file)} does not exist.` : facts.directory ? `${remotePath(cx, file)} is a directory.` : null;
  if (problem === null) return true;
  if (!test) throw ioError(problem);
  cx.log(`ERROR: ${problem}`);
  return false;
}
function target(args: Decompress): { dir: string; glob: string | null } {
  return { dir: isBlank(args.dir) ? '.' : (args.dir as string), glob: isBlank(args.glob) ? null : args.glob };
}

export const unzipStep = defineStep({
  name: 'unzip',
  summary: 'Extract Zip file',
  needs: ['workspace'],
  params: [
    { name: 'zipFile', type: 'string', required: true },
    ...DECOMPRESS,
    { name: 'read', type: 'boolean', default: false, help: 'Answers with the files’ texts instead of writing them.' },
    { name: 'charset', type: 'string', help: 'Of the names in the archive; UTF-8 where not given.' },
  ],
  describe: (args) => args.zipFile,
  *run(cx, args): Computation<Value> {
    if (!(yield* checkSource(cx, args.zipFile, args.test))) return false;
    const mode = args.test ? 'test' : args.read ? 'read' : 'extract';
    if (mode !== 'test') cx.log(`Extracting from ${remotePath(cx, args.zipFile)}`);
    const { count, ok, contents } = yield* cx.ask('unzip', {
      ...cx.place(),
      archive: args.zipFile,
      ...target(args),
      mode,
      encoding: args.charset ?? 'UTF-8',
      quiet: args.quiet,
    });
    if (mode === 'test') {
      if (ok || count > 0) cx.log(`Checking ${count} zipped entries in ${remotePath(cx, args.zipFile)}`);
      return ok;
    }
    cx.log(mode === 'read' ? `Read: ${count} files` : `Extracted: ${count} files`);
    // A TreeMap in the plug-in.
    return mode === 'read' ? mapOf(Object.entries(contents ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) : null;
  },
});

export const untarStep = defineStep({
  name: 'untar',
  summary: 'Extract Tar file',
  needs: ['workspace'],
  params: [{ name: 'file', type: 'string', required: true }, ...DECOMPRESS, { name: 'keepPermissions', type: 'boolean', default: true }],
  describe: (args) => args.file,
  *run(cx, args): Computation<Value> {
    if (!(yield* checkSource(cx, args.file, args.test))) return false;
    if (!args.test) cx.log(`Extracting from ${remotePath(cx, args.file)}`);
    const { count, ok } = yield* cx.ask('untar', {
      ...cx.place(),
      archive: args.file,
      ...target(args),
      mode: args.test ? 'test' : 'extract',
      quiet: args.quiet,
    });
    if (args.test) return ok;
    cx.log(`Extracted: ${count} files`);
    return null;
  },
});
