/** A configuration with a GitHub App as the credential `app`, and a token `token`. */
import type { Installation } from '../../config/installation.ts';
import { testInstallation } from '../../testing/test-installation.ts';

export function appInstallation(fields: Readonly<Record<string, string>>): () => Installation {
  const credentials = [
    { id: 'app', type: 'gitHubApp', description: null, fields: { ...fields } },
    { id: 'token', type: 'string', description: null, fields: { secret: 'word' } },
  ];
  return () => testInstallation({ credentials });
}
