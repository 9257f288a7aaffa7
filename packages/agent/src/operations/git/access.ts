/** What the network needs of a checkout: credentials in files and variables of the processes that use it, host keys. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { OperationRequest, Variables } from '@millrace/protocol';
import type { HostKeys } from '@millrace/protocol/git';
import { DEFAULT_HOST_KEYS, gitAccess } from '@millrace/protocol/git';
import type { OperationContext } from '../operation.ts';
import { OperationError } from '../operation.ts';

export interface Access {
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly fields: Variables | null;
}

/** Throws MR_CREDENTIALS_UNKNOWN. */
export function accessTo(url: string, id: string | null, request: OperationRequest<'checkout'>, cx: OperationContext): Access {
  const { credentials = {}, hostKeys = DEFAULT_HOST_KEYS, env } = request;
  const fields = id === null ? null : Object.hasOwn(credentials, id) ? (credentials[id] as Variables) : undefined;
  if (fields === undefined)
    throw new OperationError({ code: 'MR_CREDENTIALS_UNKNOWN', message: `CredentialId "${id}" could not be found.`, type: 'hudson.AbortException' });
  const folder = join(cx.scratch(), `access-${id === null ? '' : Buffer.from(id).toString('hex')}`);
  const access = gitAccess({ url, fields, hostKeys: hostKeys as HostKeys, folder, home: env['HOME'] ?? homedir() });
  if (access.files.length > 0) mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { name, content, mode } of access.files) {
    writeFileSync(join(folder, name), content, { mode });
    chmodSync(join(folder, name), mode);
  }
  // A pipeline's own way to its repository (`sshagent`, a variable) holds where it names no credential.
  const own = fields === null ? ['GIT_SSH_COMMAND', 'GIT_SSH', 'GIT_ASKPASS', 'SSH_ASKPASS'].filter((name) => env[name] !== undefined) : [];
  const ours = own.some((name) => name.startsWith('GIT_SSH')) ? ['GIT_SSH_COMMAND', 'GIT_SSH_VARIANT'] : [];
  return {
    env: Object.fromEntries(Object.entries(access.env).filter(([name]) => !own.includes(name) && !ours.includes(name))),
    secrets: access.secrets,
    fields,
  };
}
