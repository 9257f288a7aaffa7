/** Follows ReadYamlStep and WriteYamlStep of pipeline-utility-steps. */
import { JavaList, JavaThrowable } from '@millrace/groovy';
import { missingContext } from '../engine/throwables.ts';
import { checkYamlValue, readYaml, writeYaml } from '../formats/yaml.ts';
import { checkFileOrText, factsOf, illegalArgument, isBlank, readExisting, remotePath, writeOver } from './file-or-text.ts';
import { defineStep } from './step.ts';

export const readYamlStep = defineStep({
  name: 'readYaml',
  summary: 'Read yaml from a file in the workspace or text.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'text', type: 'string', help: 'Comes after the file’s text where both are given.' },
    { name: 'codePointLimit', type: 'int' },
    { name: 'maxAliasesForCollections', type: 'int' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    checkFileOrText('readYaml', args.file, args.text);
    let text = isBlank(args.file) ? '' : yield* readExisting(cx, 'readYaml', args.file as string);
    if (!isBlank(args.text)) text += `\n${args.text}`;
    const documents = readYaml(cx.rt, text, {
      ...(args.codePointLimit === null ? {} : { codePoints: args.codePointLimit }),
      ...(args.maxAliasesForCollections === null ? {} : { aliases: args.maxAliasesForCollections }),
    });
    return documents.length === 1 ? (documents[0] ?? null) : new JavaList(documents);
  },
});

export const writeYamlStep = defineStep({
  name: 'writeYaml',
  summary: 'Write a yaml from an object or objects.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'data', type: 'any' },
    { name: 'datas', type: 'list', help: 'Several documents.' },
    { name: 'charset', type: 'string' },
    { name: 'overwrite', type: 'boolean', default: false },
    { name: 'returnText', type: 'boolean', default: false },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    checkYamlValue(cx.rt, args.data, 'data');
    for (const value of args.datas ?? []) checkYamlValue(cx.rt, value, 'datas');
    if (args.returnText) {
      if (!isBlank(args.file)) throw illegalArgument('cannot provide both returnText and file to writeYaml');
      if (!isBlank(args.charset)) throw illegalArgument('cannot provide both returnText and charset to writeYaml');
      if (args.overwrite) throw illegalArgument('cannot provide both returnText and overwrite to writeYaml');
    } else if (isBlank(args.file)) throw illegalArgument('either file or returnText must be provided to writeYaml');
    if (!args.returnText) {
      if (cx.scope.cwd === null) throw missingContext('writeYaml', 'hudson.FilePath', ['node']);
      const facts = yield* factsOf(cx, args.file as string);
      if (facts !== null && !facts.directory && !args.overwrite)
        throw new JavaThrowable('java.nio.file.FileAlreadyExistsException', remotePath(cx, args.file as string));
    }
    if (args.data === null && args.datas === null) throw illegalArgument('data or datas parameter must be provided to writeYaml');
    if (args.data !== null && args.datas !== null) throw illegalArgument('only one of data or datas must be provided to writeYaml');
    const text = args.datas === null ? writeYaml(cx.rt, [args.data], false) : writeYaml(cx.rt, args.datas, true);
    if (args.returnText) return text;
    yield* writeOver(cx, 'writeYaml', args.file as string, text, isBlank(args.charset) ? null : args.charset);
    return null;
  },
});
