/**
 * One controller: puts the rooms together, starts and stops them in order. Several may live in one process.
 *
 * Start: store, key, place in the fleet, HTTP, builds, duties, the built-in agent. Stop: takes nothing new, gives its duties
 * back, lets go of its builds so that others go on with them, answers what is under way, leaves the fleet, closes the store.
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { BlobStore } from './blobs/blob-store.ts';
import { deleteUnnamed } from './blobs/loose-blobs.ts';
import { openBlobs, sweepBlobs } from './blobs/open-blobs.ts';
import { branchBuild } from './branches/branch-build.ts';
import { BranchScanner } from './branches/branch-scanner.ts';
import type { OpenSource } from './branches/branch-source.ts';
import { GitLook } from './branches/git-look.ts';
import { onScmEvent, toldOutcome } from './branches/on-scm-event.ts';
import { forgeFor, openSource, ownerFor } from './branches/open-source.ts';
import { StatusSender } from './branches/status-sender.ts';
import { storedAnswers } from './branches/stored-answers.ts';
import type { AskServices } from './builds/ask-context.ts';
import type { CacheOutcome } from './builds/asks/cache.ts';
import { askHandlers } from './builds/asks/index.ts';
import { beginningOf } from './builds/begin.ts';
import { BuildOwner } from './builds/build-owner.ts';
import { CacheRetention } from './builds/cache-retention.ts';
import type { CacheLimits } from './builds/caches.ts';
import { DEFAULT_CACHE_LIMITS } from './builds/caches.ts';
import type { Enqueue } from './builds/enqueue.ts';
import { enqueuer } from './builds/enqueue.ts';
import { Retention } from './builds/retention.ts';
import { ScriptChecker } from './builds/script-checker.ts';
import { Sealer } from './builds/worker/sealer.ts';
import { WorkerPool } from './builds/worker-pool.ts';
import { folderCapsOf } from './clouds/caps.ts';
import type { Cloud } from './clouds/cloud.ts';
import { enterContainer } from './clouds/enter-container.ts';
import { Provisioner } from './clouds/provisioner.ts';
import type { CloudSettings } from './clouds/registry.ts';
import { CLOUDS, openClouds } from './clouds/registry.ts';
import type { Installation } from './config/installation.ts';
import { DEFAULT_WEBHOOKS, hostKeysOf } from './config/installation.ts';
import { readKey } from './config/key.ts';
import type { Keys } from './config/keys.ts';
import { openKeys } from './config/keys.ts';
import { configuredCredentials } from './credentials/configured.ts';
import { findCredential } from './credentials/find-credential.ts';
import type { CredentialProvider } from './credentials/provider.ts';
import type { ProviderSettings } from './credentials/registry.ts';
import { openProviders } from './credentials/registry.ts';
import { resealPortion } from './credentials/reseal.ts';
import { SealingKeys } from './credentials/sealing-keys.ts';
import type { HeldDuty } from './fleet/duties.ts';
import { Duties } from './fleet/duties.ts';
import { Membership } from './fleet/membership.ts';
import { ownAddress } from './fleet/own-address.ts';
import { OwnerOutput } from './fleet/owner-output.ts';
import { Repeat } from './fleet/repeat.ts';
import { Compaction } from './logs/compaction.ts';
import { AgentDesk, GONE_MS } from './nodes/agent-desk.ts';
import { agentRoutes } from './nodes/agent-routes.ts';
import { BuiltInAgent } from './nodes/built-in.ts';
import { watchLostNodes } from './nodes/lose-node.ts';
import type { Thresholds } from './nodes/monitors.ts';
import { DEFAULT_THRESHOLDS, watchMonitors } from './nodes/monitors.ts';
import { Transfers } from './nodes/transfers.ts';
import { notifyEnd } from './notifications/at-end.ts';
import type { ChannelSettings, Channels } from './notifications/channels/registry.ts';
import { openChannels } from './notifications/channels/registry.ts';
import { NotificationSender } from './notifications/sender.ts';
import { pause } from './pause.ts';
import type { SchedulerOptions } from './queue/scheduler.ts';
import { Scheduler } from './queue/scheduler.ts';
import { Repositories } from './scm/repository.ts';
import { openPatiently } from './store/open-patiently.ts';
import type { Store, StoreOptions } from './store/store.ts';
import { startUpstream } from './triggers/start-upstream.ts';
import { TriggerDuty } from './triggers/trigger-duty.ts';

/** How often left-over uploads are looked for. */
const SWEEP_MS = 3_600_000;
/** How often what an older key has sealed is looked for. */
const RESEAL_MS = 60_000;
/** A message that is being sent when the controller stops may end; else the next holder of the duty sends it again. */
const SENDING_MS = 5_000;
/** Who follows a build has read its end from its rows by then. */
const COMPACT_AFTER_MS = 10_000;

