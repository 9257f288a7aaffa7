import { NativeClosure } from '@millrace/groovy';
import type { LibraryLoader } from '../library/library-loader.ts';
import { LIBRARIES } from '../library/library-loader.ts';
import { defineStep } from './step.ts';
import { mapEntries } from './values.ts';

export const loadStep = defineStep({
  name: 'load',
  summary: 'Evaluate a Groovy source file into the Pipeline script',
  needs: ['workspace'],
  // A block, though its body is the file.
  rawMap: 'path',
  params: [{ name: 'path', type: 'any', required: true, help: 'Of a file in the workspace.' }],
  *run(cx, args) {
    const entries = args.path === null ? null : mapEntries(cx.rt, args.path);
    const path = cx.rt.str(entries === null ? args.path : (entries.find(([name]) => name === 'path')?.[1] ?? null));
    const { content } = yield* cx.ask('file.read', { ...cx.place(), path, encoding: null });
    const loader = cx.shared<LibraryLoader | null>(LIBRARIES, () => null) as LibraryLoader;
    return yield* cx.runBody(cx.body(new NativeClosure(0, () => loader.run(content))), { label: path });
  },
});
