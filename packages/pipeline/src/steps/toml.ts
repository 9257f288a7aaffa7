/** Follows ReadTOMLStep and WriteTOMLStep of pipeline-utility-steps. */
import { readToml, writeToml } from '../formats/toml.ts';
import { checkFileOrText, illegalArgument, isBlank, readExisting, writeOver } from './file-or-text.ts';
import { defineStep } from './step.ts';

export const readTomlStep = defineStep({
  name: 'readTOML',
  summary: 'Read toml from a file in the workspace or text.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'text', type: 'string' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    checkFileOrText('readTOML', args.file, args.text);
    if (!isBlank(args.file) && !isBlank(args.text)) throw illegalArgument('At most one of file or text must be provided to readTOML.');
    const text = isBlank(args.file)
      ? (args.text as string).trim()
      : yield* readExisting(cx, 'readTOML', args.file as string, null, 'java.lang.IllegalArgumentException');
    return readToml(cx.rt, text);
  },
});

export const writeTomlStep = defineStep({
  name: 'writeTOML',
  summary: 'Write toml to a file in the workspace.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'toml', type: 'any', help: 'A map.' },
    { name: 'returnText', type: 'boolean', default: false },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    if (args.toml === null) throw illegalArgument('You have to provide a TOML object to save for writeTOML.');
    if (args.returnText && !isBlank(args.file)) throw illegalArgument('You cannot provide both returnText and file to writeTOML.');
    if (!args.returnText && isBlank(args.file)) throw illegalArgument('You have to provide either file or returnText to writeTOML.');
    const text = writeToml(cx.rt, args.toml);
    if (args.returnText) return text;
    yield* writeOver(cx, 'writeTOML', args.file as string, text);
    return null;
  },
});