export interface ControllerOptions {
  /** Of this controller alone: SQLite, the key, the built-in agent, caches, and blobs where no other store is set. */
  readonly data: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly databaseUrl: string | null;
  /** MILLRACE_KEY. */
  readonly key?: string | undefined;
  readonly name: string;
  readonly labels: readonly string[];
  readonly version: string;
  /** The address that users see; null: where it listens. */
  readonly url: string | null;
  /** The address of this controller alone, for others of its fleet. Default: where it listens. */
  readonly advertise?: string | null;
  readonly installation: () => Installation;
  /** `folder`, `database`, or an S3 address; null: a folder with SQLite, else the database. */
  readonly blobs: string | null;
  readonly builtIn: { readonly executors: number; readonly labels: readonly string[]; readonly name: string; readonly command: readonly string[] } | null;
  /** What makes machines on demand; the same on every controller of a fleet. Default: none. */
  readonly clouds?: readonly Cloud[];
  /** Further ones, of the configuration; paths in them are relative to the folder. */
  readonly cloudSettings?: { readonly folder: string; readonly all: readonly CloudSettings[] };
  /** What keeps credentials beside the database and the configuration; paths are relative to the folder. */
  readonly credentialProviders?: { readonly folder: string; readonly all: readonly ProviderSettings[] };
  /** Ways of reaching people; paths are relative to the folder. The same on every controller of a fleet. */
  readonly notifications?: { readonly folder: string; readonly all: readonly ChannelSettings[]; readonly tryMs?: number };
  /** Beyond these a node takes nothing new. Default: those of a fresh Jenkins. */
  readonly monitors?: Thresholds;
  readonly workers: { readonly entry: string | URL; readonly size: number; readonly memoryMb: number };
  readonly agentBundle: string | null;
  readonly timeZone: string;
  readonly parkAfterMs: number;
  /** How much caches of builds may hold. Default: DEFAULT_CACHE_LIMITS. */
  readonly cacheLimits?: CacheLimits;
  /** How long after its end a build's rows become one object. Default: some seconds. */
  readonly compactAfterMs?: number;
  readonly log: Logger;
  /** Makes the server and its routes beside those of agents and of the fleet. */
  readonly http: (controller: ControllerParts) => Promise<FastifyInstance>;
  /** What answers while the database is away at the start. `cause`: as it is now. Default: nothing answers. */
  readonly waiting?: (cause: () => string) => FastifyInstance;
}

/** What the routes are made of. */
export interface ControllerParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly services: AskServices;
  readonly enqueue: Enqueue;
  readonly clouds: readonly Cloud[];
  readonly credentialProviders: readonly CredentialProvider[];
  readonly channels: Channels;
  readonly sealingKeys: SealingKeys;
  readonly owner: BuildOwner;
  readonly checker: ScriptChecker;
  readonly self: () => string;
  readonly isDraining: () => boolean;
  readonly options: ControllerOptions;
  /** Told of each pass of the scheduler, where this controller has that duty. */
  onPass: NonNullable<SchedulerOptions['onPass']>;
  /** Told what became of the caches that builds of this controller wanted and saved. */
  onCache: (outcome: CacheOutcome) => void;
}

