/** Which jobs, users and purposes a credential is for. */
import type { CredentialAllow } from '@millrace/protocol';
import type { Cause } from '../builds/records.ts';
import type { CredentialUse } from './credential.ts';

/** Why it may not be used there; null: it may. `causes`: of the build that wants it. */
export function refusalOf(allow: CredentialAllow, use: CredentialUse, causes: readonly Cause[]): string | null {
  if (use.build !== null && !allow.builds && !SERVER_PURPOSES.has(use.purpose)) return 'it is for the server’s own work, not for steps';
  if (allow.jobs !== null && (use.item === null || !allow.jobs.some((pattern) => matchesJob(pattern, use.item as string))))
    return `it is for ${allow.jobs.join(', ')}`;
  if (allow.users !== null && use.build !== null) {
    const starters = causes.map((c) => c.data?.['userId']).filter((id) => typeof id === 'string');
    if (!starters.some((id) => (allow.users as readonly string[]).includes(id))) return `it is for builds that ${allow.users.join(', ')} has started`;
  }
  return null;
}

/** What the server does for a build itself: its steps never see the secret. */
const SERVER_PURPOSES: ReadonlySet<string> = new Set(['script', 'library', 'scan', 'status', 'notification']);

/** `*`: any part of a name; `**`: any names. */
export function matchesJob(pattern: string, name: string): boolean {
  const text = pattern
    .split('/')
    .map((part) => (part === '**' ? '**' : part.split('*').map(quoted).join('[^/]*')))
    .join('/')
    .replaceAll('/**', '(?:/.*)?')
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll('**', '.*');
  return new RegExp(`^${text}$`, 'u').test(name);
}

function quoted(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
