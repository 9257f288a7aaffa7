/** Credentials of the configuration as a build of this command gets them. */
import type { CredentialConfig } from '../config/config.ts';
import { unsupported } from './handler.ts';

/** Throws MR_UNSUPPORTED for a GitHub App: what makes its tokens is a server's, and would be read at each start of the command. */
export function fieldsOf({ id, type, fields }: CredentialConfig): Readonly<Record<string, string>> {
  if (type === 'gitHubApp') throw unsupported(`the credentials '${id}' are a GitHub App, whose tokens a Millrace server makes`);
  return fields;
}
