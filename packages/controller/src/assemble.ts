/** How the rooms of one controller are put together, and in which order they end. */
import { createHmac, randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from './blobs/open-blobs.ts';
import { branchBuild } from './branches/branch-build.ts';
import type { OpenSource } from './branches/branch-source.ts';
import { STAGES_EVERY_MS, tellStages } from './branches/checks/tell-stages.ts';
import { GitLook } from './branches/git-look.ts';
import { openSource } from './branches/open-source.ts';
import { storedAnswers } from './branches/stored-answers.ts';
import type { AskServices } from './builds/ask-context.ts';
import { askHandlers } from './builds/asks/index.ts';
import { beginningOf } from './builds/begin.ts';
import { BuildOwner } from './builds/build-owner.ts';
import { DEFAULT_CACHE_LIMITS } from './builds/caches.ts';
import { enqueuer } from './builds/enqueue.ts';
import { ScriptChecker } from './builds/script-checker.ts';
import { Sealer } from './builds/worker/sealer.ts';
import { WorkerPool } from './builds/worker-pool.ts';
import { enterContainer } from './clouds/enter-container.ts';
import { CLOUDS, openClouds } from './clouds/registry.ts';
import { hostKeysOf } from './config/installation.ts';
import type { Keys } from './config/keys.ts';
import { controllerDuties } from './controller-duties.ts';
import type { ControllerOptions, ControllerParts } from './controller-options.ts';
import { configuredCredentials } from './credentials/configured.ts';
import { findCredential } from './credentials/find-credential.ts';
import { GitHubApps } from './credentials/github-app.ts';
import { openProviders } from './credentials/registry.ts';
import { SealingKeys } from './credentials/sealing-keys.ts';
import { Duties } from './fleet/duties.ts';
import { Membership } from './fleet/membership.ts';
import { ownAddress } from './fleet/own-address.ts';
import { OwnerOutput } from './fleet/owner-output.ts';
import { AgentDesk } from './nodes/agent-desk.ts';
import { agentRoutes } from './nodes/agent-routes.ts';
import { BuiltInAgent } from './nodes/built-in.ts';
import { Transfers } from './nodes/transfers.ts';
import { notifyEnd } from './notifications/at-end.ts';
import { openChannels } from './notifications/channels/registry.ts';
import { pause } from './pause.ts';
import { Repositories } from './scm/repository.ts';
import type { Store } from './store/store.ts';
import { startUpstream } from './triggers/start-upstream.ts';
import { indexWatched } from './triggers/watched-index.ts';

/** A message that is being sent when the controller stops may end; else the next holder of the duty sends it again. */
const SENDING_MS = 5_000;

export interface Assembled {
  readonly parts: ControllerParts;
  readonly membership: Membership;
  readonly builtIn: BuiltInAgent | null;
  /** Where it listens. */
  readonly url: string;
  /** What is to be done at the end, in this order, between letting go of the builds and leaving the fleet. */
  readonly closing: readonly (() => unknown)[];
}

/** Puts the rooms together and starts them: when this has returned the controller listens. */
export async function assemble(
  options: ControllerOptions,
  store: Store,
  { key: installationKey, keys }: { readonly key: Uint8Array; readonly keys: Keys },
  { onError, isDraining }: Pick<ControllerParts, 'isDraining'> & { readonly onError: (error: unknown) => void },
): Promise<Assembled> {
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
  let address = '';
  const services: AskServices = {
    store,
    sealer,
    installation: options.installation,
    credential: findCredential({ store, sealer, providers: credentialProviders, apps: new GitHubApps(now), now }),
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
        branch: (build, definition) => branchBuild({ store, open, now, credential: services.credential, repositories }, build, definition),
        timeZone: options.timeZone,
        random: Math.random,
      }),
    onEnd: async (tx, wakes, row, result) => {
      await indexWatched(tx, store.engine.exclusive, row.item_id, row.id);
      await startUpstream(tx, wakes, enqueue, { job: row.job, number: row.number, result });
      await notifyEnd(tx, wakes, { sealer, channels, now }, row, result);
    },
    onStages: (build) => tellStages(store, build, now(), options.stagesEveryMs ?? STAGES_EVERY_MS),
    parkAfterMs: options.parkAfterMs,
    onError,
  });
  const { all, ended } = controllerDuties({
    options,
    services,
    sources,
    open,
    enqueue,
    key,
    installation,
    cacheLimits,
    channels,
    blobs,
    url: () => options.url ?? address,
    onPass: (pass) => {
      parts.onPass(pass);
    },
  });
  const duties: Duties = new Duties({ store, self, duties: all, onError });
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
    isDraining,
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
  const closing = [
    () => {
      duties.stop();
    },
    () => Promise.race([ended(), pause(SENDING_MS)]),
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
  ];
  return { parts, membership, builtIn, url: address, closing };
}
