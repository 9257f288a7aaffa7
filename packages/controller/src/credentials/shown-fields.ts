import type { CredentialKind } from '@millrace/protocol';
import { CREDENTIAL_KINDS } from '@millrace/protocol';

/** What of a credential is no secret. Of a kind that is not known nothing is shown. */
export function shownFields(type: string, fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const open: readonly string[] = Object.hasOwn(CREDENTIAL_KINDS, type) ? CREDENTIAL_KINDS[type as CredentialKind].open : [];
  const hidden = fields['usernameSecret'] === 'true' ? ['username'] : [];
  const shown: Record<string, string> = {};
  for (const name of open) if (fields[name] !== undefined && !hidden.includes(name)) shown[name] = fields[name];
  return shown;
}
