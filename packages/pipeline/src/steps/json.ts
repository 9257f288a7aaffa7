/** Follows ReadJSONStep and WriteJSONStep of pipeline-utility-steps. */
import { readJson, toPojo, writeJson } from '../formats/json-lib.ts';
import { checkFileOrText, illegalArgument, isBlank, readExisting, writeOver } from './file-or-text.ts';
import { defineStep } from './step.ts';

export const readJsonStep = defineStep({
  name: 'readJSON',
  summary: 'Read JSON from a file in the workspace or text.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'text', type: 'string' },
    { name: 'returnPojo', type: 'boolean', default: false, help: 'Plain maps and lists, with null for JSON’s null.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    checkFileOrText('readJSON', args.file, args.text);
    if (!isBlank(args.file) && !isBlank(args.text)) throw illegalArgument('At most one of file or text must be provided to readJSON.');
    const text = isBlank(args.file)
      ? (args.text as string).trim()
      : yield* readExisting(cx, 'readJSON', args.file as string, null, 'java.lang.IllegalArgumentException');
    const json = readJson(cx.rt, text);
    return args.returnPojo ? toPojo(cx.rt, json) : json;
  },
});

export const writeJsonStep = defineStep({
  name: 'writeJSON',
  summary: 'Write JSON to a file in the workspace.',
  params: [
    { name: 'file', type: 'string' },
    { name: 'json', type: 'any', help: 'Maps, lists, numbers, texts.' },
    { name: 'pretty', type: 'int', default: 0, help: 'How many spaces to indent by; 0: all on one line.' },
    { name: 'returnText', type: 'boolean', default: false },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    if (args.json === null) throw illegalArgument('You have to provide a JSON object to save for writeJSON.');
    if (args.returnText && args.file !== null) throw illegalArgument('You cannot provide both returnText and file to writeJSON.');
    if (!args.returnText && isBlank(args.file)) throw illegalArgument('You have to provide either file or returnText to writeJSON.');
    const text = writeJson(cx.rt, args.json, args.pretty);
    if (args.returnText) return text;
    yield* writeOver(cx, 'writeJSON', args.file as string, text);
    return null;
  },
});