export class Controller {
  readonly parts: ControllerParts;
  url = '';
  private readonly closing: (() => void | Promise<void>)[];
  private readonly membership: Membership;
  private readonly builtIn: BuiltInAgent | null;
  private draining = false;
  private letGo = false;

  private constructor(parts: ControllerParts, membership: Membership, builtIn: BuiltInAgent | null, closing: (() => void | Promise<void>)[]) {
    this.parts = parts;
    this.membership = membership;
    this.builtIn = builtIn;
    this.closing = closing;
  }

  /** Throws an error with a code where the data folder, the key, the database or the address cannot be used. */
  static async start(options: ControllerOptions): Promise<Controller> {
    const { log } = options;
    // SQLite would make it; with PostgreSQL others write into it first.
    mkdirSync(options.data, { recursive: true, mode: 0o700 });
    const onError = (error: unknown): void => {
      // A write that came too late: what it was about is another controller's.
      if (/^MR_(FENCED|DUTY_LOST|STORE_CLOSED)$/.test((error as { code?: string }).code ?? '')) return;
      log.error({ err: error }, 'an error that nobody expected');
    };
    const origin = randomBytes(6).toString('hex');
    const store = await openStore(options, {
      url: options.databaseUrl,
      folder: options.data,
      origin,
      onAway: (error) => {
        log.warn({ err: error }, 'the database is away; what is to be written waits');
      },
    });
    try {
      const key = readKey(options.data, options.key, store.engine.shared);
      const keys = await openKeys(store, key, Date.now());
      return await assemble(options, store, { key, keys }, onError);
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  get id(): string {
    return this.membership.id;
  }
  get isDraining(): boolean {
    return this.draining || this.letGo;
  }

  /** Somebody asked this controller to drain, through whichever one: it lets go of its builds and takes none, but stays. */
  async noticeDrain(): Promise<void> {
    if (this.isDraining) return;
    const { store, owner, options } = this.parts;
    const row = await store.db.selectFrom('controllers').select('state').where('id', '=', this.id).executeTakeFirst();
    if (row?.state !== 'draining' || this.isDraining) return;
    this.letGo = true;
    options.log.info('draining, as asked: builds are let go');
    await owner.drain();
  }

  /**
   * Clean: running steps go on, and builds are let go for another controller or the next start. `endAgent`: the built-in
   * agent ends too; what it runs goes on.
   */
  async stop({ endAgent = false }: { readonly endAgent?: boolean } = {}): Promise<void> {
    if (this.draining) return;
    this.draining = true;
    const { owner, store, options } = this.parts;
    const steps: (() => unknown)[] = [
      () => this.membership.drain(),
      () => Promise.race([owner.drain(), pause(10_000)]),
      ...this.closing,
      () => (endAgent ? this.builtIn?.end() : this.builtIn?.stop()),
      () => this.membership.leave(),
    ];
    for (const step of steps)
      try {
        await step();
      } catch (error) {
        // Declared down already: others go on with what was ours.
        if ((error as { code?: string }).code !== 'MR_FENCED') options.log.error({ err: error }, 'the stop was not clean');
      }
    await store.close();
  }

  /** @internal for `assemble` */
  static made(parts: ControllerParts, membership: Membership, builtIn: BuiltInAgent | null, closing: (() => void | Promise<void>)[]): Controller {
    return new Controller(parts, membership, builtIn, closing);
  }
}

/** Where the database is away it is waited for, and whoever asks is told so. */
async function openStore({ log, listen, waiting }: ControllerOptions, store: StoreOptions): Promise<Store> {
  let cause = '';
  let answering: FastifyInstance | null = null;
  try {
    const opened = await openPatiently({
      store,
      away: async (now, error) => {
        cause = now;
        log.warn({ err: error }, 'the database is away; the start waits for it');
        if (answering !== null || waiting === undefined) return;
        answering = waiting(() => cause);
        await answering.listen(listen);
      },
    });
    if (cause !== '') log.info('the database is there');
    return opened;
  } finally {
    await (answering as FastifyInstance | null)?.close();
  }
}

async function assemble(
  options: ControllerOptions,
  store: Store,
  { key: installationKey, keys }: { readonly key: Uint8Array; readonly keys: Keys },
  onError: (error: unknown) => void,
): Promise<Controller> {
  // What controllers know each other and their nodes by does not change with the keys.
  const key = keys.first;
  const { log, cloudSettings, cacheLimits = DEFAULT_CACHE_LIMITS } = options;
  const now = (): number => Date.now();
  const sealer = new Sealer(keys.first, keys.later);
  const installation = createHmac('sha256', key).update('installation').digest('hex').slice(0, 16);
  const { imageBuilder = null } = options.installation();
  const opened =
    cloudSettings === undefined ? [] : await openClouds(CLOUDS, cloudSettings.all, { installation, folder: cloudSettings.folder, imageBuilder, onError });
  const clouds = [...(options.clouds ?? []), ...opened];
  const credentialProviders = [
    configuredCredentials(() => options.installation().credentials),
    ...(await openProviders(options.credentialProviders?.all ?? [], { folder: options.credentialProviders?.folder ?? '.', now })),
  ];
  const channels = openChannels(options.notifications?.all ?? [], options.notifications?.folder ?? '.');
  const sealingKeys = new SealingKeys({ store, sealer, key: installationKey, keys, changed: () => pool?.newKeys(), now, onError });
  let pool: WorkerPool | null = null;
  const blobs = openBlobs({ choice: options.blobs, folder: join(options.data, 'blobs'), store });
  await blobs.check();
  let controller: Controller | null = null;
  /** What the duty has under way when it is over. */
  let sending: Promise<void> = Promise.resolve();
  let address = '';
  const services: AskServices = {
    store,
    sealer,
    installation: options.installation,
    credential: findCredential({ store, sealer, providers: credentialProviders, now }),
    now,
    rootUrl: () => `${(options.url ?? address).replace(/\/$/, '')}/`,
    clouds,
    repositories: new Repositories({ folder: join(options.data, 'cache', 'git'), hostKeys: () => hostKeysOf(options.installation()) }),
    onError,
  };
  const { repositories } = services;
  const looks = new GitLook({
    folder: join(options.data, 'cache', 'looks'),
    hostKeys: () => hostKeysOf(options.installation()),
    refs: (at, more) => repositories.listRefs(at, more),
  });
  const sources = { credential: services.credential, git: looks, answers: storedAnswers(store, now), now };
  const open: OpenSource = (item, source) => openSource(sources, item, source);
  const enqueue = enqueuer({ sealer, now, quietSeconds: () => options.installation().quietPeriodSeconds });
  const membership: Membership = new Membership({
    store,
    name: options.name,
    labels: options.labels,
    version: options.version,
    url: () => options.advertise ?? ownAddress(address, options.listen.host, networkInterfaces()),
    random: Math.random,
    expelled: (old) => {
      log.warn({ controller: old }, 'declared down by another controller: it goes on with what was ours');
      owner.dropAll();
      duties.release();
    },
    rejoined: (id) => {
      log.info({ controller: id }, 'joined the fleet again');
      store.wakes.tell(['*']);
    },
    onError,
  });
  const self = (): string => membership.id;
  const owner: BuildOwner = new BuildOwner({
    services,
    self,
    pool: (received, crashed) => {
      pool = new WorkerPool({ ...options.workers, keys: () => sealingKeys.current, received, crashed });
      return pool;
    },
    handlers: askHandlers({
      enqueue,
      blobs,
      channels,
      caches: {
        limits: cacheLimits,
        told: (outcome) => {
          parts.onCache(outcome);
        },
      },
    }),
    beginning: (row) =>
      beginningOf({
        services,
        row,
        blobs,
        branch: (build, definition) => branchBuild({ store, open, now, credential: services.credential, files: repositories }, build, definition),
        timeZone: options.timeZone,
        random: Math.random,
      }),
    onEnd: async (tx, wakes, row, result) => {
      await startUpstream(tx, wakes, enqueue, { job: row.job, number: row.number, result });
      await notifyEnd(tx, wakes, { sealer, channels, now }, row, result);
    },
    parkAfterMs: options.parkAfterMs,
    onError,
  });
  const duties: Duties = new Duties({
    store,
    self,
    duties: [
      {
        name: 'scheduler',
        begin: (held) => {
          const scheduler = new Scheduler({
            store,
            write: held.write,
            now,
            nodeGoneMs: GONE_MS,
            folderCaps: folderCapsOf(clouds),
            quietingDown: () => false,
            onError,
            onPass: (pass) => {
              parts.onPass(pass);
            },
          });
          return () => {
            scheduler.stop();
          };
        },
      },
      {
        name: 'nodes',
        begin: () => {
          const stops = [
            watchLostNodes({ store, sealer, now, onError }),
            watchMonitors({ store, thresholds: options.monitors ?? DEFAULT_THRESHOLDS, now, onError }),
          ];
          return () => {
            for (const stop of stops) stop();
          };
        },
      },
      ...(clouds.length === 0
        ? []
        : [
            {
              name: 'provisioner',
              begin: (held: HeldDuty) => {
                const url = (): string => options.url ?? address;
                const provisioner = new Provisioner({ store, write: held.write, sealer, key, clouds, url, now, nodeGoneMs: GONE_MS, onError });
                return () => {
                  provisioner.stop();
                };
              },
            },
          ]),
      {
        name: 'triggers',
        begin: (held) => {
          const { startsAtOnce } = options.installation().webhooks ?? DEFAULT_WEBHOOKS;
          const duty = new TriggerDuty({
            store,
            write: held.write,
            enqueue,
            repositories,
            credential: services.credential,
            onScmEvent: async (event, within) =>
              (await onScmEvent({ store, now }, event, within)).map((outcome) => ({ item: outcome.item, queue: null, what: toldOutcome(outcome) })),
            startsAtOnce,
            timeZone: options.timeZone,
            now,
            onError,
          });
          return () => {
            duty.stop().catch(onError);
          };
        },
      },
      {
        name: 'notifications',
        begin: (held) => {
          const { credential, rootUrl } = services;
          const tryMs = options.notifications?.tryMs;
          const sender = new NotificationSender({
            store,
            write: held.write,
            sealer,
            blobs,
            channels,
            credential,
            installation,
            rootUrl,
            now,
            onError,
            ...(tryMs === undefined ? {} : { tryMs }),
          });
          return () => {
            sending = sender.stop().catch(onError);
          };
        },
      },
      {
        name: 'credentials',
        begin: (held) => {
          const run = async (): Promise<boolean> => (await resealPortion({ store, write: held.write, sealer })) > 0;
          const repeat = new Repeat({ store, topics: [], everyMs: RESEAL_MS, run, onError });
          return () => {
            void repeat.stop();
          };
        },
      },
      {
        name: 'branches',
        begin: (held) => {
          const scanner = new BranchScanner({
            store,
            write: held.write,
            enqueue,
            open,
            owner: (item, source) => ownerFor(sources, item, source),
            now,
            deleteBlobs: (keys) => deleteUnnamed(store, blobs, keys),
            onError,
          });
          scanner.start();
          return () => {
            scanner.stop();
          };
        },
      },
      {
        name: 'statuses',
        begin: (held) => {
          const sender = new StatusSender({
            store,
            write: held.write,
            send: async ({ item, source }, commit, status) => (await forgeFor(sources, item, source)).setStatus(commit, status),
            rootUrl: services.rootUrl,
            now,
            onError,
          });
          return () => {
            sender.stop().catch(onError);
          };
        },
      },
      {
        name: 'compaction',
        begin: (held) => {
          const compaction = new Compaction({ store, blobs, write: held.write, now, afterMs: options.compactAfterMs ?? COMPACT_AFTER_MS, onError });
          compaction.start();
          return () => {
            compaction.stop();
          };
        },
      },
      {
        name: 'retention',
        begin: (held) => {
          const caches = new CacheRetention({ store, blobs, limits: cacheLimits, write: held.write, now, onError });
          const retention = new Retention({ store, blobs, now, onError });
          const sweeping = setInterval(() => {
            sweepBlobs(store, blobs, now()).catch(onError);
          }, SWEEP_MS);
          sweeping.unref();
          return () => {
            clearInterval(sweeping);
            caches.stop();
            retention.stop();
          };
        },
      },
    ],
    onError,
  });
  const output = new OwnerOutput({ store, owner, self, key });
  const desk = new AgentDesk({
    store,
    sealer,
    random: randomUUID,
    now,
    output: (work, from, to, text) => output.deliver(work, from, to, text),
    deliver: async (node, id, build, ask, tail, { exit, stdout }) => {
      const running = owner.running(build);
      if (running === null) return false;
      const row = await store.db.selectFrom('work').select(['node_id', 'result', 'cancel']).where('id', '=', id).executeTakeFirst();
      if (row?.node_id !== node.id || row.result !== null || row.cancel === 'killed') return false;
      return running.result(ask, tail, { ok: { exit, ...(stdout === undefined ? {} : { stdout }) } });
    },
    cursorOf: async (build, ask) => owner.running(build)?.durableCursor(ask) ?? output.cursorOf(build, ask),
    onError,
  });
  const checker = new ScriptChecker({ entry: options.workers.entry, memoryMb: options.workers.memoryMb });
  const transfers = new Transfers({ store, blobs, sealer, now });
  const parts: ControllerParts = {
    store,
    blobs,
    services,
    enqueue,
    clouds,
    credentialProviders,
    channels,
    sealingKeys,
    owner,
    checker,
    self,
    isDraining: () => controller?.isDraining === true,
    options,
    onPass: () => undefined,
    onCache: () => undefined,
  };
  const app = await options.http(parts);
  await app.register((agents) =>
    agentRoutes(agents, {
      desk,
      transfers,
      blobs,
      output: (work, from, to, text) => output.deliver(work, from, to, text),
      enter: (node, container) => enterContainer(clouds, node, container),
      bundle: options.agentBundle,
    }),
  );
  output.routes(app);
  address = await app.listen(options.listen);
  await membership.join();
  owner.start();
  await duties.start();
  const builtIn =
    options.builtIn === null
      ? null
      : new BuiltInAgent({
          ...options.builtIn,
          store,
          folder: join(options.data, 'agent'),
          url: address.replace('//0.0.0.0', '//127.0.0.1').replace('//[::]', '//127.0.0.1'),
          now,
          onError,
        });
  await builtIn?.start();
  controller = Controller.made(parts, membership, builtIn, [
    () => {
      duties.stop();
    },
    () => Promise.race([sending, pause(SENDING_MS)]),
    () => desk.close(),
    () => app.close(),
    () => owner.close(),
    () => checker.close(),
    () => blobs.close(),
    () => {
      for (const cloud of clouds) cloud.close?.();
      for (const provider of credentialProviders) provider.close?.();
      sealingKeys.close();
    },
  ]);
  controller.url = address;
  const made = controller;
  store.wakes.on('fleet', () => {
    made.noticeDrain().catch(onError);
  });
  return controller;
}
