/**
 * deploy/kubernetes on a real cluster, as a user puts it there: an overlay of its own with other namespaces, applied by kubectl.
 * The overlay also mends what a test's cluster lacks: DNS (addresses stand in the configuration), a storage provisioner.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

export const AGENT_IMAGE = process.env['MILLRACE_TEST_AGENT_IMAGE'] ?? 'local/millrace:dev';
const POSTGRES_IMAGE = process.env['MILLRACE_TEST_POSTGRES_IMAGE'] ?? 'local/postgres:dev';
const PASSWORD = 'a password of my own';
const DEPLOY = path.resolve(import.meta.dirname, '../../deploy/kubernetes');

export interface Build {
  readonly number: number;
  readonly state: string;
  readonly result: string | null;
  readonly owner: string | null;
}
export interface ControllerRow {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}
interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

export async function kubectl(words: readonly string[], input = ''): Promise<string> {
  const child = spawn('kubectl', words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '',
    err = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', reject);
  });
  if (code !== 0) throw new Error(`kubectl ${words.join(' ')}: ${err}`);
  return out;
}

export class Installation {
  readonly namespace = `test-${randomBytes(4).toString('hex')}`;
  readonly builds = `${this.namespace}-builds`;
  url = '';
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'millrace-deploy-'));
  private volume: string | null = null;

  /** Until both controllers are ready and the first password is changed. */
  async start(): Promise<void> {
    const isOld = !(await kubectl(['api-versions'])).split('\n').includes('policy/v1');
    const hasStorage = (await kubectl(['get', 'storageclass', '-o', 'name'])) !== '';
    if (!hasStorage) await this.makeVolume();
    this.writeOverlay({ isOld, hasStorage, addresses: { controllers: '', database: '' } });
    // Services come first, for their addresses.
    const rendered = parseAllDocuments(await kubectl(['kustomize', this.folder])).map((d) => d.toJS() as { kind: string });
    const first = rendered.filter(({ kind }) => kind === 'Namespace' || kind === 'Service');
    await kubectl(['apply', '-f', '-'], first.map((object) => stringify(object)).join('---\n'));
    const addresses = { controllers: await this.addressOf('millrace'), database: await this.addressOf('millrace-postgres') };
    this.writeOverlay({ isOld, hasStorage, addresses });
    await kubectl(['apply', '-k', this.folder]);
    const key = randomBytes(32).toString('base64'),
      password = randomBytes(16).toString('hex');
    await this.kubectl('create', 'secret', 'generic', 'millrace', `--from-literal=key=${key}`, `--from-literal=postgres-password=${password}`);
    await this.kubectl('rollout', 'status', 'statefulset/millrace-postgres', '--timeout=180s');
    await this.rolledOut();
    this.url = `http://${addresses.controllers}:8080`;
    await this.changeFirstPassword();
  }

  kubectl(...words: readonly string[]): Promise<string> {
    return kubectl(['-n', this.namespace, ...words]);
  }
  rolledOut(): Promise<string> {
    return this.kubectl('rollout', 'status', 'deployment/millrace', '--timeout=300s');
  }
  restart(): Promise<string> {
    return this.kubectl('rollout', 'restart', 'deployment/millrace');
  }
  async pods(): Promise<readonly string[]> {
    return (await this.kubectl('get', 'pods', '-l', 'app.kubernetes.io/component=controller', '-o', 'name')).trim().split('\n');
  }

  /** Of the API. One that does not get through is asked again, as a client does where asking twice is harmless. */
  async ask(method: string, place: string, body?: unknown): Promise<Answer> {
    for (let tries = 1; ; tries++)
      try {
        const answer = await this.askOnce(method, place, body);
        if (answer.status < 500 || tries > 300) return answer;
      } catch (error) {
        if (tries > 300) throw error;
        await pause(200);
      }
  }
  async askOnce(method: string, place: string, body?: unknown, password = PASSWORD): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${place}`, {
      method,
      headers: { authorization: `Basic ${btoa(`admin:${password}`)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, location: response.headers.get('location'), text: await response.text() };
  }
  async read<T>(place: string): Promise<T> {
    const { status, text } = await this.ask('GET', place);
    if (status !== 200) throw new Error(`${place}: ${status} ${text}`);
    return JSON.parse(text) as T;
  }

  async job(name: string, script: string): Promise<void> {
    const { status, text } = await this.ask('POST', 'items', {
      folder: null,
      name,
      kind: 'pipeline',
      config: { definition: { kind: 'inline', script } },
    });
    if (status !== 201) throw new Error(text);
  }
  build(job: string, number: number): Promise<Build> {
    return this.read<Build>(`items/${job}/builds/${number}`);
  }
  async log(job: string, number: number): Promise<string> {
    return (await this.ask('GET', `items/${job}/builds/${number}/log`)).text;
  }
  async ended(job: string, number: number): Promise<Build> {
    for (;;) {
      const { status, text } = await this.ask('GET', `items/${job}/builds/${number}`);
      const build = JSON.parse(text) as Build;
      if (status === 200 && build.state === 'ended') return build;
      await pause(300);
    }
  }
  async controllers(): Promise<readonly ControllerRow[]> {
    return (await this.read<{ readonly controllers: readonly ControllerRow[] }>('fleet')).controllers;
  }

  async close(): Promise<void> {
    if (this.volume !== null) {
      // Its files can go once nobody writes them.
      await this.kubectl('delete', 'statefulset', 'millrace-postgres', '--wait=false', '--ignore-not-found');
      await this.kubectl('delete', 'pod', 'millrace-postgres-0', '--grace-period=1', '--ignore-not-found');
      rmSync(this.volume, { recursive: true, force: true });
      await kubectl(['delete', 'persistentvolume', this.namespace, '--wait=false', '--ignore-not-found']);
    }
    await kubectl(['delete', 'namespace', this.namespace, this.builds, '--wait=false', '--ignore-not-found']);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async addressOf(service: string): Promise<string> {
    return (await this.kubectl('get', 'service', service, '-o', 'jsonpath={.spec.clusterIP}')).trim();
  }

  private async changeFirstPassword(): Promise<void> {
    const logs = await Promise.all((await this.pods()).map((pod) => this.kubectl('logs', pod)));
    const first = /with the password (\S+) /.exec(logs.join('\n'))?.[1];
    if (first === undefined) throw new Error(`no password in\n${logs.join('\n')}`);
    const { status, text } = await this.askOnce('POST', 'password', { old: first, new: PASSWORD }, first);
    if (status >= 300) throw new Error(text);
  }

  private async makeVolume(): Promise<void> {
    this.volume = path.join('/var/tmp', `millrace-${this.namespace}`);
    mkdirSync(this.volume);
    chownSync(this.volume, 999, 999);
    const spec = {
      storageClassName: this.namespace,
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: this.volume },
    };
    await kubectl(['create', '-f', '-'], stringify({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: this.namespace }, spec }));
  }

  private writeOverlay({ isOld, hasStorage, addresses }: OverlayFacts): void {
    const from = (place: string, part: string): string => path.relative(path.join(this.folder, place), path.join(DEPLOY, part));
    const write = (place: string, content: object | string): void => {
      mkdirSync(path.dirname(path.join(this.folder, place)), { recursive: true });
      writeFileSync(path.join(this.folder, place), typeof content === 'string' ? content : stringify(content));
    };
    const patch = (kind: string, name: string, ...operations: readonly object[]): object => ({ target: { kind, name }, patch: stringify(operations) });
    const controller = '/spec/template/spec/containers/0';
    const databaseUrl = `postgres://millrace:$(POSTGRES_PASSWORD)@${addresses.database}/millrace`;
    write('kustomization.yaml', { resources: ['controllers', 'builds'] });
    write('controllers/millrace.yaml', {
      server: { url: 'http://millrace.test', quietPeriodSeconds: 0, parkAfterSeconds: 5, workers: 1 },
      clouds: [
        {
          kind: 'kubernetes',
          name: 'kubernetes',
          namespace: this.builds,
          url: `http://${addresses.controllers}:8080`,
          agentImage: { env: 'MILLRACE_AGENT_IMAGE' },
          requests: { agent: { cpu: '10m', memory: '64Mi' }, containers: { cpu: '10m', memory: '16Mi' } },
          templates: [{ name: 'default', labels: ['linux'] }],
        },
      ],
    });
    const components = ['several', 'postgres', ...(hasStorage ? [] : ['storage-class']), 'ingress', 'network-policy'];
    write('controllers/kustomization.yaml', {
      namespace: this.namespace,
      resources: [from('controllers', 'base')],
      components: components.map((name) => from('controllers', `components/${name}`)),
      configMapGenerator: [{ name: 'millrace-config', behavior: 'replace', files: ['millrace.yaml'] }],
      images: [imageOf('millrace', AGENT_IMAGE), imageOf('postgres', POSTGRES_IMAGE)],
      replacements: [
        {
          source: { kind: 'Deployment', name: 'millrace', fieldPath: 'spec.template.spec.containers.[name=controller].image' },
          targets: [
            {
              select: { kind: 'Deployment', name: 'millrace' },
              fieldPaths: ['spec.template.spec.containers.[name=controller].env.[name=MILLRACE_AGENT_IMAGE].value'],
            },
          ],
        },
      ],
      patches: [
        patch('Deployment', 'millrace', { op: 'replace', path: `${controller}/resources/requests`, value: { cpu: '50m', memory: '256Mi' } }),
        patch('StatefulSet', 'millrace-postgres', { op: 'replace', path: `${controller}/resources/requests`, value: { cpu: '50m', memory: '128Mi' } }),
        { patch: stringify(environment([{ name: 'POSTGRES_PASSWORD' }, { name: 'DATABASE_URL', value: databaseUrl }])) },
        ...(hasStorage
          ? []
          : [patch('StatefulSet', 'millrace-postgres', { op: 'replace', path: '/spec/volumeClaimTemplates/0/spec/storageClassName', value: this.namespace })]),
        ...(isOld
          ? [
              {
                ...patch('PodDisruptionBudget', 'millrace', { op: 'replace', path: '/apiVersion', value: 'policy/v1beta1' }),
                options: { allowKindChange: true },
              },
            ]
          : []),
      ],
    });
    write('builds/kustomization.yaml', {
      namespace: this.builds,
      resources: [from('builds', 'builds')],
      patches: [patch('RoleBinding', 'millrace', { op: 'replace', path: '/subjects/0/namespace', value: this.namespace })],
    });
  }
}

interface OverlayFacts {
  readonly isOld: boolean;
  readonly hasStorage: boolean;
  readonly addresses: { readonly controllers: string; readonly database: string };
}

/** A patch. What uses another variable has to come after it, and what a patch names comes first: so it names both. */
function environment(env: readonly object[]): object {
  const spec = { containers: [{ name: 'controller', env }] };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'millrace' }, spec: { template: { spec } } };
}

function imageOf(name: string, image: string): object {
  const [, newName, newTag] = /^(.*):([^:/]+)$/.exec(image) as RegExpExecArray;
  return { name, newName, newTag };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
