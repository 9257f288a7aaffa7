/** Addresses of e-mail as people write them: `ann@example.org`, `Ann <ann@example.org>`, or a name that the default suffix completes. */
import { NotificationError } from './channel.ts';

const PLAIN = /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+$/;

/** Throws MR_NOTIFICATION_ADDRESS. `defaultSuffix`: `@example.org`; null: a name alone is none. */
export function mailAddress(text: string, defaultSuffix: string | null): string {
  const given = text.trim();
  const named = /^(.*)<([^<>]*)>$/.exec(given);
  const bare = (named?.[2] ?? given).trim();
  const whole = bare.includes('@') || defaultSuffix === null || bare === '' ? bare : `${bare}${defaultSuffix.startsWith('@') ? '' : '@'}${defaultSuffix}`;
  // A line break would be a header of its own.
  if (/[\r\n\0]/.test(given) || given.length > 500 || !PLAIN.test(whole))
    throw new NotificationError('MR_NOTIFICATION_ADDRESS', `${JSON.stringify(text.slice(0, 200))} is no address of e-mail`);
  const name = (named?.[1] ?? '').trim();
  return name === '' ? whole : `${name} <${whole}>`;
}

export function bareAddress(address: string): string {
  return (/<([^<>]*)>$/.exec(address)?.[1] ?? address).trim();
}
