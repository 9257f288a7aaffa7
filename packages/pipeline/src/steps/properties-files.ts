/** Follows ReadPropertiesStep and ReadManifestStep of pipeline-utility-steps. */

import type { Value } from '@millrace/groovy';
import { JavaThrowable, mapOf } from '@millrace/groovy';
import { missingContext } from '../engine/throwables.ts';
import { readManifest } from '../formats/manifest.ts';
import { interpolateProperties, readProperties } from '../formats/properties.ts';
import { checkFileOrText, factsOf, fileNotFound, illegalArgument, isBlank, readExisting, remotePath } from './file-or-text.ts';
import { Bean } from './results.ts';
import { defineStep } from './step.ts';

export const readPropertiesStep = defineStep({
  name: 'readProperties',
  summary: 'Read properties from a file in the workspace or text.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'text', type: 'string', help: 'Wins over the file.' },
    { name: 'defaults', type: 'map' },
    { name: 'interpolate', type: 'boolean', default: false, help: 'Replaces `${other}` by the other property.' },
    { name: 'charset', type: 'string', help: 'ISO-8859-1 where not given.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    checkFileOrText('readProperties', args.file, args.text);
    const result = new Map<string, Value>(args.defaults ?? []);
    if (!isBlank(args.file)) {
      if (cx.scope.cwd === null) throw missingContext('readProperties', 'hudson.FilePath', ['node']);
      const file = args.file as string;
      const facts = yield* factsOf(cx, file);
      if (facts === null) cx.log(`warning: ${remotePath(cx, file)} does not exist, omitting from properties gathering`);
      else if (facts.directory) cx.log(`warning: ${remotePath(cx, file)} is a directory, omitting from properties gathering`);
      else {
        const { content } = yield* cx.ask('file.read', { ...cx.place(), path: file, encoding: isBlank(args.charset) ? 'ISO-8859-1' : args.charset });
        for (const [key, value] of readProperties(content)) result.set(key, value);
      }
    }
    if (!isBlank(args.text)) for (const [key, value] of readProperties(args.text as string)) result.set(key, value);
    if (args.interpolate) {
      cx.log('Interpolation set to true, starting to parse the variable!');
      const texts = new Map<string, string>();
      for (const [key, value] of result) if (typeof value === 'string') texts.set(key, value);
      for (const [key, value] of interpolateProperties(texts)) result.set(key, value);
    }
    return mapOf(result);
  },
});

export const readManifestStep = defineStep({
  name: 'readManifest',
  summary: 'Read a Jar Manifest',
  params: [
    { name: 'file', type: 'string', help: 'A manifest, or a jar, war or ear.' },
    { name: 'text', type: 'string' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    checkFileOrText('readManifest', args.file, args.text);
    if (!isBlank(args.file) && !isBlank(args.text)) throw illegalArgument("Need to specify either file or text to readManifest, can't do both.");
    let text = args.text ?? '';
    if (!isBlank(args.file)) {
      const file = args.file as string;
      if (cx.scope.cwd === null) throw missingContext('readManifest', 'hudson.FilePath', ['node']);
      if (/\.(jar|war|ear)$/i.test(file)) {
        const facts = yield* factsOf(cx, file);
        if (facts === null) throw fileNotFound(`${remotePath(cx, file)} does not exist.`);
        if (facts.directory) throw fileNotFound(`${remotePath(cx, file)} is a directory.`);
        const { contents } = yield* cx.ask('unzip', {
          ...cx.place(),
          archive: file,
          dir: '.',
          glob: 'META-INF/MANIFEST.MF',
          mode: 'read',
          encoding: 'UTF-8',
          quiet: true,
        });
        text = contents?.['META-INF/MANIFEST.MF'] ?? '';
        if (isBlank(text)) throw fileNotFound(`${remotePath(cx, file)} does not seem to contain a manifest.`);
      } else text = yield* readExisting(cx, 'readManifest', file);
    }
    const manifest = readManifest(text);
    if (manifest === null) throw new JavaThrowable('java.io.IOException', 'invalid manifest format');
    return new Bean('org.jenkinsci.plugins.pipeline.utility.steps.conf.mf.SimpleManifest', [
      ['main', mapOf(manifest.main)],
      ['entries', mapOf([...manifest.entries].map(([name, section]): [string, Value] => [name, mapOf(section)]))],
    ]);
  },
});
