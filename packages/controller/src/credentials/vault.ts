/**
 * Credentials in HashiCorp Vault (or OpenBao), over its HTTP API: https://developer.hashicorp.com/vault/api-docs.
 *
 * The secret `<mount>/<path>/<id>` of the engine `kv` (version 2, or 1) is the credential `<id>`. Its keys are the fields of a kind;
 * `type` names the kind, else it is told from them. `map` gives other secrets an id, and other keys the names of fields.
 */
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { Credential } from './credential.ts';
import { kindOf } from './kind-of.ts';
import type { CredentialProvider, ProvidedSummary } from './provider.ts';
import { ProviderAway } from './provider.ts';
import { commonSettings } from './provider-settings.ts';

/** A secret value: as it is, or `{ env }` or `{ file }`, which is read at each login. */
const secretValue = z.union([z.string().min(1), z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);
type SecretValue = z.infer<typeof secretValue>;

export const vaultSettings = z.strictObject({
  ...commonSettings,
  kind: z.literal('vault'),
  url: z.url({ protocol: /^https?$/ }),
  /** Of Vault Enterprise. */
  namespace: z.string().optional(),
  auth: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('token'), token: secretValue }),
    z.strictObject({ method: z.literal('appRole'), mount: z.string().default('approle'), roleId: secretValue, secretId: secretValue }),
    z.strictObject({
      method: z.literal('kubernetes'),
      mount: z.string().default('kubernetes'),
      role: z.string(),
      tokenFile: z.string().default('/var/run/secrets/kubernetes.io/serviceaccount/token'),
    }),
  ]),
  mount: z.string().min(1).default('secret'),
  version: z.union([z.literal(1), z.literal(2)]).default(2),
  path: z.string().default(''),
  map: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        path: z.string().min(1),
        type: z.string().optional(),
        description: z.string().optional(),
        /** Name of a field → the secret's key. */
        fields: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
});
export type VaultSettings = z.infer<typeof vaultSettings>;

const TIMEOUT_MS = 10_000;

interface VaultOptions {
  /** Paths of the settings are relative to it. */
  readonly folder: string;
  readonly now: () => number;
}

export class Vault implements CredentialProvider {
  readonly name: string;
  readonly allow;
  private readonly settings: VaultSettings;
  private readonly options: VaultOptions;
  private login: { readonly token: string; readonly until: number } | null = null;
  private readonly kept = new Map<string, { readonly value: Credential | null; readonly until: number }>();

  constructor(settings: VaultSettings, options: VaultOptions) {
    this.settings = settings;
    this.options = options;
    this.name = settings.name;
    this.allow = settings.allow;
  }

  async find(id: string): Promise<Credential | null> {
    const now = this.options.now();
    const known = this.kept.get(id);
    if (known !== undefined && known.until > now) return known.value;
    const value = await this.read(id);
    for (const [key, { until }] of this.kept) if (until <= now) this.kept.delete(key);
    if (this.settings.cacheSeconds > 0) this.kept.set(id, { value, until: now + this.settings.cacheSeconds * 1_000 });
    return value;
  }

  async list(): Promise<readonly ProvidedSummary[]> {
    const { mount, version, path, map } = this.settings;
    const mapped = map.map(({ id, type, description }) => ({ id, type: type ?? 'unknown', description: description ?? null, shown: {} }));
    const folder = ['v1', mount, ...(version === 2 ? ['metadata'] : []), ...parts(path)].join('/');
    const answer = await this.call<{ data?: { keys?: string[] } }>('GET', `${folder}?list=true`);
    const keys = (answer?.data?.keys ?? []).filter((key) => !key.endsWith('/') && !map.some((m) => m.id === key));
    return [...mapped, ...keys.map((id) => ({ id, type: 'unknown', description: null, shown: {} }))];
  }

