import { encodingOf } from './read-file.ts';
import { defineStep } from './step.ts';

export const writeFileStep = defineStep({
  name: 'writeFile',
  summary: 'Write file to workspace',
  needs: ['workspace'],
  params: [
    { name: 'file', type: 'string', required: true },
    { name: 'text', type: 'string', required: true },
    { name: 'encoding', type: 'string', help: 'UTF-8 where not given; `Base64`: `text` is the bytes in base64.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    yield* cx.ask('file.write', { ...cx.place(), path: args.file, content: args.text ?? '', encoding: encodingOf(args.encoding) });
    return null;
  },
});
