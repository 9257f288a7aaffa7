/**
 * Defaults of password parameters in a job's configuration: sealed where they are kept, and never shown. Who replaces a
 * configuration sends none for one that stays as it is.
 */
import type { Sealer } from '../builds/worker/sealer.ts';

const SEALED = 'sealed:';

interface Parameter {
  readonly type: string;
  readonly name: string;
  readonly default: string | boolean | null;
}
type WithParameters = { readonly parameters?: readonly Parameter[] };

function mapPasswords<T>(config: T, change: (parameter: Parameter) => string | null): T {
  const { parameters } = config as WithParameters;
  if (parameters === undefined) return config;
  return { ...config, parameters: parameters.map((p) => (p.type === 'password' ? { ...p, default: change(p) } : p)) };
}

/** `before`: the configuration that it replaces. */
export function sealDefaults<T>(config: T, before: unknown, sealer: Sealer): T {
  const old = new Map(((before ?? {}) as WithParameters).parameters?.filter((p) => p.type === 'password').map((p) => [p.name, p.default]) ?? []);
  return mapPasswords(config, ({ name, default: given }) => {
    if (given === null) return (old.get(name) as string | undefined) ?? null;
    return given === '' ? null : `${SEALED}${sealer.seal(String(given))}`;
  });
}

export function hideDefaults<T>(config: T): T {
  return mapPasswords(config, () => null);
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
