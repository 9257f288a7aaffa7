/**
 * Where a mail's template comes from: the workspace, as email-ext looks first, then the resources of the build's libraries;
 * `managed:NAME` from the installation's configuration.
 */
import type { Computation } from '@millrace/groovy';
import type { LibraryLoader } from '../library/library-loader.ts';
import type { Source } from '../library/source-classes.ts';
import type { MailTemplateText } from '../server-model/server-asks.ts';
import type { StepContext } from '../steps/step.ts';

/** As the plug-in's folder for them is called in JENKINS_HOME. */
const FOLDER = 'email-templates';
const LARGEST = 1 << 20;

export type TemplateSource = Pick<Source, 'text' | 'trusted'>;

const MANAGED = 'managed:';

/** `extension`: given to a name that has none. Null: there is no such file, or it is larger than a megabyte. */
export function* templateSource(cx: StepContext, libraries: LibraryLoader, name: string, extension: string): Computation<TemplateSource | null> {
  if (name.startsWith(MANAGED)) {
    const answer = yield* cx.ask('other', { name: 'mailTemplate', data: { name: name.slice(MANAGED.length) } });
    const managed = answer as unknown as MailTemplateText | null;
    return managed === null ? null : { text: managed.text, trusted: true };
  }
  const path = /\.[^./]+$/.test(name) ? name : `${name}${extension}`;
  if (path === '' || path.startsWith('/') || /[\\:]/.test(path) || path.split('/').includes('..')) return null;
  if (cx.scope.node !== null && cx.scope.cwd !== null) {
    const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path });
    if (facts !== null && !facts.directory && facts.length <= LARGEST) {
      const { content } = yield* cx.ask('file.read', { ...cx.place(), path, encoding: null });
      return { text: content, trusted: false };
    }
  }
  for (const at of [path, `${FOLDER}/${path}`]) {
    const [found] = libraries.resources(at, null);
    if (found !== undefined && found.content.length <= LARGEST) return { text: found.content, trusted: found.trusted && isMeantAsTemplate(at) };
  }
  return null;
}

/**
 * Whoever sends a mail chooses the file, and its free names are the build's variables. What a library keeps for its own
 * `evaluate` gets no rights that way.
 */
function isMeantAsTemplate(path: string): boolean {
  return path.endsWith('.template') || path.startsWith(`${FOLDER}/`);
}
