/** Follows HtmlPublisher: keeps a folder of pages with the build. */
import type { Computation } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { Place } from '../host.ts';
import { REPORTS } from '../journal/flags.ts';
import { explainMask } from './ant-mask.ts';
import type { StepContext } from './step.ts';
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
    const keepAll = truth('keepAll', args.keepAll);
    const urlName = reportUrlName(name, truth('escapeUnderscores', args.escapeUnderscores));
    cx.log('[htmlpublisher] Archiving HTML reports...');
    cx.log(`[htmlpublisher] Archiving at ${keepAll || !cx.has(REPORTS) ? 'BUILD' : 'PROJECT'} level ${place.cwd} to ${urlName}`);
    const allowMissing = truth('allowMissing', args.allowMissing);
    const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path: dir === '' ? '.' : dir });
    if (facts === null) {
      const message = `Specified HTML directory '${place.cwd}' does not exist.`;
      if (!allowMissing) throw abortError(message);
      cx.log(`ERROR: ${message}`);
      return null;
    }
    const { files: found } = yield* cx.ask('file.find', { ...place, includes, excludes: null, defaultExcludes: true });
    if (found.length === 0 && cx.has(REPORTS)) {
      const message = `Directory '${place.cwd}' exists but failed copying to '${urlName}'.`;
      if (!allowMissing) throw abortError(message);
      cx.log(`ERROR: ${message}`);
      return null;
    }
    const kept = new Set(found.map((one) => one.path));
    const pages = cx.has(REPORTS) ? yield* indexPages(cx, place, files, kept) : files.filter((file) => kept.has(file));
    if (pages.length === 0 && !allowMissing && files.length > 0 && !files.some((f) => /[*?]/.test(f))) {
      const why = yield* explainMask(cx, `${dir === '' ? '' : `${dir}/`}${files[0]}`, true);
      if (why !== null) cx.log(why);
    }
    const reportTitles = text('reportTitles', args.reportTitles);
    const titles = reportTitles.split(',').map((title) => title.trim());
    const data = {
      name,
      urlName,
      dir,
      files,
      pages: pages.map((path, i) => ({ path, title: titles[i] || path.replace(/(?!^)\.[^./]*$/, '') })),
      keepAll,
      alwaysLinkToLastBuild: truth('alwaysLinkToLastBuild', args.alwaysLinkToLastBuild),
    };
    yield* cx.ask('publish', {
      type: 'html',
      name,
      data: cx.has(REPORTS) ? data : { name, dir, files, titles: reportTitles, keepAll },
      files: { ...place, selection: { includes, excludes: null, defaultExcludes: true } },
    });
    return null;
  },
});

/** The files that `reportFiles` names, which may be patterns, of those that are kept; each once. */
function* indexPages(cx: StepContext, place: Place, patterns: readonly string[], kept: ReadonlySet<string>): Computation<string[]> {
  const pages = new Set<string>();
  for (const pattern of patterns) {
    if (!/[*?]/.test(pattern)) {
      if (kept.has(pattern)) pages.add(pattern);
      continue;
    }
    const { files } = yield* cx.ask('file.find', { ...place, includes: pattern, excludes: null, defaultExcludes: true });
    for (const { path } of files) if (kept.has(path)) pages.add(path);
  }
  return [...pages];
}

/** A report's name in addresses, as HtmlPublisherTarget.sanitizeReportName makes it. */
export function reportUrlName(name: string, escapeUnderscores: boolean): string {
  return name.replace(escapeUnderscores ? /[^A-Za-z0-9-]/gu : /[^A-Za-z0-9_-]/gu, (c) => {
    const bytes = new TextEncoder().encode(c);
    return `_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  });
}
