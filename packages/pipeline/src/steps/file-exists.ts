import { defineStep } from './step.ts';

export const fileExistsStep = defineStep({
  name: 'fileExists',
  summary: 'Verify if file exists in workspace',
  needs: ['workspace'],
  params: [{ name: 'file', type: 'string', required: true }],
  describe: (args) => args.file,
  *run(cx, args) {
    const file = args.file ?? '';
    if (file === '') cx.log('The fileExists step was called with a null or empty string, so the current directory will be checked instead.');
    const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path: file === '' ? '.' : file });
    return facts !== null;
  },
});
