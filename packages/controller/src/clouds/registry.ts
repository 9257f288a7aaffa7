/** The kinds of clouds: an explicit table from the configuration's `kind` to what makes one. Each checks its own settings. */
import type { Cloud } from './cloud.ts';
import { CloudError } from './cloud.ts';
import { kubernetes } from './kubernetes/index.ts';

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
  /** Keeps what only people need to know. */
  readonly onError: (error: unknown) => void;
}
export type CloudFactory = (settings: CloudSettings, context: CloudContext) => Cloud;
export type CloudRegistry = ReadonlyMap<string, CloudFactory>;

export const CLOUDS: CloudRegistry = new Map([['kubernetes', kubernetes]]);

/** Throws MR_CLOUD_REFUSED where a kind is unknown or a name is given twice. */
export function openClouds(registry: CloudRegistry, all: readonly CloudSettings[], context: CloudContext): Cloud[] {
  const names = new Set<string>();
  return all.map((settings) => {
    const { kind, name } = settings;
    const make = registry.get(kind);
    if (make === undefined)
      throw new CloudError('MR_CLOUD_REFUSED', `clouds: ${name}: there is no kind ‘${kind}’, only ${[...registry.keys()].sort().join(', ')}`);
    if (names.has(name)) throw new CloudError('MR_CLOUD_REFUSED', `clouds: there are two with the name ‘${name}’`);
    names.add(name);
    return make(settings, context);
  });
}
