/**
 * The configuration file of `millrace run`: nodes, tools, credentials, libraries.
 *
 *   nodes:       [{ name, labels, executors, env, root }]
 *   tools:       [{ name, type, home, env }]
 *   credentials: [{ id, type, … }]       a value is text, { env: NAME } or { file: PATH }
 *   credentialProviders: [{ kind, name, … }]   what else keeps credentials, of `millrace up`: see docs/guide/credentials.md
 *   libraries:   [{ name, path | git, version, implicit, … }]   see docs/guide/libraries.md
 *   git:         { hostKeyVerification, knownHosts }   host keys of SSH servers with repositories: see docs/guide/git.md
 *   env:         variables of all nodes
 *   notifications: [{ kind, name, … }]   ways of reaching people: see docs/guide/notifications.md
 *   mailTemplates: [{ name, path }]     what emailext writes mails by: see docs/guide/notifications.md
 *   configFiles: [{ id, path, … }]      what configFileProvider brings: see docs/guide/config-files.md
 *   sonarServers: [{ name, url, credentialsId, … }]   for withSonarQubeEnv: see docs/guide/sonar.md
 *   webhooks:    { secrets: [{ forge, credentialsId }], startsAtOnce }   see docs/guide/triggers.md
 *   imageBuilder: { kind, … }           what buildImage builds with: see docs/guide/images.md
 *   clouds:      [{ kind, name, … }]     machines on demand, of `millrace up`: each kind has settings of its own
 *   server:      what `millrace up` needs beside: see ServerConfig
 *
 * Anything else is refused with its place, so that a slip of the pen is not taken for nothing.
 */

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CacheLimits, LibraryConfig, MailTemplate, ManagedFileConfig, SonarServerConfig, Thresholds, WebhookConfig } from '@millrace/controller';
import type { ImageBuilder, ImageBuilderKind } from '@millrace/pipeline';
import type { HostKeys } from '@millrace/protocol/git';
import { DEFAULT_HOST_KEYS } from '@millrace/protocol/git';
import { CommandError } from '../errors.ts';

export type { LibraryConfig };

export interface NodeConfig {
  readonly name: string;
  readonly labels: readonly string[];
  readonly executors: number;
  readonly env: Readonly<Record<string, string>>;
  readonly root: string | null;
}
export interface ToolConfig {
  readonly name: string;
  readonly type: string | null;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}
export interface CredentialConfig {
  readonly id: string;
  readonly type: string;
  readonly description: string | null;
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that a file holds: its absolute path. */
  readonly files: Readonly<Record<string, string>>;
}
/** All of it may be left out. `millrace run` reads past it. */
export interface ServerConfig {
  /** The address that users see. */
  readonly url: string | null;
  readonly name: string | null;
  /** Of this controller. */
  readonly labels: readonly string[];
  readonly quietPeriodSeconds: number;
  /** Where large things are kept: see docs/guide/server.md. */
  readonly blobs: string | null;
  /** Files in PEM. */
  readonly tls: { readonly key: string; readonly certificate: string } | null;
  /** Threads that run pipelines, and the memory of each. */
  readonly workers: number;
  readonly workerMemoryMb: number;
  /** A build that only waits is let out of memory after so long. */
  readonly parkAfterSeconds: number;
  /** What people may do who are not signed in: nothing, or look. */
  readonly anonymous: 'none' | 'viewer';
  /** Beyond these a node takes nothing new; null: not looked at, left out: as usual. */
  readonly monitors: Partial<Thresholds>;
  /** How much the caches of builds may hold; left out: as usual. */
  readonly caches: Partial<CacheLimits>;
}
/** What a kind of cloud is told: it checks it itself. */
export interface CloudConfig {
  readonly kind: string;
  readonly name: string;
  readonly [setting: string]: unknown;
}
export interface Config {
  /** Paths in the clouds' settings are relative to it. */
  readonly folder: string;
  readonly server: ServerConfig;
  readonly nodes: readonly NodeConfig[];
  readonly tools: readonly ToolConfig[];
  readonly credentials: readonly CredentialConfig[];
  readonly credentialProviders: readonly CloudConfig[];
  readonly libraries: readonly LibraryConfig[];
  readonly hostKeys: HostKeys;
  readonly clouds: readonly CloudConfig[];
  /** Each kind checks its settings itself. */
  readonly notifications: readonly CloudConfig[];
  readonly imageBuilder: ImageBuilder | null;
  readonly mailTemplates: readonly MailTemplate[];
  readonly configFiles: readonly ManagedFileConfig[];
  readonly sonarServers: readonly SonarServerConfig[];
  readonly webhooks: WebhookConfig;
  readonly env: Readonly<Record<string, string>>;
}

