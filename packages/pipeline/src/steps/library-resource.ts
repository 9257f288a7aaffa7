import { abortError } from '../engine/throwables.ts';
import type { LibraryLoader } from '../library/library-loader.ts';
import { LIBRARIES } from '../library/library-loader.ts';
import { defineStep } from './step.ts';

export const libraryResourceStep = defineStep({
  name: 'libraryResource',
  summary: 'Load a resource file from a library',
  params: [
    { name: 'resource', type: 'string', required: true, help: 'Its path below `resources/`.' },
    { name: 'encoding', type: 'string', help: 'UTF-8 where not given; `Base64` gives the bytes in base64.' },
  ],
  describe: (args) => args.resource,
  *run(cx, args) {
    const encoding = args.encoding?.trim() ?? '';
    const found = cx.shared<LibraryLoader | null>(LIBRARIES, () => null)?.resources(args.resource, encoding === '' ? null : encoding) ?? [];
    if (found.length > 1) throw abortError(`Library resource ${args.resource} ambiguous among libraries [${found.map((f) => f.library).join(', ')}]`);
    const [only] = found;
    if (only === undefined) throw abortError(`No such library resource ${args.resource} could be found.`);
    return only.content;
  },
});
