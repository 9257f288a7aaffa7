/** What a controller is started with, and what its routes are made of. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { BlobStore } from './blobs/blob-store.ts';
import type { AskServices } from './builds/ask-context.ts';
import type { CacheOutcome } from './builds/asks/cache.ts';
import type { BuildOwner } from './builds/build-owner.ts';
import type { CacheLimits } from './builds/caches.ts';
import type { Enqueue } from './builds/enqueue.ts';
import type { ScriptChecker } from './builds/script-checker.ts';
import type { Cloud } from './clouds/cloud.ts';
import type { CloudSettings } from './clouds/registry.ts';
import type { Installation } from './config/installation.ts';
import type { CredentialProvider } from './credentials/provider.ts';
import type { ProviderSettings } from './credentials/registry.ts';
import type { SealingKeys } from './credentials/sealing-keys.ts';
import type { Thresholds } from './nodes/monitors.ts';
import type { ChannelSettings, Channels } from './notifications/channels/registry.ts';
import type { SchedulerOptions } from './queue/scheduler.ts';
import type { Store } from './store/store.ts';

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
  /** How long after what a check showed of a running build it shows it again. Default: STAGES_EVERY_MS. */
  readonly stagesEveryMs?: number;
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
