/** The API on a real database, without sockets: with an administrator, a developer, a viewer, and somebody who has only a grant. */
import { createHash, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Readable as NodeReadable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Role } from '@millrace/protocol';
import { DEFAULT_HOST_KEYS } from '@millrace/protocol/git';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Auth } from '../../auth/auth.ts';
import { createAuth } from '../../auth/auth.ts';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { deleteUnnamed } from '../../blobs/loose-blobs.ts';
import { enqueuer } from '../../builds/enqueue.ts';
import { ScriptChecker } from '../../builds/script-checker.ts';
import { Sealer } from '../../builds/worker/sealer.ts';
import type { Cloud } from '../../clouds/cloud.ts';
import type { Installation } from '../../config/installation.ts';
import { openKeys } from '../../config/keys.ts';
import { showSettings } from '../../config/show-settings.ts';
import { findCredential } from '../../credentials/find-credential.ts';
import { GitHubApps } from '../../credentials/github-app.ts';
import type { CredentialProvider } from '../../credentials/provider.ts';
import { SealingKeys } from '../../credentials/sealing-keys.ts';
import type { ChannelSettings } from '../../notifications/channels/registry.ts';
import { openChannels } from '../../notifications/channels/registry.ts';
import { Repositories } from '../../scm/repository.ts';
import { Store } from '../../store/store.ts';
import type { Databases } from '../../store/testing/databases.ts';
import { Templates } from '../../templates/templates.ts';
import { testInstallation } from '../../testing/test-installation.ts';
import { tokenRoute } from '../../triggers/token-route.ts';
import type { WebhookSecret } from '../../triggers/webhook-routes.ts';
import { webhookRoutes } from '../../triggers/webhook-routes.ts';
import { apiRoutes } from '../api-routes.ts';
import { createServer } from '../server.ts';
import type { ApiServices } from '../services.ts';

export const PEOPLE = { admin: 'administrator', dev: 'developer', viewer: 'viewer', nobody: null } as const satisfies Record<string, Role | null>;
export type Person = keyof typeof PEOPLE;
export const PASSWORD = 'correct horse';

