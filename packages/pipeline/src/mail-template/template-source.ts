/**
 * Where a mail's template comes from: the workspace, as email-ext looks first, then the resources of the build's libraries,
 * then Millrace's own; `managed:NAME` from the installation's configuration.
 */
import type { Computation } from '@millrace/groovy';
import type { LibraryLoader } from '../library/library-loader.ts';
import type { Source } from '../library/source-classes.ts';
import type { MailTemplateText } from '../server-model/server-asks.ts';
import type { StepContext } from '../steps/step.ts';
import { HTML_TEMPLATE } from './html-template.ts';
import { TEXT_TEMPLATE } from './text-template.ts';

/** As the plug-in's folder for them is called in JENKINS_HOME. */
const FOLDER = 'email-templates';
const LARGEST = 1 << 20;

export type TemplateSource = Pick<Source, 'text' | 'trusted'>;

/** By the names that the plug-in's have. */
const OWN: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null) as Record<string, string>, {
  'groovy-html.template': HTML_TEMPLATE,
  'groovy-text.template': TEXT_TEMPLATE,
});

const MANAGED = 'managed:';

/** `extension`: given to a name that has none. Null: there is no such file, or it is larger than a megabyte. */
export function* templateSource(cx: StepContext, libraries: LibraryLoader, name: string, extension: string): Computation<TemplateSource | null> {
  if (name.startsWith(MANAGED)) {
    const answer = yield* cx.ask('other', { name: 'mailTemplate', data: { name: name.slice(MANAGED.length) } });
    const managed = answer as unknown as MailTemplateText | null;
    return managed === null ? null : { text: managed.text, trusted: true };
  }
  const path = /\.[^./]+$/.test(name) ? name : `${name}${extension}`;
  if (leadsOut(path)) return null;
  const found = yield* workspaceFile(cx, path);
  if (found !== null) return { text: found, trusted: false };
  for (const at of [path, `${FOLDER}/${path}`]) {
    const [kept] = libraries.resources(at, null);
    if (kept !== undefined && kept.content.length <= LARGEST) return { text: kept.content, trusted: kept.trusted && isMeantAsTemplate(at) };
  }
  const own = OWN[path];
  return own === undefined ? null : { text: own, trusted: true };
}

/** Null: there is no workspace, no such file in it, or it is larger than a megabyte. */
export function* workspaceFile(cx: StepContext, path: string): Computation<string | null> {
  if (cx.scope.node === null || cx.scope.cwd === null || leadsOut(path)) return null;
  const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path });
  if (facts === null || facts.directory || facts.length > LARGEST) return null;
  const { content } = yield* cx.ask('file.read', { ...cx.place(), path, encoding: null });
  return content;
}

function leadsOut(path: string): boolean {
  return path === '' || path.startsWith('/') || /[\\:]/.test(path) || path.split('/').includes('..');
}

/**
 * Whoever sends a mail chooses the file, and its free names are the build's variables. What a library keeps for its own
 * `evaluate` gets no rights that way.
 */
function isMeantAsTemplate(path: string): boolean {
  return path.endsWith('.template') || path.startsWith(`${FOLDER}/`);
}
