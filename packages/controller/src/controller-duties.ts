/** What one controller of a fleet does for all, as duties: whoever holds one does it with what its own controller is made of. */
import type { BlobStore } from './blobs/blob-store.ts';
import { deleteUnnamed } from './blobs/loose-blobs.ts';
import { sweepBlobs } from './blobs/open-blobs.ts';
import { BranchScanner } from './branches/branch-scanner.ts';
import type { OpenSource } from './branches/branch-source.ts';
import { checkOutput } from './branches/checks/check-output.ts';
import { CheckSender } from './branches/checks/check-sender.ts';
import { STAGES_EVERY_MS } from './branches/checks/tell-stages.ts';
import { CommentSender } from './branches/comment-sender.ts';
import { onScmEvent, toldOutcome } from './branches/on-scm-event.ts';
import type { SourceServices } from './branches/open-source.ts';
import { checksFor, forgeFor, ownerFor } from './branches/open-source.ts';
import { StatusSender } from './branches/status-sender.ts';
import type { AskServices } from './builds/ask-context.ts';
import { CacheRetention } from './builds/cache-retention.ts';
import type { CacheLimits } from './builds/caches.ts';
import type { Enqueue } from './builds/enqueue.ts';
import { Retention } from './builds/retention.ts';
import { folderCapsOf } from './clouds/caps.ts';
import { Provisioner } from './clouds/provisioner.ts';
import { DEFAULT_WEBHOOKS } from './config/installation.ts';
import type { ControllerOptions } from './controller-options.ts';
import { resealPortion } from './credentials/reseal.ts';
import type { Duty, HeldDuty } from './fleet/duties.ts';
import { Repeat } from './fleet/repeat.ts';
import { Compaction } from './logs/compaction.ts';
import { GONE_MS } from './nodes/agent-desk.ts';
import { watchLostNodes } from './nodes/lose-node.ts';
import { DEFAULT_THRESHOLDS, watchMonitors } from './nodes/monitors.ts';
import type { Channels } from './notifications/channels/registry.ts';
import { NotificationSender } from './notifications/sender.ts';
import type { SchedulerOptions } from './queue/scheduler.ts';
import { Scheduler } from './queue/scheduler.ts';
import { TriggerDuty } from './triggers/trigger-duty.ts';

/** How often left-over uploads are looked for. */
const SWEEP_MS = 3_600_000;
/** How often what an older key has sealed is looked for. */
const RESEAL_MS = 60_000;
/** Who follows a build has read its end from its rows by then. */
const COMPACT_AFTER_MS = 10_000;

export interface DutyParts {
  readonly options: ControllerOptions;
  readonly services: AskServices;
  readonly sources: SourceServices;
  readonly open: OpenSource;
  readonly enqueue: Enqueue;
  /** What controllers know each other and their nodes by. */
  readonly key: Uint8Array;
  /** Names the installation among others that use the same services. */
  readonly installation: string;
  readonly cacheLimits: CacheLimits;
  readonly channels: Channels;
  readonly blobs: BlobStore;
  /** The address that nodes of clouds ask. */
  readonly url: () => string;
  readonly onPass: NonNullable<SchedulerOptions['onPass']>;
}

/** `ended`: resolves when what ended duties had under way is over. */
export function controllerDuties(made: DutyParts): { readonly all: readonly Duty[]; readonly ended: () => Promise<unknown> } {
  const { options, services, sources, open, enqueue, key, installation, cacheLimits, channels, blobs, url, onPass } = made;
  const { store, sealer, clouds, now, onError } = services;
  const under = new Set<Promise<void>>();
  const ending = (stop: Promise<void>): void => {
    const stopping: Promise<void> = stop.catch(onError).finally(() => under.delete(stopping));
    under.add(stopping);
  };
  const all: Duty[] = [
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
          onPass,
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
          repositories: services.repositories,
          credential: services.credential,
          onScmEvent: async (event, within) =>
            (await onScmEvent({ store, now }, event, within)).map((outcome) => ({ item: outcome.item, queue: null, what: toldOutcome(outcome) })),
          startsAtOnce,
          timeZone: options.timeZone,
          now,
          onError,
        });
        return () => {
          ending(duty.stop());
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
          ending(sender.stop());
        };
      },
    },
    {
      name: 'credentials',
      begin: (held) => {
        const run = async (): Promise<boolean> => (await resealPortion({ store, write: held.write, sealer })) > 0;
        const repeat = new Repeat({ store, topics: [], everyMs: RESEAL_MS, run, onError });
        return () => {
          ending(repeat.stop());
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
        const comments = new CommentSender({
          store,
          write: held.write,
          requests: async ({ item, source }) => (await forgeFor(sources, item, source)).mergeRequests,
          now,
          onError,
        });
        return () => {
          ending(sender.stop());
          ending(comments.stop());
        };
      },
    },
    {
      name: 'checks',
      begin: (held) => {
        const sender = new CheckSender({
          store,
          write: held.write,
          checks: ({ item, source }) => checksFor(sources, item, source),
          outputOf: (build, logs) => checkOutput({ store, blobs }, build, logs, services.rootUrl()),
          rootUrl: services.rootUrl,
          stagesEveryMs: options.stagesEveryMs ?? STAGES_EVERY_MS,
          now,
          onError,
        });
        return () => {
          ending(sender.stop());
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
  ];
  return { all, ended: () => Promise.all(under) };
}