export interface TestApi {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly auth: Auth;
  readonly services: ApiServices;
  readonly tokens: Readonly<Record<Person, string>>;
  readonly blobs: TestBlobs;
  readonly clock: { at: number };
  draining: boolean;
  call(who: Person | null, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly headers: LightMyRequestResponse['headers'];
  readonly text: string;
}

export async function testApi(
  databases: Databases,
  more: {
    readonly anonymousRole?: Role | null;
    readonly clouds?: readonly Cloud[];
    readonly credentialProviders?: readonly CredentialProvider[];
    readonly libraries?: Installation['libraries'];
    readonly webhookSecrets?: readonly WebhookSecret[];
    readonly channels?: readonly ChannelSettings[];
  } = {},
): Promise<TestApi> {
  const store = await Store.open({ ...(await databases.make()), origin: 'test' });
  const clock = { at: Date.parse('2026-01-02T03:04:05Z') };
  const now = (): number => clock.at;
  const auth = createAuth({ store, now, scrypt: { N: 1_024, r: 8, p: 1 }, anonymousRole: () => more.anonymousRole ?? null });
  const sealer = new Sealer(new Uint8Array(32));
  const blobs = new TestBlobs();
  const errors: unknown[] = [];
  const keys = await openKeys(store, new Uint8Array(32), clock.at);
  const onError = (error: unknown): void => {
    errors.push(error);
  };
  const sealingKeys = new SealingKeys({ store, sealer, key: new Uint8Array(32), keys, changed: () => undefined, now, onError });
  const checker = new ScriptChecker({ entry: new URL('../../builds/worker/thread.ts', import.meta.url), memoryMb: 96 });
  const repositories = new Repositories({ folder: join(tmpdir(), `millrace-api-git-${randomUUID()}`), hostKeys: () => DEFAULT_HOST_KEYS });
  const credential = findCredential({ store, sealer, providers: more.credentialProviders ?? [], apps: new GitHubApps(now), now });
  const installation = (): Installation => testInstallation({ libraries: more.libraries ?? [] });
  const templates = new Templates({ store, credential, repositories, installation, onError });
  const services: ApiServices = {
    store,
    auth,
    sealer,
    enqueue: enqueuer({ sealer, now, quietSeconds: () => 0 }),
    blobs,
    clouds: more.clouds ?? [],
    credentialProviders: more.credentialProviders ?? [],
    channels: openChannels(more.channels ?? [], '/'),
    sealingKeys,
    templates,
    now,
    self: () => 'c1',
    rootUrl: () => 'http://ci.test/',
    version: '0.0.0-test',
    timeZone: 'UTC',
    settings: () =>
      showSettings({
        options: {
          name: 'c1',
          labels: [],
          version: '0.0.0-test',
          listen: { host: '127.0.0.1', port: 0 },
          url: null,
          timeZone: 'UTC',
          databaseUrl: null,
          blobs: null,
          builtIn: null,
          workers: { entry: '', size: 1, memoryMb: 96 },
          parkAfterMs: 0,
          installation: () => testInstallation(),
        },
        clouds: more.clouds ?? [],
        rootUrl: 'http://ci.test/',
        shared: store.engine.shared,
        tls: false,
        anonymous: 'none',
      }),
    deleteBlobs: (keys) => deleteUnnamed(store, blobs, keys),
    storeParameterFile: async (content, name) => {
      const key = `uploads/${name}`;
      await blobs.put(key, content);
      return key;
    },
    monitorThresholds: () => ({ freeDiskBytes: 1_000, freeTempBytes: null, clockOffsetMs: 60_000, latencyMs: null }),
    checkScript: (script, gone) => checker.check(script, [], gone),
    onError,
    checkAnswers: true,
  };
  const state = { draining: false };
  const app = createServer({
    store,
    logger: pino({ level: 'silent' }),
    registry: new Registry(),
    draining: () => state.draining,
  });
  await apiRoutes(app, services);
  await webhookRoutes(app, { store, credential, secrets: () => more.webhookSecrets ?? [], now });
  await tokenRoute(app, { store, enqueue: services.enqueue, rootUrl: services.rootUrl });
  await app.ready();
  const tokens = Object.fromEntries(await Promise.all(Object.entries(PEOPLE).map(async ([id, role]) => [id, await person(auth, id, role)]))) as Record<
    Person,
    string
  >;
  const call: TestApi['call'] = async (who, method, path, body, headers = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url: path.startsWith('/') ? path : `/api/v1/${path}`,
      headers: {
        ...(who === null ? {} : { authorization: `Bearer ${tokens[who]}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
    const json = answer.payload !== '' && /json/.test(String(answer.headers['content-type'])) && !/ndjson/.test(String(answer.headers['content-type']));
    return { status: answer.statusCode, body: json ? JSON.parse(answer.payload) : answer.payload, headers: answer.headers, text: answer.payload };
  };
  return Object.assign(state, {
    app,
    store,
    auth,
    services,
    tokens,
    blobs,
    clock,
    call,
    close: async () => {
      await app.close();
      sealingKeys.close();
      await checker.close();
      await store.close();
      if (errors.length > 0) throw errors[0];
    },
  });
}

async function person(auth: Auth, id: string, role: Role | null): Promise<string> {
  const actor = { user: null, address: null };
  await auth.users.create(actor, { id, fullName: '', email: null, role, password: PASSWORD, mustChange: false });
  const row = { user: id, scopes: null } as never;
  return (await auth.tokens.create(row, actor, { name: 'test', scopes: ['admin'], days: null })).value;
}

/** What the tests need of the port, in memory. */
export class TestBlobs implements BlobStore {
  readonly content = new Map<string, Buffer>();
  async put(key: string, content: Readable) {
    const all = await buffer(content);
    this.content.set(key, all);
    return this.facts(all);
  }
  async stat(key: string) {
    const all = this.content.get(key);
    return all === undefined ? null : this.facts(all);
  }
  async read(key: string, range?: { readonly from: number; readonly to?: number }) {
    const all = this.content.get(key);
    if (all === undefined) throw Object.assign(new Error('there is no such blob'), { code: 'MR_BLOB_MISSING' });
    return NodeReadable.from([all.subarray(range?.from ?? 0, range?.to)]);
  }
  async delete(keys: readonly string[]) {
    for (const key of keys) this.content.delete(key);
  }
  async *list(prefix: string) {
    for (const key of [...this.content.keys()].sort()) if (key.startsWith(prefix)) yield key;
  }
  async staged() {
    return 0;
  }
  async append(): Promise<number> {
    throw new Error('nothing is staged here');
  }
  async complete() {}
  async discard() {}
  async sweep() {
    return 0;
  }
  async check() {}
  async close() {}
  private facts(all: Buffer) {
    return { size: all.length, sha256: createHash('sha256').update(all).digest('hex') };
  }
}