/** Where no configuration is given: one built-in node, as a fresh Jenkins has. */
export const DEFAULT_SERVER: ServerConfig = {
  url: null,
  name: null,
  labels: [],
  quietPeriodSeconds: 5,
  blobs: null,
  tls: null,
  workers: 2,
  workerMemoryMb: 512,
  parkAfterSeconds: 30,
  anonymous: 'none',
  monitors: {},
  caches: {},
};

export const DEFAULT_CONFIG: Config = {
  folder: '.',
  server: DEFAULT_SERVER,
  nodes: [{ name: 'built-in', labels: [], executors: 2, env: {}, root: null }],
  tools: [],
  credentials: [],
  credentialProviders: [],
  libraries: [],
  hostKeys: DEFAULT_HOST_KEYS,
  clouds: [],
  notifications: [],
  imageBuilder: null,
  mailTemplates: [],
  configFiles: [],
  sonarServers: [],
  webhooks: { secrets: [], startsAtOnce: 100 },
  env: {},
};

export async function readConfig(path: string): Promise<Config> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError('MR_CONFIG', `${path} cannot be read`);
  }
  const { parse } = await import('yaml');
  let data: unknown;
  try {
    data = parse(text);
  } catch (e) {
    throw new CommandError('MR_CONFIG', `${path} is no YAML: ${(e as Error).message}`);
  }
  return new Reader(path).config(data ?? {});
}

/** Of a cloud's settings, what may be { env } or { file }: a secret, and what a deployment knows of itself. */
const CLOUD_ELSEWHERE = ['token', 'url', 'agentImage'] as const;

type Fields = Readonly<Record<string, unknown>>;

class Reader {
  private readonly path: string;
  private readonly folder: string;
  constructor(path: string) {
    this.path = path;
    this.folder = dirname(resolve(path));
  }

