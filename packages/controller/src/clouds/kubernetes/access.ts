/** How the API server is reached and who asks: a kubeconfig, a server with a token, or the account of the pod we run in. */
import { existsSync, readFileSync } from 'node:fs';
import type { KubeConfig } from '@kubernetes/client-node';
import { CloudError } from '../cloud.ts';
import type { KubernetesSettings } from './settings.ts';

export type AccessSettings = Pick<KubernetesSettings, 'name' | 'kubeconfig' | 'context' | 'server' | 'token' | 'tokenFile' | 'caFile' | 'skipTlsVerify'>;

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Throws MR_CLOUD_REFUSED where a file cannot be read or a context is not there. */
export async function loadAccess(settings: AccessSettings): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  const { name, kubeconfig, context, server, token, tokenFile, caFile, skipTlsVerify } = settings;
  try {
    if (kubeconfig !== undefined) {
      config.loadFromFile(kubeconfig);
      if (context !== undefined) {
        if (config.getContextObject(context) === null) throw new Error(`there is no context ‘${context}’ in ${kubeconfig}`);
        config.setCurrentContext(context);
      }
    } else if (server !== undefined) {
      config.loadFromOptions({
        clusters: [{ name, server, skipTLSVerify: skipTlsVerify || server.startsWith('http:'), ...(caFile === undefined ? {} : { caFile }) }],
        // The file is read again as it changes: tokens of accounts are renewed.
        users: [
          {
            name,
            ...(token === undefined ? {} : { token }),
            ...(tokenFile === undefined ? {} : { authProvider: { name: 'tokenFile', config: { tokenFile } } }),
          },
        ],
        contexts: [{ name, cluster: name, user: name }],
        currentContext: name,
      });
    } else if (existsSync(`${ACCOUNT}/token`)) config.loadFromCluster();
    else throw new Error('neither a kubeconfig nor a server is given, and this is no pod with a service account');
  } catch (error) {
    throw new CloudError('MR_CLOUD_REFUSED', `${name}: ${(error as Error).message}`, { cause: error });
  }
  return config;
}

/** Of pods that say nothing else. */
export function namespaceOf({ namespace, kubeconfig, server }: KubernetesSettings, config: KubeConfig): string {
  if (namespace !== undefined) return namespace;
  if (kubeconfig !== undefined) return config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
  if (server === undefined && existsSync(`${ACCOUNT}/namespace`)) return readFileSync(`${ACCOUNT}/namespace`, 'utf8').trim();
  return 'default';
}
