/** Templates as the API shows them. */
import type { Template, TemplateList } from '@millrace/protocol';
import { BUILT_IN } from './built-in-library.ts';
import type { FoundLibrary } from './library-at.ts';
import { libraryAt } from './library-at.ts';
import type { TemplateChoice, Templates } from './templates.ts';

/** Libraries one beside the other: one that is away holds up none of the others. */
export async function listTemplates(templates: Templates, folder: string | null, own: string): Promise<TemplateList> {
  const all = [...(await templates.libraries(folder)).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { libraries: await Promise.all(all.map((config) => listed(templates, config, folder, own))) };
}

type Listed = TemplateList['libraries'][number];

async function listed(templates: Templates, config: FoundLibrary, folder: string | null, own: string): Promise<Listed> {
  const about = { library: config.name, folder: config.folder };
  try {
    const at = await libraryAt(templates.services, config, null, folder);
    const files = await at.templates();
    const entries = [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, bytes]): Listed['templates'][number] => {
        try {
          const { title, description } = templates.parsed(bytes.toString('utf8'), `templates/${name}/template.yaml`).file;
          return { ...about, name, title, description, error: null };
        } catch (error) {
          return { ...about, name, title: name, description: '', error: failureOf(error) };
        }
      });
    return { ...about, version: at.version ?? shownVersion(config, own), error: null, templates: entries };
  } catch (error) {
    return { ...about, version: config.version, error: failureOf(error), templates: [] };
  }
}

export async function showTemplate(templates: Templates, choice: TemplateChoice, folder: string | null, own: string, jobs: number): Promise<Template> {
  const { library, name, file } = await templates.read(choice, folder);
  const { versions, more } = await library.versions();
  const { title, description, entry, parameters, notes } = file;
  return {
    library: choice.library,
    folder: library.config.folder,
    name,
    title,
    description,
    version: library.version ?? shownVersion(library.config, own),
    commit: library.commit,
    entry,
    schema: { ...parameters },
    notes: [...notes],
    versions: [...versions],
    moreVersions: more,
    jobs,
  };
}

function shownVersion({ name, git, folder }: FoundLibrary, own: string): string | null {
  return name === BUILT_IN && git === null && folder === null ? own : null;
}

function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = error as { code?: string; message: string };
  if (code === undefined || !code.startsWith('MR_')) throw error;
  return { code, message };
}
