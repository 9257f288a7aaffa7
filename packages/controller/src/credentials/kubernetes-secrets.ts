/**
 * Credentials in secrets of a Kubernetes namespace, labelled as Jenkins' kubernetes-credentials-provider has it:
 * `jenkins.io/credentials-type` names the kind, the annotation `jenkins.io/credentials-description` describes it, and the
 * secret's name is the id. https://jenkinsci.github.io/kubernetes-credentials-provider-plugin/examples/
 */
import { z } from 'zod';
import type { KubernetesApi } from '../clouds/kubernetes/api.ts';
import { ApiError } from '../clouds/kubernetes/api.ts';
import { accessSettings } from '../clouds/kubernetes/settings.ts';
import type { Credential } from './credential.ts';
import type { CredentialProvider, ProvidedSummary } from './provider.ts';
import { ProviderAway } from './provider.ts';
import { commonSettings } from './provider-settings.ts';
import { shownFields } from './shown-fields.ts';

export const kubernetesSettings = z.strictObject({
  ...commonSettings,
  ...accessSettings,
  kind: z.literal('kubernetes'),
  namespace: z.string().min(1).optional(),
});
export type KubernetesSecretsSettings = z.infer<typeof kubernetesSettings>;

const TYPE = 'jenkins.io/credentials-type';
const DESCRIPTION = 'jenkins.io/credentials-description';

interface Secret {
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly data?: Readonly<Record<string, string>>;
}

/** Label → kind, and the data's key → field. `base64`: bytes that stay encoded. */
const KINDS: { readonly [label: string]: { readonly type: string; readonly fields: Readonly<Record<string, string>>; readonly base64?: readonly string[] } } = {
  secretText: { type: 'string', fields: { text: 'secret' } },
  usernamePassword: { type: 'usernamePassword', fields: { username: 'username', password: 'password' } },
  basicSSHUserPrivateKey: { type: 'sshUserPrivateKey', fields: { username: 'username', privateKey: 'privateKey', passphrase: 'passphrase' } },
  secretFile: { type: 'file', fields: { filename: 'fileName', data: 'contentBase64' }, base64: ['data'] },
  certificate: { type: 'certificate', fields: { certificate: 'keyStoreBase64', password: 'password' }, base64: ['certificate'] },
  aws: { type: 'aws', fields: { accessKey: 'accessKey', secretKey: 'secretKey' } },
  gitHubApp: { type: 'gitHubApp', fields: { appID: 'appId', privateKey: 'privateKey', owner: 'owner', apiUri: 'apiUrl' } },
};

export class KubernetesSecrets implements CredentialProvider {
  readonly name: string;
  readonly allow;
  private readonly settings: KubernetesSecretsSettings;
  private readonly api: KubernetesApi;
  private readonly now: () => number;
  private kept: { readonly all: readonly Credential[]; readonly until: number } | null = null;
  private reading: Promise<readonly Credential[]> | null = null;

  constructor(settings: KubernetesSecretsSettings, api: KubernetesApi, now: () => number) {
    this.settings = settings;
    this.api = api;
    this.now = now;
    this.name = settings.name;
    this.allow = settings.allow;
  }

  async find(id: string): Promise<Credential | null> {
    return (await this.all()).find((c) => c.id === id) ?? null;
  }
  async list(): Promise<readonly ProvidedSummary[]> {
    return (await this.all()).map(({ id, type, description, fields }) => ({ id, type, description, shown: shownFields(type, fields) }));
  }
  close(): void {
    this.api.close();
  }

  private all(): Promise<readonly Credential[]> {
    if (this.kept !== null && this.kept.until > this.now()) return Promise.resolve(this.kept.all);
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  private async read(): Promise<readonly Credential[]> {
    const { namespace = 'default', cacheSeconds } = this.settings;
    try {
      const { items } = await this.api.json<{ items: readonly Secret[] }>(`/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`, {
        query: { labelSelector: TYPE },
      });
      const all = items.flatMap((secret) => credentialOf(secret) ?? []);
      this.kept = { all, until: this.now() + cacheSeconds * 1_000 };
      return all;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ProviderAway(
        this.name,
        error.status === 0 ? 'the API server does not answer' : `the API server answered ${error.status}: ${error.message}`,
        error,
      );
    }
  }
}

/** Null: of a kind that is not known. */
function credentialOf({ metadata, data = {} }: Secret): Credential | null {
  const label = metadata.labels?.[TYPE] ?? '';
  const kind = Object.hasOwn(KINDS, label) ? KINDS[label] : undefined;
  if (kind === undefined) return null;
  const fields: Record<string, string> = {};
  for (const [key, field] of Object.entries(kind.fields)) {
    const value = data[key];
    if (value !== undefined) fields[field] = kind.base64?.includes(key) === true ? value : Buffer.from(value, 'base64').toString('utf8');
  }
  return { id: metadata.name, type: kind.type, description: metadata.annotations?.[DESCRIPTION] ?? null, fields };
}
