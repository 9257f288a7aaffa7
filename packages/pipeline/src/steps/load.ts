import { LIBRARIES } from '../engine/libraries.ts';
import type { LibraryLoader } from '../engine/libraries.ts';
import { NativeClosure } from '@millrace/groovy';
import { defineStep } from './step.ts';

export const loadStep = defineStep({
  name: 'load',
  summary: 'Evaluate a Groovy source file into the Pipeline script',
  needs: ['workspace'],
  rawMap: 'path',
  params: [{ name: 'path', type: 'string', required: true }],
  describe: (args) => args.path,
  *run(cx, args) {
    const { content } = yield* cx.ask('file.read', { ...cx.place(), path: args.path, encoding: null });
    const loader = cx.shared<LibraryLoader | null>(LIBRARIES, () => null) as LibraryLoader;
    const name = args.path.slice(args.path.lastIndexOf('/') + 1);
    return yield* cx.runBody(cx.body(new NativeClosure(0, () => loader.run(content, name))));
  },
});