  config(data: unknown): Config {
    const top = this.fields(data, '', [
      'nodes',
      'tools',
      'credentials',
      'credentialProviders',
      'libraries',
      'clouds',
      'notifications',
      'imageBuilder',
      'mailTemplates',
      'configFiles',
      'sonarServers',
      'webhooks',
      'env',
      'git',
      'server',
    ]);
    const nodes = this.list(top['nodes'], 'nodes', (item, at) => {
      const f = this.fields(item, at, ['name', 'labels', 'executors', 'env', 'root']);
      const labels = f['labels'] ?? [];
      return {
        name: this.text(f['name'], `${at}.name`),
        labels: typeof labels === 'string' ? labels.split(/\s+/).filter((l) => l !== '') : this.list(labels, `${at}.labels`, (l, p) => this.text(l, p)),
        executors: this.whole(f['executors'] ?? 1, `${at}.executors`),
        env: this.variables(f['env'], `${at}.env`),
        root: f['root'] === undefined ? null : resolve(this.folder, this.text(f['root'], `${at}.root`)),
      };
    });
    return {
      folder: this.folder,
      server: this.server(top['server']),
      nodes: nodes.length === 0 ? DEFAULT_CONFIG.nodes : nodes,
      tools: this.list(top['tools'], 'tools', (item, at) => {
        const f = this.fields(item, at, ['name', 'type', 'home', 'env']);
        return {
          name: this.text(f['name'], `${at}.name`),
          type: this.optional(f['type'], `${at}.type`),
          home: this.text(f['home'] ?? '', `${at}.home`),
          env: this.variables(f['env'], `${at}.env`),
        };
      }),
      credentials: this.list(top['credentials'], 'credentials', (item, at) => this.credential(item, at)),
      credentialProviders: this.list(top['credentialProviders'], 'credentialProviders', (item, at) => {
        const given = this.object(item, at);
        return { ...given, kind: this.text(given['kind'], `${at}.kind`), name: this.text(given['name'], `${at}.name`) };
      }),
      libraries: this.list(top['libraries'], 'libraries', (item, at) => {
        const f = this.fields(item, at, [
          'name',
          'path',
          'git',
          'version',
          'implicit',
          'allowVersionOverride',
          'includeInChangesets',
          'credentialsId',
          'libraryPath',
          'caching',
        ]);
        const path = this.optional(f['path'], `${at}.path`),
          git = this.optional(f['git'], `${at}.git`);
        if ((path === null) === (git === null)) throw this.wrong(at, 'needs either a path or a git address');
        return {
          name: this.text(f['name'], `${at}.name`),
          path: path === null ? null : resolve(this.folder, path),
          git,
          version: this.optional(f['version'], `${at}.version`),
          implicit: this.flag(f['implicit'], `${at}.implicit`, false),
          allowVersionOverride: this.flag(f['allowVersionOverride'], `${at}.allowVersionOverride`, true),
          includeInChangesets: this.flag(f['includeInChangesets'], `${at}.includeInChangesets`, true),
          credentialsId: this.optional(f['credentialsId'], `${at}.credentialsId`),
          libraryPath: this.optional(f['libraryPath'], `${at}.libraryPath`) ?? '',
          caching: this.caching(f['caching'], `${at}.caching`),
        };
      }),
      hostKeys: this.hostKeys(top['git']),
      notifications: this.list(top['notifications'], 'notifications', (item, at) => {
        const given = this.object(item, at);
        return { ...given, kind: this.text(given['kind'], `${at}.kind`), name: this.text(given['name'], `${at}.name`) };
      }),
      clouds: this.list(top['clouds'], 'clouds', (item, at) => {
        const given = this.object(item, at);
        const elsewhere = CLOUD_ELSEWHERE.filter((name) => given[name] !== undefined);
        return {
          ...given,
          kind: this.text(given['kind'] ?? 'kubernetes', `${at}.kind`),
          name: this.text(given['name'], `${at}.name`),
          ...Object.fromEntries(elsewhere.map((name) => [name, this.secret(given[name], `${at}.${name}`).trim()])),
        };
      }),
      imageBuilder: this.imageBuilder(top['imageBuilder']),
      mailTemplates: this.list(top['mailTemplates'], 'mailTemplates', (item, at) => {
        const f = this.fields(item, at, ['name', 'path']);
        return { name: this.text(f['name'], `${at}.name`), path: resolve(this.folder, this.text(f['path'], `${at}.path`)) };
      }),
      configFiles: this.list(top['configFiles'], 'configFiles', (item, at) => {
        const f = this.fields(item, at, ['id', 'name', 'path', 'servers']);
        const id = this.text(f['id'], `${at}.id`);
        return {
          id,
          name: this.optional(f['name'], `${at}.name`) ?? id,
          path: resolve(this.folder, this.text(f['path'], `${at}.path`)),
          servers: this.list(f['servers'], `${at}.servers`, (one, p) => {
            const s = this.fields(one, p, ['id', 'credentialsId']);
            return { id: this.text(s['id'], `${p}.id`), credentialsId: this.text(s['credentialsId'], `${p}.credentialsId`) };
          }),
        };
      }),
      sonarServers: this.list(top['sonarServers'], 'sonarServers', (item, at) => this.sonarServer(item, at)),
      webhooks: this.webhooks(top['webhooks']),
      env: this.variables(top['env'], 'env'),
    };
  }

