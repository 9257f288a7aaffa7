/** Follows FindFilesStep, TouchStep and PrependToFileStep of pipeline-utility-steps. */
import { JavaArray } from '@millrace/groovy';
import { factsOf, illegalArgument, isBlank, remotePath } from './file-or-text.ts';
import { FILE_WRAPPER, FileWrapper } from './file-wrapper.ts';
import { defineStep } from './step.ts';

export const findFilesStep = defineStep({
  name: 'findFiles',
  summary: 'Find files in the workspace',
  needs: ['workspace'],
  params: [
    { name: 'glob', type: 'string', help: 'Ant patterns; the files and folders right here where left out.' },
    { name: 'excludes', type: 'string' },
  ],
  describe: (args) => args.glob,
  *run(cx, args) {
    const here = isBlank(args.glob);
    const { files } = yield* cx.ask('file.find', {
      ...cx.place(),
      includes: here ? '*' : (args.glob as string),
      excludes: here || isBlank(args.excludes) ? null : args.excludes,
      defaultExcludes: !here,
      directories: here,
    });
    return new JavaArray(
      FILE_WRAPPER,
      files.map((facts) => new FileWrapper(facts)),
    );
  },
});

export const touchStep = defineStep({
  name: 'touch',
  summary: 'Create a file (if not already exist) in the workspace, and set the timestamp',
  needs: ['workspace'],
  params: [
    { name: 'file', type: 'string', required: true },
    { name: 'timestamp', type: 'long', help: 'Milliseconds since 1970; now where left out.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    if (isBlank(args.file)) throw illegalArgument("can't be blank");
    const { facts } = yield* cx.ask('file.touch', { ...cx.place(), path: args.file, at: args.timestamp });
    return new FileWrapper({ ...facts, path: remotePath(cx, args.file) });
  },
});

export const prependToFileStep = defineStep({
  name: 'prependToFile',
  summary: 'Create a file (if not already exist) in the workspace, and prepend given content to that file.',
  needs: ['workspace'],
  params: [
    { name: 'file', type: 'string', required: true },
    { name: 'content', type: 'string', required: true },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    if (isBlank(args.file) || isBlank(args.content)) throw illegalArgument("can't be blank");
    const before = yield* factsOf(cx, args.file);
    const old = before === null ? '' : (yield* cx.ask('file.read', { ...cx.place(), path: args.file, encoding: null })).content;
    yield* cx.ask('file.write', { ...cx.place(), path: args.file, content: args.content + old, encoding: 'UTF-8' });
    const facts = yield* factsOf(cx, args.file);
    return facts === null ? null : new FileWrapper({ ...facts, path: remotePath(cx, args.file) });
  },
});
