/** Follows HtmlPublisher: keeps a folder of pages with the build. */
import { abortError } from '../engine/throwables.ts';
import { explainMask } from './ant-mask.ts';
import { defineStep } from './step.ts';
import { mapEntries } from './values.ts';

export const publishHtmlStep = defineStep({
  name: 'publishHTML',
  summary: 'Publish HTML reports',
  needs: ['workspace'],
  params: [
    { name: 'target', type: 'any', help: 'A map of the other parameters, as Jenkins’ own form has it.' },
    { name: 'reportDir', type: 'string', default: '' },
    { name: 'reportFiles', type: 'string', default: 'index.html' },
    { name: 'reportName', type: 'string' },
    { name: 'reportTitles', type: 'string', default: '' },
    { name: 'includes', type: 'string', default: '**/*' },
    { name: 'keepAll', type: 'boolean', default: false },
    { name: 'alwaysLinkToLastBuild', type: 'boolean', default: false },
    { name: 'allowMissing', type: 'boolean', default: false },
    { name: 'escapeUnderscores', type: 'boolean', default: true },
    { name: 'useWrapperFileDirectly', type: 'boolean', default: false },
    { name: 'numberOfWorkers', type: 'int', default: 0 },
    { name: 'icon', type: 'string' },
  ],
  describe: (args) => args.reportName,
  *run(cx, args) {
    const target = new Map(args.target === null ? [] : (mapEntries(cx.rt, args.target) ?? [...(cx.described(args.target)?.args ?? [])]));
    const text = (name: string, other: string | null): string => cx.expand(target.has(name) ? cx.rt.str(target.get(name) ?? '') : (other ?? ''));
    const truth = (name: string, other: boolean): boolean => (target.has(name) ? cx.rt.str(target.get(name) ?? false) === 'true' : other);
    const dir = text('reportDir', args.reportDir).trim(),
      name = text('reportName', args.reportName),
      includes = text('includes', args.includes) || '**/*';
    const files = text('reportFiles', args.reportFiles)
      .split(',')
      .map((f) => f.trim())
      .filter((f) => f !== '');
    const place = cx.place(dir === '' ? undefined : dir);
    cx.log('[htmlpublisher] Archiving HTML reports...');
    cx.log(
      `[htmlpublisher] Archiving at BUILD level ${place.cwd} to ${name.replace(/[^A-Za-z0-9]/g, (c) => (c === ' ' ? '_20' : c === '_' ? '_5f' : `_${c.charCodeAt(0).toString(16).padStart(2, '0')}`))}`,
    );
    const allowMissing = truth('allowMissing', args.allowMissing);
    const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path: dir === '' ? '.' : dir });
    if (facts === null) {
      const message = `Specified HTML directory '${place.cwd}' does not exist.`;
      if (!allowMissing) throw abortError(message);
      cx.log(`ERROR: ${message}`);
      return null;
    }
    const { files: found } = yield* cx.ask('file.find', { ...place, includes, excludes: null, defaultExcludes: true });
    const first = files.find((f) => found.some((one) => one.path === f));
    if (first === undefined && !allowMissing && files.length > 0 && !files.some((f) => /[*?]/.test(f))) {
      const why = yield* explainMask(cx, `${dir === '' ? '' : `${dir}/`}${files[0]}`, true);
      if (why !== null) cx.log(why);
    }
    yield* cx.ask('publish', {
      type: 'html',
      name,
      data: { name, dir, files, titles: text('reportTitles', args.reportTitles), keepAll: truth('keepAll', args.keepAll) },
      files: { ...place, selection: { includes, excludes: null, defaultExcludes: true } },
    });
    return null;
  },
});