  private server(value: unknown): ServerConfig {
    if (value === undefined || value === null) return DEFAULT_SERVER;
    const at = 'server';
    const f = this.fields(value, at, Object.keys(DEFAULT_SERVER));
    const tls = f['tls'] === undefined ? null : this.fields(f['tls'], `${at}.tls`, ['key', 'certificate']);
    const url = this.optional(f['url'], `${at}.url`);
    if (url !== null && !/^https?:\/\//.test(url)) throw this.wrong(`${at}.url`, 'must be an address that begins with http:// or https://');
    const anonymous = f['anonymous'] ?? DEFAULT_SERVER.anonymous;
    if (anonymous !== 'none' && anonymous !== 'viewer') throw this.wrong(`${at}.anonymous`, 'must be none or viewer');
    const number = (name: 'quietPeriodSeconds' | 'workers' | 'workerMemoryMb' | 'parkAfterSeconds'): number =>
      this.whole(f[name] ?? DEFAULT_SERVER[name], `${at}.${name}`);
    return {
      url,
      name: this.optional(f['name'], `${at}.name`),
      labels: this.list(f['labels'], `${at}.labels`, (l, p) => this.text(l, p)),
      quietPeriodSeconds: number('quietPeriodSeconds'),
      blobs: this.optional(f['blobs'], `${at}.blobs`),
      tls:
        tls === null
          ? null
          : {
              key: resolve(this.folder, this.text(tls['key'], `${at}.tls.key`)),
              certificate: resolve(this.folder, this.text(tls['certificate'], `${at}.tls.certificate`)),
            },
      workers: Math.max(1, number('workers')),
      workerMemoryMb: Math.max(64, number('workerMemoryMb')),
      parkAfterSeconds: number('parkAfterSeconds'),
      anonymous,
      monitors: this.monitors(f['monitors'], `${at}.monitors`),
      caches: this.caches(f['caches'], `${at}.caches`),
    };
  }

  private flag(value: unknown, at: string, otherwise: boolean): boolean {
    if (value === undefined || value === null) return otherwise;
    if (typeof value !== 'boolean') throw this.wrong(at, 'must be true or false');
    return value;
  }

  private caching(value: unknown, at: string): LibraryConfig['caching'] {
    if (value === undefined || value === null) return null;
    const f = this.fields(value, at, ['refreshMinutes', 'excludedVersions']);
    return {
      refreshMinutes: this.whole(f['refreshMinutes'] ?? 0, `${at}.refreshMinutes`),
      excludedVersions: this.list(f['excludedVersions'], `${at}.excludedVersions`, (v, p) => this.text(v, p)),
    };
  }

  private hostKeys(value: unknown): HostKeys {
    if (value === undefined || value === null) return DEFAULT_HOST_KEYS;
    const f = this.fields(value, 'git', ['hostKeyVerification', 'knownHosts']);
    const verification = f['hostKeyVerification'] ?? DEFAULT_HOST_KEYS.verification;
    const known = ['known-hosts', 'accept-first', 'manual', 'none'] as const;
    const found = known.find((k) => k === verification);
    if (found === undefined) throw this.wrong('git.hostKeyVerification', `must be one of ${known.join(', ')}`);
    const lines = typeof f['knownHosts'] === 'string' ? f['knownHosts'].split('\n') : this.list(f['knownHosts'], 'git.knownHosts', (v, p) => this.text(v, p));
    return { verification: found, knownHosts: lines.map((l) => l.trim()).filter((l) => l !== '' && !l.startsWith('#')) };
  }

  private monitors(value: unknown, at: string): Partial<Thresholds> {
    if (value === undefined || value === null) return {};
    const units = {
      freeDiskMb: ['freeDiskBytes', 2 ** 20],
      freeTempMb: ['freeTempBytes', 2 ** 20],
      clockOffsetSeconds: ['clockOffsetMs', 1_000],
      latencyMs: ['latencyMs', 1],
    } as const;
    const f = this.fields(value, at, Object.keys(units));
    const all = Object.entries(units).filter(([name]) => f[name] !== undefined);
    return Object.fromEntries(all.map(([name, [to, unit]]) => [to, f[name] === 'none' ? null : this.whole(f[name], `${at}.${name}`) * unit]));
  }

  private caches(value: unknown, at: string): Partial<CacheLimits> {
    if (value === undefined || value === null) return {};
    const f = this.fields(value, at, ['jobMb', 'totalMb', 'unusedDays']);
    const given = (name: string, unit: number): number | undefined => (f[name] === undefined ? undefined : this.whole(f[name], `${at}.${name}`) * unit);
    const jobBytes = given('jobMb', 2 ** 20),
      totalBytes = given('totalMb', 2 ** 20),
      unusedMs = given('unusedDays', 86_400_000);
    return {
      ...(jobBytes === undefined ? {} : { jobBytes }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
      ...(unusedMs === undefined ? {} : { unusedMs }),
    };
  }

  private imageBuilder(value: unknown): ImageBuilder | null {
    if (value === undefined || value === null) return null;
    const at = 'imageBuilder';
    const f = this.fields(value, at, ['kind', 'image', 'container', 'program', 'shell', 'registries', 'insecureRegistries', 'cacheRepository', 'arguments']);
    const kinds: readonly ImageBuilderKind[] = ['kaniko', 'buildkit', 'buildah'];
    const kind = kinds.find((k) => k === f['kind']);
    if (kind === undefined) throw this.wrong(`${at}.kind`, `must be one of ${kinds.join(', ')}`);
    const container = this.optional(f['container'], `${at}.container`) ?? kind;
    const texts = (name: string): string[] => this.list(f[name], `${at}.${name}`, (item, p) => this.text(item, p));
    return {
      kind,
      image: this.optional(f['image'], `${at}.image`),
      container: container === 'none' ? null : container,
      program: this.optional(f['program'], `${at}.program`),
      shell: this.optional(f['shell'], `${at}.shell`),
      registries: this.variables(f['registries'], `${at}.registries`),
      insecureRegistries: texts('insecureRegistries'),
      cacheRepository: this.optional(f['cacheRepository'], `${at}.cacheRepository`),
      arguments: texts('arguments'),
    };
  }

  private sonarServer(item: unknown, at: string): SonarServerConfig {
    const f = this.fields(item, at, ['name', 'url', 'credentialsId', 'webhookSecretId', 'mojoVersion', 'additionalProperties', 'additionalAnalysisProperties']);
    const url = this.text(f['url'], `${at}.url`);
    if (!/^https?:\/\/./.test(url)) throw this.wrong(`${at}.url`, 'must be an address that begins with http:// or https://');
    return {
      name: this.text(f['name'], `${at}.name`),
      url,
      credentialsId: this.optional(f['credentialsId'], `${at}.credentialsId`),
      webhookSecretId: this.optional(f['webhookSecretId'], `${at}.webhookSecretId`),
      mojoVersion: this.optional(f['mojoVersion'], `${at}.mojoVersion`),
      additionalProperties: this.optional(f['additionalProperties'], `${at}.additionalProperties`) ?? '',
      additionalAnalysisProperties: this.variables(f['additionalAnalysisProperties'], `${at}.additionalAnalysisProperties`),
    };
  }

  private webhooks(value: unknown): WebhookConfig {
    if (value === undefined || value === null) return DEFAULT_CONFIG.webhooks;
    const at = 'webhooks';
    const f = this.fields(value, at, ['secrets', 'startsAtOnce']);
    const forges = ['github', 'gitlab', 'gitea', 'gogs', 'bitbucket'] as const;
    const secrets = this.list(f['secrets'], `${at}.secrets`, (item, p) => {
      const one = this.fields(item, p, ['forge', 'credentialsId']);
      const forge = forges.find((known) => known === one['forge']);
      if (forge === undefined) throw this.wrong(`${p}.forge`, `must be one of ${forges.join(', ')}`);
      return { forge, credentialsId: this.text(one['credentialsId'], `${p}.credentialsId`) };
    });
    return { secrets, startsAtOnce: Math.max(1, this.whole(f['startsAtOnce'] ?? DEFAULT_CONFIG.webhooks.startsAtOnce, `${at}.startsAtOnce`)) };
  }

  private credential(item: unknown, at: string): CredentialConfig {
    const all = this.object(item, at);
    const { id, type, description, ...rest } = all;
    const fields: Record<string, string> = {},
      files: Record<string, string> = {};
    for (const [name, value] of Object.entries(rest)) {
      fields[name] = this.secret(value, `${at}.${name}`);
      const file = (value as { file?: unknown } | null)?.file;
      if (typeof file === 'string') files[name] = resolve(this.folder, file);
    }
    return { id: this.text(id, `${at}.id`), type: this.text(type, `${at}.type`), description: this.optional(description, `${at}.description`), fields, files };
  }
  /** A secret may stand elsewhere, so that the file can be shown around. */
  private secret(value: unknown, at: string): string {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    const f = this.fields(value, at, ['env', 'file']);
    if (typeof f['env'] === 'string') {
      const found = process.env[f['env']];
      if (found === undefined) throw this.wrong(at, `needs the environment variable ${f['env']}`);
      return found;
    }
    const path = this.text(f['file'], `${at}.file`);
    try {
      return readFileSync(resolve(this.folder, path), 'utf8');
    } catch {
      throw this.wrong(at, `names the file ${path}, which cannot be read`);
    }
  }

  private list<T>(value: unknown, at: string, read: (item: unknown, at: string) => T): T[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw this.wrong(at, 'must be a list');
    return value.map((item, i) => read(item, `${at}[${i}]`));
  }
  private object(value: unknown, at: string): Fields {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw this.wrong(at, 'must be a mapping');
    return value as Fields;
  }
  private fields(value: unknown, at: string, known: readonly string[]): Fields {
    const object = this.object(value, at);
    for (const name of Object.keys(object))
      if (!known.includes(name)) throw this.wrong(at === '' ? name : `${at}.${name}`, `is not known here; there are ${known.join(', ')}`);
    return object;
  }
  private variables(value: unknown, at: string): Record<string, string> {
    if (value === undefined || value === null) return {};
    return Object.fromEntries(Object.entries(this.object(value, at)).map(([name, v]) => [name, this.text(v, `${at}.${name}`)]));
  }
  private text(value: unknown, at: string): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.wrong(at, 'must be text');
  }
  private optional(value: unknown, at: string): string | null {
    return value === undefined || value === null ? null : this.text(value, at);
  }
  private whole(value: unknown, at: string): number {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw this.wrong(at, 'must be a whole number');
    return value;
  }
  private wrong(at: string, what: string): CommandError {
    return new CommandError('MR_CONFIG', `${this.path}: ${at === '' ? 'the file' : at} ${what}`);
  }
}
