/** Follows hudson.tasks.ArtifactArchiver, and the two deprecated steps beside it. */

import type { Value } from '@millrace/groovy';
import { JavaList } from '@millrace/groovy';
import { isWorse } from '../engine/build.ts';
import { abortError } from '../engine/throwables.ts';
import { explainMask } from './ant-mask.ts';
import { defineStep } from './step.ts';

export const archiveArtifactsStep = defineStep({
  name: 'archiveArtifacts',
  summary: 'Archive the artifacts',
  needs: ['workspace'],
  params: [
    { name: 'artifacts', type: 'string', required: true, help: 'Ant patterns, comma separated.' },
    { name: 'excludes', type: 'string' },
    { name: 'allowEmptyArchive', type: 'boolean', default: false },
    { name: 'onlyIfSuccessful', type: 'boolean', default: false },
    { name: 'fingerprint', type: 'boolean', default: false },
    { name: 'defaultExcludes', type: 'boolean', default: true },
    { name: 'caseSensitive', type: 'boolean', default: true },
    { name: 'followSymlinks', type: 'boolean', default: true },
  ],
  describe: (args) => args.artifacts,
  *run(cx, args) {
    const artifacts = cx.expand(args.artifacts ?? '').trim();
    if (artifacts === '') {
      throw abortError(
        'No artifacts are configured for archiving.\nYou probably forgot to set the file pattern, so please go back to the configuration and specify it.\nIf you really did mean to archive all the files in the workspace, please specify "**"',
      );
    }
    const result = cx.result();
    if (args.onlyIfSuccessful && result !== null && isWorse(result, 'UNSTABLE')) {
      cx.log('Skipped archiving because build is not successful');
      return null;
    }
    cx.log('Archiving artifacts');
    const { files } = yield* cx.ask('archive', {
      ...cx.place(),
      followSymlinks: args.followSymlinks,
      fingerprint: args.fingerprint,
      selection: {
        includes: artifacts,
        excludes: args.excludes === null || args.excludes === '' ? null : cx.expand(args.excludes),
        defaultExcludes: args.defaultExcludes,
        caseSensitive: args.caseSensitive,
      },
    });
    if (files.length > 0) {
      if (args.fingerprint) cx.log('Recording fingerprints');
      return null;
    }
    // A build that has failed already is not told off for what it did not make.
    if (result !== null && isWorse(result, 'UNSTABLE')) return null;
    const why = yield* explainMask(cx, artifacts, args.caseSensitive);
    if (why !== null) cx.log(why);
    const message = `No artifacts found that match the file pattern "${artifacts}". Configuration error?`;
    if (!args.allowEmptyArchive) throw abortError(message);
    cx.log(message);
    return null;
  },
});

export const archiveStep = defineStep({
  name: 'archive',
  summary: 'Archive artifacts',
  needs: ['workspace'],
  params: [
    { name: 'includes', type: 'string', required: true },
    { name: 'excludes', type: 'string' },
  ],
  describe: (args) => args.includes,
  *run(cx, args) {
    cx.log('The archive step is deprecated, please use archiveArtifacts instead.');
    const excludes = args.excludes?.trim() ?? '';
    const { files } = yield* cx.ask('archive', {
      ...cx.place(),
      followSymlinks: true,
      fingerprint: false,
      selection: { includes: args.includes, excludes: excludes === '' ? null : excludes, defaultExcludes: true },
    });
    if (files.length === 0)
      cx.log(`No files found to archive for pattern "${args.includes}"${excludes === '' ? '' : `, excluding "${excludes}"`}; continuing.`);
    return null;
  },
});

export const unarchiveStep = defineStep({
  name: 'unarchive',
  summary: 'Copy archived artifacts into the workspace',
  needs: ['workspace'],
  params: [{ name: 'mapping', type: 'map', help: 'Artifacts to the places where they go.' }],
  *run(cx, args) {
    const made: Value[] = [];
    for (const [from, to] of args.mapping ?? new Map<string, Value>()) {
      const answer = yield* cx.ask('unarchive', { ...cx.place(), from: from.replaceAll('\\', '/'), to: cx.rt.str(to) });
      if (answer.files.length === 0) throw abortError(`no artifacts to unarchive in ${from}`);
      made.push(...answer.files);
    }
    return new JavaList(made);
  },
});

export const fingerprintStep = defineStep({
  name: 'fingerprint',
  summary: 'Record fingerprints of files to track usage',
  needs: ['workspace'],
  params: [
    { name: 'targets', type: 'string', required: true },
    { name: 'excludes', type: 'string' },
    { name: 'caseSensitive', type: 'boolean', default: true },
    { name: 'defaultExcludes', type: 'boolean', default: true },
  ],
  describe: (args) => args.targets,
  *run(cx, args) {
    cx.log('Recording fingerprints');
    const selection = { includes: cx.expand(args.targets), excludes: args.excludes, defaultExcludes: args.defaultExcludes, caseSensitive: args.caseSensitive };
    const { files } = yield* cx.ask('file.find', { ...cx.place(), ...selection });
    const prints: { path: string; md5: string }[] = [];
    for (const file of files) {
      if (file.directory) continue;
      const { hex } = yield* cx.ask('file.digest', { ...cx.place(), path: file.path, algorithm: 'md5' });
      prints.push({ path: file.path, md5: hex });
    }
    yield* cx.ask('publish', { type: 'fingerprint', name: 'Fingerprints', data: prints });
    return null;
  },
});
