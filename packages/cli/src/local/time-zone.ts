/**
 * The machine's time zone by its name, as Intl gives it. Intl is asked only where the machine does not say it plainly:
 * its first question costs as much as the rest of a small build.
 */
import { existsSync, readlinkSync } from 'node:fs';

const ZONES = '/usr/share/zoneinfo/';

export function timeZone(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const name = env['TZ'] === undefined ? nameOfLink() : env['TZ'].replace(/^:/, '');
  if (name === 'UTC' || name === 'Etc/UTC') return 'UTC';
  if (/^[A-Z][A-Za-z]+\/[A-Z][A-Za-z_/-]+$/.test(name) && !name.startsWith('Etc/') && existsSync(ZONES + name)) return name;
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function nameOfLink(): string {
  try {
    const target = readlinkSync('/etc/localtime');
    const at = target.indexOf(ZONES.slice('/usr/share'.length));
    return at < 0 ? '' : target.slice(at + '/zoneinfo/'.length);
  } catch {
    return '';
  }
}
