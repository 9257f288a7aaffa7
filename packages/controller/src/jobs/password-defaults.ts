/**
 * What is secret in a job's configuration: defaults of password parameters, which are sealed where they are kept, and tokens of
 * triggers, of which a digest is kept. Neither is ever shown. Who replaces a configuration sends none for one that stays as it is.
 */
import { createHash } from 'node:crypto';
import type { Sealer } from '../builds/worker/sealer.ts';

const SEALED = 'sealed:';

interface Parameter {
  readonly type: string;
  readonly name: string;
  readonly default: string | boolean | null;
}
type WithParameters = { readonly parameters?: readonly Parameter[] };
type WithTriggers = { readonly triggers?: readonly { readonly kind: string; readonly token?: string | null }[] };

const DIGEST = 'sha256:';

/** What stands for a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
/** Of a token in a kept configuration; null: it has none. */
export function keptTokenHash(token: string | null | undefined): string | null {
  return token?.startsWith(DIGEST) === true ? token.slice(DIGEST.length) : null;
}

function mapTokens<T>(config: T, change: (token: string | null, i: number) => string | null): T {
  const { triggers } = config as WithTriggers;
  if (triggers === undefined) return config;
  return { ...config, triggers: triggers.map((t, i) => ('token' in t && t.token !== undefined ? { ...t, token: change(t.token, i) } : t)) };
}

function mapPasswords<T>(config: T, change: (parameter: Parameter) => string | null): T {
  const { parameters } = config as WithParameters;
  if (parameters === undefined) return config;
  return { ...config, parameters: parameters.map((p) => (p.type === 'password' ? { ...p, default: change(p) } : p)) };
}

/** `before`: the configuration that it replaces. */
export function sealDefaults<T>(config: T, before: unknown, sealer: Sealer): T {
  const old = new Map(((before ?? {}) as WithParameters).parameters?.filter((p) => p.type === 'password').map((p) => [p.name, p.default]) ?? []);
  const sealed = mapPasswords(config, ({ name, default: given }) => {
    if (given === null) return (old.get(name) as string | undefined) ?? null;
    return given === '' ? null : `${SEALED}${sealer.seal(String(given))}`;
  });
  const triggers = ((before ?? {}) as WithTriggers).triggers ?? [];
  const kinds = ((config ?? {}) as WithTriggers).triggers?.map((t) => t.kind) ?? [];
  return mapTokens(sealed, (token, i) => {
    if (token === '') return null;
    // The one at the same place, where it is of the same kind.
    if (token === null) return triggers[i]?.kind === kinds[i] ? (triggers[i]?.token ?? null) : null;
    return `${DIGEST}${tokenHash(token)}`;
  });
}

export function hideDefaults<T>(config: T): T {
  return mapTokens(
    mapPasswords(config, () => null),
    () => null,
  );
}

/** The sealed text of a default; null where it is none. */
export function sealedDefault(value: unknown): string | null {
  return typeof value === 'string' && value.startsWith(SEALED) ? value.slice(SEALED.length) : null;
}

/** `config`: JSON text. What an older key sealed is sealed by the one that seals now; the same text where there is nothing. */
export function resealDefaults(config: string, sealer: Sealer): string {
  if (!config.includes(`"${SEALED}`)) return config;
  const changed = mapPasswords(JSON.parse(config) as WithParameters, ({ default: given }) => {
    const sealed = sealedDefault(given);
    return sealed === null ? (given as string | null) : `${SEALED}${sealer.seal(sealer.open(sealed))}`;
  });
  return JSON.stringify(changed);
}

/** Without the defaults that are the ones kept already: they stay as they are sealed. */
export function sameDefaults<T>(config: T, before: unknown, sealer: Sealer): T {
  const old = new Map(((before ?? {}) as WithParameters).parameters?.map((p) => [p.name, sealedDefault(p.default)]) ?? []);
  return mapPasswords(config, ({ name, default: given }) => {
    const sealed = old.get(name) ?? null;
    return sealed !== null && given === sealer.open(sealed) ? null : (given as string | null);
  });
}
