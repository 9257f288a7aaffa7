/** Credentials of the configuration file, whose values may stand in the environment or in files. */
import { readFile } from 'node:fs/promises';
import type { CredentialConfig } from '../config/installation.ts';
import type { CredentialProvider } from './provider.ts';
import { ALLOW_ALL, ProviderAway } from './provider.ts';
import { shownFields } from './shown-fields.ts';

const NAME = 'configuration';

/** `credentials` answers them as they are now: a file that a secret is mounted as may have changed. */
export function configuredCredentials(credentials: () => readonly CredentialConfig[]): CredentialProvider {
  return {
    name: NAME,
    allow: ALLOW_ALL,
    find: async (id) => {
      const found = credentials().find((c) => c.id === id);
      if (found === undefined) return null;
      const fields: Record<string, string> = { ...found.fields };
      for (const [name, path] of Object.entries(found.files ?? {}))
        fields[name] = await readFile(path, 'utf8').catch((cause: unknown) => {
          throw new ProviderAway(NAME, `the file of ${id} cannot be read`, cause);
        });
      return { id, type: found.type, description: found.description, fields };
    },
    list: async () => credentials().map(({ id, type, description, fields }) => ({ id, type, description, shown: shownFields(type, fields) })),
  };
}
