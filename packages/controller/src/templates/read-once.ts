/** Reads each template once for many jobs. */
import type { ReadTemplate, TemplateChoice, Templates } from './templates.ts';

/** `folder`: where the job is. */
export type ReadOnce = (choice: TemplateChoice, folder: string | null) => Promise<ReadTemplate>;

export function readOnce(templates: Templates): ReadOnce {
  const libraries = new Map<string | null, ReturnType<Templates['libraries']>>();
  const read = new Map<string, Promise<ReadTemplate>>();
  return async (choice, folder) => {
    const here = libraries.get(folder) ?? templates.libraries(folder);
    libraries.set(folder, here);
    const config = (await here).get(choice.library) ?? (await templates.library(choice.library, folder));
    const key = JSON.stringify([config.folder, choice.library, choice.template, choice.version]);
    const found = read.get(key) ?? templates.readFrom(config, choice, config.folder);
    read.set(key, found);
    return found;
  };
}
