/** A real cluster for tests: a namespace of their own on the one that KUBECONFIG names, which is gone with them. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { parse, stringify } from 'yaml';
import { ApiError, KubernetesApi } from '../api.ts';
import { KubernetesCloud } from '../kubernetes-cloud.ts';
import type { Pod } from '../objects.ts';
import { readKubernetesSettings } from '../settings.ts';

export const KUBECONFIG = process.env['KUBECONFIG'] ?? null;
export const SKIP = KUBECONFIG === null ? 'KUBECONFIG names no cluster' : false;
export const BUSYBOX = process.env['MILLRACE_TEST_BUSYBOX_IMAGE'] ?? 'local/busybox:1';
export const AGENT_IMAGE = process.env['MILLRACE_TEST_AGENT_IMAGE'] ?? 'local/millrace:dev';
/** This machine, as pods reach it. */
export const HOST = process.env['MILLRACE_TEST_HOST'] ?? '10.244.7.1';

export class TestCluster {
  readonly namespace = `test-${randomBytes(4).toString('hex')}`;
  readonly installation = randomBytes(4).toString('hex');
  readonly api: KubernetesApi;
  private readonly folder = mkdtempSync(join(tmpdir(), 'millrace-cluster-'));
  private readonly closing: (() => void)[] = [];
  /** What the namespace does not take along. */
  private readonly outside: string[] = [];

  private constructor() {
    this.api = new KubernetesApi(async () => {
      const config = new KubeConfig();
      config.loadFromFile(KUBECONFIG as string);
      return config;
    });
  }

  static async open(): Promise<TestCluster> {
    const cluster = new TestCluster();
    await cluster.api.json('/api/v1/namespaces', { method: 'POST', body: { metadata: { name: cluster.namespace } } });
    // Pods wait for their account, which comes a moment later.
    for (;;)
      try {
        await cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/serviceaccounts/default`);
        return cluster;
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
  }

  cloud(more: { readonly [setting: string]: unknown } = {}): KubernetesCloud {
    const settings = {
      kind: 'kubernetes',
      name: 'kubernetes',
      namespace: this.namespace,
      agentImage: AGENT_IMAGE,
      ...(more['server'] === undefined ? { kubeconfig: KUBECONFIG } : {}),
      ...more,
    };
    const cloud = new KubernetesCloud(readKubernetesSettings(settings, '/'), {
      installation: this.installation,
      folder: '/',
      onError: (error) => {
        console.error(error);
      },
    });
    this.closing.push(() => {
      cloud.close();
    });
    return cloud;
  }

  /** A kubeconfig whose way to the API server can be cut. */
  async cuttable(): Promise<{ readonly kubeconfig: string; readonly cut: () => () => void }> {
    const config = parse(readFileSync(KUBECONFIG as string, 'utf8')) as { clusters: { cluster: { server: string; 'tls-server-name'?: string } }[] };
    const [first] = config.clusters;
    const target = new URL(first?.cluster.server as string);
    const sockets = new Set<Socket>();
    let isCut = false;
    const server = createServer((near) => {
      if (isCut) {
        near.destroy();
        return;
      }
      const far = connect(Number(target.port === '' ? 443 : target.port), target.hostname);
      for (const [a, b] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(a);
        a.pipe(b);
        a.on('error', () => undefined);
        a.on('close', () => {
          sockets.delete(a);
          b.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    this.closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    for (const { cluster } of config.clusters) {
      cluster.server = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      if (target.hostname !== '127.0.0.1') cluster['tls-server-name'] = target.hostname;
    }
    const kubeconfig = join(this.folder, 'cuttable.kubeconfig');
    writeFileSync(kubeconfig, stringify(config), { mode: 0o600 });
    return {
      kubeconfig,
      cut: () => {
        isCut = true;
        for (const socket of sockets) socket.destroy();
        return () => {
          isCut = false;
        };
      },
    };
  }

  /** The cloud as an account of the namespace has it, with the rights that are given; `everywhere`: in all namespaces. */
  async account(
    name: string,
    rules: readonly unknown[],
    { everywhere = false } = {},
  ): Promise<{ readonly server: string; readonly caFile: string; readonly token: string }> {
    const base = `/api/v1/namespaces/${this.namespace}`;
    const rbac = `/apis/rbac.authorization.k8s.io/v1${everywhere ? '' : `/namespaces/${this.namespace}`}`;
    const kind = everywhere ? 'ClusterRole' : 'Role';
    const role = everywhere ? `${this.namespace}-${name}` : name;
    await this.api.json(`${base}/serviceaccounts`, { method: 'POST', body: { metadata: { name } } });
    const subjects = [{ kind: 'ServiceAccount', name, namespace: this.namespace }];
    for (const [plural, more] of [
      [`${kind.toLowerCase()}s`, { rules }],
      [`${kind.toLowerCase()}bindings`, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role }, subjects }],
    ] as const) {
      await this.api.json(`${rbac}/${plural}`, { method: 'POST', body: { metadata: { name: role }, ...more } });
      if (everywhere) this.outside.push(`${rbac}/${plural}/${role}`);
    }
    const secret = { metadata: { name, annotations: { 'kubernetes.io/service-account.name': name } }, type: 'kubernetes.io/service-account-token' };
    await this.api.json(`${base}/secrets`, { method: 'POST', body: secret });
    const config = new KubeConfig();
    config.loadFromFile(KUBECONFIG as string);
    for (;;) {
      const { data = {} } = await this.api.json<{ readonly data?: { readonly token?: string; readonly 'ca.crt'?: string } }>(`${base}/secrets/${name}`);
      if (data.token !== undefined && data['ca.crt'] !== undefined) {
        const caFile = join(this.folder, `${name}.crt`);
        writeFileSync(caFile, Buffer.from(data['ca.crt'], 'base64'));
        return { server: config.getCurrentCluster()?.server as string, caFile, token: Buffer.from(data.token, 'base64').toString() };
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async pods(): Promise<readonly Pod[]> {
    return (await this.api.json<{ readonly items: readonly Pod[] }>(`/api/v1/namespaces/${this.namespace}/pods`)).items;
  }

  async close(): Promise<void> {
    for (const close of this.closing) close();
    for (const path of this.outside) await this.api.json(path, { method: 'DELETE' });
    await this.api.json(`/api/v1/namespaces/${this.namespace}`, { method: 'DELETE' });
    this.api.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
