import { LIBRARIES } from '../engine/libraries.ts';
import type { LibraryLoader } from '../engine/libraries.ts';
import { abortError } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

export const libraryResourceStep = defineStep({
  name: 'libraryResource',
  summary: 'Load a resource file from a library',
  params: [{ name: 'resource', type: 'string', required: true }, { name: 'encoding', type: 'string' }],
  describe: (args) => args.resource,
  *run(cx, args) {
    const text = cx.shared<LibraryLoader | null>(LIBRARIES, () => null)?.resource(args.resource, args.encoding) ?? null;
    if (text === null) throw abortError(`No such library resource ${args.resource} could be found.`);
    return text;
  },
});
