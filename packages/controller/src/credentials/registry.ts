/** The kinds of providers: an explicit table from the configuration's `kind` to what makes one. Each checks its own settings. */
import { join } from 'node:path';
import { z } from 'zod';
import type { CredentialProvider } from './provider.ts';

export interface ProviderSettings {
  readonly kind: string;
  readonly name: string;
  readonly [setting: string]: unknown;
}
export interface ProviderContext {
  /** Paths in the settings are relative to it. */
  readonly folder: string;
  readonly now: () => number;
}

export class ProviderRefused extends Error {
  readonly code = 'MR_CREDENTIAL_PROVIDER';
}

type Factory = (settings: ProviderSettings, context: ProviderContext) => Promise<CredentialProvider>;

const PROVIDERS: ReadonlyMap<string, Factory> = new Map<string, Factory>([
  [
    'vault',
    async (settings, context) => {
      const { Vault, vaultSettings } = await import('./vault.ts');
      return new Vault(checked(vaultSettings, settings), context);
    },
  ],
  [
    'kubernetes',
    async (settings, { folder, now }) => {
      const { KubernetesSecrets, kubernetesSettings } = await import('./kubernetes-secrets.ts');
      const { KubernetesApi } = await import('../clouds/kubernetes/api.ts');
      const { loadAccess } = await import('../clouds/kubernetes/access.ts');
      const read = checked(kubernetesSettings, settings);
      const { kubeconfig } = read;
      const access = { ...read, ...(kubeconfig === undefined ? {} : { kubeconfig: join(folder, kubeconfig) }) };
      return new KubernetesSecrets(read, new KubernetesApi(() => loadAccess(kubeconfig?.startsWith('/') === true ? read : access)), now);
    },
  ],
]);

/** Rejects with ProviderRefused where a kind is unknown, a name is given twice, or a setting is wrong. */
export async function openProviders(all: readonly ProviderSettings[], context: ProviderContext): Promise<CredentialProvider[]> {
  const opened: CredentialProvider[] = [];
  for (const settings of all) {
    const factory = PROVIDERS.get(settings.kind);
    if (factory === undefined) throw refused(settings, `there is no kind ‘${settings.kind}’, only ${[...PROVIDERS.keys()].sort().join(', ')}`);
    if (opened.some((p) => p.name === settings.name)) throw refused(settings, 'the name is given twice');
    opened.push(await factory(settings, context));
  }
  return opened;
}

function checked<T extends z.ZodType>(schema: T, settings: ProviderSettings): z.output<T> {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refused(settings, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? z.prettifyError(parsed.error)}`);
}

function refused({ name }: ProviderSettings, message: string): ProviderRefused {
  return new ProviderRefused(`MR_CREDENTIAL_PROVIDER: credentialProviders: ${name}: ${message}`);
}
