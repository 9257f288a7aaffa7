/**
 * What a controller was started with, for administrators to look at: the configuration file and the command line, as far as they
 * are no secret. Values of variables, tokens, keys, passwords and user parts of addresses are never among it.
 */
import type { serverShapes } from '@millrace/protocol';
import type { z } from 'zod';
import { DEFAULT_CACHE_LIMITS } from '../builds/caches.ts';
import type { ControllerOptions } from '../controller-options.ts';
import { DEFAULT_THRESHOLDS } from '../nodes/monitors.ts';

export type ServerSettings = z.infer<typeof serverShapes.settings>;

export interface SettingsOf {
  readonly options: Pick<
    ControllerOptions,
    | 'advertise'
    | 'blobs'
    | 'builtIn'
    | 'cacheLimits'
    | 'databaseUrl'
    | 'installation'
    | 'labels'
    | 'listen'
    | 'monitors'
    | 'name'
    | 'parkAfterMs'
    | 'timeZone'
    | 'url'
    | 'version'
    | 'workers'
  >;
  readonly clouds: readonly { readonly name: string; readonly kind: string; readonly cap: number | null }[];
  readonly rootUrl: string;
  /** Whether several controllers may share the database. */
  readonly shared: boolean;
  readonly tls: boolean;
  readonly anonymous: 'none' | 'viewer';
}

export function showSettings({ options, clouds, rootUrl, shared, tls, anonymous }: SettingsOf): ServerSettings {
  const { tools, libraries, imageBuilder = null, env, quietPeriodSeconds } = options.installation();
  const cache = options.cacheLimits ?? DEFAULT_CACHE_LIMITS;
  return {
    controller: {
      name: options.name,
      labels: [...options.labels],
      version: options.version,
      node: process.version,
      listen: `${options.listen.host}:${options.listen.port}`,
      url: withoutUser(rootUrl),
      advertise: options.advertise == null ? null : withoutUser(options.advertise),
      timeZone: options.timeZone,
      tls,
      anonymous,
    },
    storage: {
      database: shared ? 'postgres' : 'sqlite',
      databaseAt: options.databaseUrl === null ? null : placeOf(options.databaseUrl),
      ...blobsOf(options.blobs, shared),
    },
    builds: {
      quietPeriodSeconds,
      workers: options.workers.size,
      workerMemoryMb: options.workers.memoryMb,
      parkAfterMs: options.parkAfterMs,
      builtInExecutors: options.builtIn?.executors ?? 0,
      variables: Object.keys(env).sort(),
    },
    caches: { jobBytes: cache.jobBytes, totalBytes: cache.totalBytes, unusedMs: cache.unusedMs },
    monitors: { ...(options.monitors ?? DEFAULT_THRESHOLDS) },
    clouds: clouds.map(({ name, kind, cap }) => ({ name, kind, cap })),
    tools: tools.map(({ name, type, home, env }) => ({ name, type, home, variables: Object.keys(env).sort() })),
    libraries: libraries.map(({ name, path, git, version, implicit }) => ({
      name,
      from: git === null ? ('folder' as const) : ('git' as const),
      at: git === null ? (path ?? '') : withoutUser(git),
      version,
      implicit,
    })),
    imageBuilder: imageBuilder === null ? null : { kind: imageBuilder.kind, image: imageBuilder.image },
  };
}

function blobsOf(choice: string | null, shared: boolean): Pick<ServerSettings['storage'], 'blobs' | 'blobsAt'> {
  const wanted = choice ?? (shared ? 'database' : 'folder');
  if (wanted.startsWith('s3:')) return { blobs: 's3', blobsAt: wanted.split('?')[0] as string };
  if (wanted.startsWith('folder:')) return { blobs: 'folder', blobsAt: wanted.slice('folder:'.length) };
  return { blobs: wanted === 'database' ? 'database' : 'folder', blobsAt: null };
}

/** Host and name of a database; what cannot be read is not shown. */
function placeOf(url: string): string | null {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return null;
  }
}

/** `https://user:secret@host/x?token=…` → `https://host/x`. An address of ssh's own form keeps its user, which is no secret. */
function withoutUser(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/[?#].*$/, '');
}
