import type { CredentialKind } from '@millrace/protocol';

/** The kind of a credential by the fields that it has: the first that fits. */
export function kindOf(fields: Readonly<Record<string, string>>): CredentialKind | 'unknown' {
  const has = (...names: readonly string[]): boolean => names.every((name) => Object.hasOwn(fields, name));
  if (has('privateKey', 'appId')) return 'gitHubApp';
  if (has('privateKey')) return 'sshUserPrivateKey';
  if (has('username', 'password')) return 'usernamePassword';
  if (has('keyStoreBase64')) return 'certificate';
  if (has('accessKey', 'secretKey')) return 'aws';
  if (has('contentBase64') || has('content')) return 'file';
  return has('secret') || has('text') || has('token') ? 'string' : 'unknown';
}
