import { abortError } from '../engine/throwables.ts';
import { compareVersionNumbers } from '../formats/version-number.ts';
import { defineStep } from './step.ts';

export const compareVersionsStep = defineStep({
  name: 'compareVersions',
  summary: 'Compare two version number strings',
  params: [
    { name: 'v1', type: 'string' },
    { name: 'v2', type: 'string' },
    { name: 'failIfEmpty', type: 'boolean', default: false },
  ],
  *run(_cx, args) {
    const v1 = args.v1 ?? '',
      v2 = args.v2 ?? '';
    if (args.failIfEmpty && (v1 === '' || v2 === '')) throw abortError(v1 !== '' ? 'v2 is empty.' : v2 !== '' ? 'v1 is empty.' : 'Both parameters are empty.');
    if (v1 === '' || v2 === '') return v1 === v2 ? 0 : v1 === '' ? -1 : 1;
    return compareVersionNumbers(v1, v2);
  },
});
