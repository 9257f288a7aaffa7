/** Follows FileHashStep and FileVerifyHashStep of pipeline-utility-steps: `md5`, `verifyMd5` and their siblings. */

import type { Computation } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import { factsOf, fileNotFound, illegalArgument, isBlank } from './file-or-text.ts';
import type { AnyStep, StepContext } from './step.ts';
import { defineStep } from './step.ts';

function* digest(cx: StepContext, file: string, algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512'): Computation<string | null> {
  const facts = yield* factsOf(cx, file);
  if (facts === null || facts.directory) return null;
  return (yield* cx.ask('file.digest', { ...cx.place(), path: file, algorithm })).hex;
}

function hashSteps(algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512', shown: string): AnyStep[] {
  return [
    defineStep({
      name: algorithm,
      summary: `Compute the ${shown} of a given file`,
      needs: ['workspace'],
      params: [{ name: 'file', type: 'string', required: true }],
      describe: (args) => args.file,
      *run(cx, args) {
        if (isBlank(args.file)) throw illegalArgument("can't be blank");
        return yield* digest(cx, args.file, algorithm);
      },
    }),
    defineStep({
      name: `verify${algorithm.charAt(0).toUpperCase()}${algorithm.slice(1)}`,
      summary: `Verify the ${shown} of a given file`,
      needs: ['workspace'],
      params: [
        { name: 'file', type: 'string', required: true },
        { name: 'hash', type: 'string', required: true },
      ],
      describe: (args) => args.file,
      *run(cx, args) {
        if (isBlank(args.file) || isBlank(args.hash)) throw illegalArgument("can't be blank");
        const hex = yield* digest(cx, args.file, algorithm);
        if (hex === null) throw fileNotFound(`File not found: ${args.file}`);
        if (hex.toLowerCase() !== args.hash.toLowerCase())
          throw abortError(`${shown.replace(/^SHA(?=\d{3})/, 'SHA-')} hash mismatch: expected: '${args.hash}', actual: '${hex}'`);
        return null;
      },
    }),
  ];
}

export const HASH_STEPS: readonly AnyStep[] = [
  ...hashSteps('md5', 'MD5'),
  ...hashSteps('sha1', 'SHA1'),
  ...hashSteps('sha256', 'SHA256'),
  ...hashSteps('sha512', 'SHA512'),
];
