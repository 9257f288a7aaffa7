import { defineStep } from './step.ts';

export const readFileStep = defineStep({
  name: 'readFile',
  summary: 'Read file from workspace',
  needs: ['workspace'],
  params: [
    { name: 'file', type: 'string', required: true },
    { name: 'encoding', type: 'string', help: 'UTF-8 where not given; `Base64` gives the bytes in base64.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    const { content } = yield* cx.ask('file.read', { ...cx.place(), path: args.file, encoding: encodingOf(args.encoding) });
    return content;
  },
});

/** `Util.fixEmptyAndTrim` */
export function encodingOf(encoding: string | null): string | null {
  const trimmed = encoding?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
