/** The kinds of clouds: an explicit table from the configuration's `kind` to what makes one. Each checks its own settings. */
import type { ImageBuilder } from '@millrace/pipeline';
import type { Cloud } from './cloud.ts';
import { CloudError } from './cloud.ts';

export interface CloudSettings {
  readonly kind: string;
  readonly name: string;
  readonly [setting: string]: unknown;
}
export interface CloudContext {
  /** Marks what is this installation's, among what others have in the same cloud. */
  readonly installation: string;
  /** Paths in the settings are relative to it. */
  readonly folder: string;
  /** What images are built with in this cloud. */
  readonly imageBuilder?: ImageBuilder | null;
  /** Names of all clouds of the configuration. Default: this one alone. */
  readonly clouds?: readonly string[];
  /** Keeps what only people need to know. */
  readonly onError: (error: unknown) => void;
}
export type CloudFactory = (settings: CloudSettings, context: CloudContext) => Cloud;
/** A kind is loaded where it is used: most installations have one, or none. */
export type CloudRegistry = ReadonlyMap<string, () => Promise<CloudFactory>>;

export const CLOUDS: CloudRegistry = new Map([['kubernetes', async () => (await import('./kubernetes/index.ts')).kubernetes]]);

/** Rejects with MR_CLOUD_REFUSED where a kind is unknown or a name is given twice. */
export async function openClouds(registry: CloudRegistry, all: readonly CloudSettings[], context: CloudContext): Promise<Cloud[]> {
  const names = new Set<string>();
  const clouds: Cloud[] = [];
  for (const settings of all) {
    const { kind, name } = settings;
    const load = registry.get(kind);
    if (load === undefined)
      throw new CloudError('MR_CLOUD_REFUSED', `clouds: ${name}: there is no kind ‘${kind}’, only ${[...registry.keys()].sort().join(', ')}`);
    if (names.has(name)) throw new CloudError('MR_CLOUD_REFUSED', `clouds: there are two with the name ‘${name}’`);
    names.add(name);
    clouds.push((await load())(settings, { clouds: all.map((c) => c.name), ...context }));
  }
  return clouds;
}