  private async read(id: string): Promise<Credential | null> {
    const { mount, version, path, map } = this.settings;
    const mapped = map.find((m) => m.id === id);
    if (mapped === undefined && !/^[\w.@-]+$/.test(id)) return null;
    const secret = mapped === undefined ? [...parts(path), id] : parts(mapped.path);
    const address = ['v1', mount, ...(version === 2 ? ['data'] : []), ...secret.map(encodeURIComponent)].join('/');
    const answer = await this.call<{ data?: Record<string, unknown> | null }>('GET', address);
    const data = (version === 2 ? (answer?.data?.['data'] as Record<string, unknown> | null | undefined) : answer?.data) ?? null;
    if (data === null) return null;
    const { type, description, ...rest } = data as { type?: unknown; description?: unknown };
    const all = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
    const fields = mapped === undefined || Object.keys(mapped.fields).length === 0 ? all : renamed(all, mapped.fields);
    return {
      id,
      type: mapped?.type ?? (typeof type === 'string' ? type : kindOf(fields)),
      description: mapped?.description ?? (typeof description === 'string' ? description : null),
      fields,
    };
  }

  /** Null: there is nothing. Logs in anew where the login has ended meanwhile. */
  private async call<T>(method: string, address: string, mayRetry = true): Promise<T | null> {
    const token = await this.token();
    const response = await this.request(method, address, { 'x-vault-token': token }, null);
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    if (response.status === 403 && mayRetry && this.settings.auth.method !== 'token') {
      await response.body?.cancel();
      this.login = null;
      return this.call(method, address, false);
    }
    return this.answered<T>(response, address.replace(/\?.*/, ''));
  }

  private async token(): Promise<string> {
    const { auth } = this.settings;
    if (auth.method === 'token') return this.secret(auth.token);
    if (this.login !== null && this.login.until > this.options.now()) return this.login.token;
    const body =
      auth.method === 'appRole'
        ? { role_id: await this.secret(auth.roleId), secret_id: await this.secret(auth.secretId) }
        : { role: auth.role, jwt: await this.secret({ file: auth.tokenFile }) };
    const address = `v1/auth/${auth.mount}/login`;
    const answer = await this.answered<{ auth?: { client_token?: string; lease_duration?: number } }>(await this.request('POST', address, {}, body), address);
    const token = answer.auth?.client_token;
    if (token === undefined) throw new ProviderAway(this.name, `${address} gave no token`);
    // A lease of 0 does not end; it is asked for anew nevertheless.
    const seconds = answer.auth?.lease_duration || 3_600;
    this.login = { token, until: this.options.now() + Math.max(1, seconds * 0.8) * 1_000 };
    return token;
  }

  private async request(method: string, address: string, headers: Record<string, string>, body: unknown): Promise<Response> {
    const { url, namespace } = this.settings;
    try {
      return await fetch(`${url.replace(/\/$/, '')}/${address}`, {
        method,
        redirect: 'error',
        headers: { 'x-vault-request': 'true', ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }), ...headers },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new ProviderAway(this.name, `${url} does not answer`, cause);
    }
  }

  private async answered<T>(response: Response, address: string): Promise<T> {
    const text = await response.text().catch(() => '');
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch {
      answer = null;
    }
    if (response.ok && answer !== null && typeof answer === 'object') return answer as T;
    const errors = (answer as { errors?: unknown } | null)?.errors;
    const said = Array.isArray(errors) ? errors.map(String).join('; ') : '';
    throw new ProviderAway(this.name, `Vault answered ${response.status} to ${address}${said === '' ? '' : `: ${said}`}`);
  }

  private async secret(value: SecretValue): Promise<string> {
    if (typeof value === 'string') return value;
    if ('env' in value) {
      const found = process.env[value.env];
      if (found === undefined) throw new ProviderAway(this.name, `the environment variable ${value.env} is not set`);
      return found.trim();
    }
    const path = isAbsolute(value.file) ? value.file : join(this.options.folder, value.file);
    try {
      return (await readFile(path, 'utf8')).trim();
    } catch (cause) {
      throw new ProviderAway(this.name, `the file ${value.file} cannot be read`, cause);
    }
  }
}

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function renamed(all: Readonly<Record<string, string>>, names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).flatMap(([field, key]) => (all[key] === undefined ? [] : [[field, all[key]]])));
}
