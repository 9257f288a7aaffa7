import { LIBRARIES, libraryNamed } from '../engine/libraries.ts';
import type { LibraryLoader } from '../engine/libraries.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

export const libraryStep = defineStep({
  name: 'library',
  summary: 'Load a library on the fly',
  params: [
    { name: 'identifier', type: 'string', required: true, help: 'name@version' },
    { name: 'changelog', type: 'boolean', default: true },
    { name: 'retriever', type: 'any', help: 'Where it comes from: legacySCM(…), modernSCM(…)' },
  ],
  describe: (args) => args.identifier,
  *run(cx, args) {
    const loader = cx.shared<LibraryLoader | null>(LIBRARIES, () => null);
    return yield* (loader as LibraryLoader).load(cx, libraryNamed(args.identifier, { changelog: args.changelog, retriever: toJson(cx.rt, args.retriever) }));
  },
});
