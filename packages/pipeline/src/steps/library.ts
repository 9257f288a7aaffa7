import { abortError } from '../engine/throwables.ts';
import type { LibraryLoader } from '../library/library-loader.ts';
import { LIBRARIES } from '../library/library-loader.ts';
import { libraryNamed } from '../library/request.ts';
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
    const loader = cx.shared<LibraryLoader | null>(LIBRARIES, () => null) as LibraryLoader;
    const request = libraryNamed(args.identifier, { changelog: args.changelog, retriever: toJson(cx.rt, args.retriever) });
    if (request.retriever !== null && request.version === null) throw abortError(`Must specify a version for library ${request.name}`);
    return yield* loader.load(cx, request);
  },
});
