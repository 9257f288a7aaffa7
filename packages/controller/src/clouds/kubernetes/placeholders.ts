/**
 * Placeholder pods of a cloud: as many as the configuration wants now, in the shape that it wants. They are known from the watch
 * of pods, so two controllers that tend them at once see the same; each has a fixed name, so both make the same, and no more.
 * They are no nodes: nothing counts them, and a pod of a build that a quota has no room for makes one go.
 */

import { CloudError } from '../cloud.ts';
import type { CloudContext } from '../registry.ts';
import type { KubernetesApi } from './api.ts';
import { ApiError } from './api.ts';
import type { Fields } from './arguments.ts';
import { isQuota } from './errors.ts';
import type { ObjectMeta, Pod } from './objects.ts';
import { PLACEHOLDER_LABEL, SHAPE_ANNOTATION } from './placeholder-pod.ts';
import { labelValue } from './pod-spec.ts';

/** So many are made or ended at a time: builds' own requests come between. */
const AT_ONCE = 8;
/** Where a quota is full, none is made for so long. */
const HOLD_OFF_MS = 60_000;

export interface PlaceholdersOptions {
  readonly api: KubernetesApi;
  readonly cloud: string;
  /** Names of all clouds of the configuration: what is of none of them is nobody's. */
  readonly clouds: NonNullable<CloudContext['clouds']>;
  readonly changed: () => void;
  readonly now: () => number;
}

/** How it stands with those of a cloud. */
export interface PlaceholderCounts {
  readonly wanted: number;
  readonly running: number;
  readonly pending: number;
}

export class Placeholders {
  private readonly options: PlaceholdersOptions;
  private readonly pods = new Map<string, Pod>();
  /** By namespace. */
  private readonly heldOff = new Map<string, number>();
  /** Being made or ended from here. */
  private readonly busy = new Set<string>();

  constructor(options: PlaceholdersOptions) {
    this.options = options;
  }

  static is({ metadata }: Pod): boolean {
    return metadata.labels?.[PLACEHOLDER_LABEL] !== undefined;
  }
  see(pod: Pod, how: 'seen' | 'gone'): void {
    if (how === 'gone') this.pods.delete(pod.metadata.uid);
    else this.pods.set(pod.metadata.uid, pod);
    this.options.changed();
  }
  clear(): void {
    this.pods.clear();
  }
  counts(wanted: readonly Fields[]): PlaceholderCounts {
    const own = this.own.filter((pod) => pod.metadata.deletionTimestamp === undefined);
    const running = own.filter((pod) => pod.status?.phase === 'Running').length;
    return { wanted: wanted.length, running, pending: own.length - running };
  }

  /** Makes what is missing and ends what is too much; rejects with the first error after the rest was done. */
  async tend(wanted: readonly Fields[]): Promise<void> {
    const missing = new Map(wanted.map((manifest) => [keyOf(metadataOf(manifest)), manifest]));
    const surplus: Pod[] = [];
    for (const pod of this.own) {
      const { metadata, spec, status } = pod;
      const manifest = missing.get(keyOf(metadata));
      const isGood =
        manifest !== undefined &&
        metadata.annotations?.[SHAPE_ANNOTATION] === metadataOf(manifest).annotations?.[SHAPE_ANNOTATION] &&
        (spec.priority ?? 0) < 0 &&
        status?.phase !== 'Failed' &&
        status?.phase !== 'Succeeded';
      // What is going away keeps its name until then.
      if (isGood || metadata.deletionTimestamp !== undefined) missing.delete(keyOf(metadata));
      if (!isGood && metadata.deletionTimestamp === undefined) surplus.push(pod);
    }
    const { now } = this.options;
    const makes = [...missing.values()].filter((manifest) => (this.heldOff.get(metadataOf(manifest).namespace) ?? 0) <= now());
    await inTurn([
      ...surplus.map((pod) => () => this.alone(pod.metadata, () => this.end(pod))),
      ...makes.map((manifest) => () => this.alone(metadataOf(manifest), () => this.make(manifest))),
    ]);
  }

  /** A build's pod found a quota full: one of them makes room there, and none comes back for a while. */
  async giveWay(namespace: string): Promise<void> {
    const [victim] = this.own
      .filter((pod) => pod.metadata.namespace === namespace && pod.metadata.deletionTimestamp === undefined)
      .sort((a, b) => Number(a.status?.phase === 'Running') - Number(b.status?.phase === 'Running'));
    if (victim === undefined) return;
    this.heldOff.set(namespace, this.options.now() + HOLD_OFF_MS);
    await this.alone(victim.metadata, () => this.end(victim));
  }

  /** With those of clouds that are no more. */
  private get own(): Pod[] {
    const others = new Set(this.options.clouds.map(labelValue));
    others.delete(labelValue(this.options.cloud));
    return [...this.pods.values()].filter((pod) => !others.has(pod.metadata.labels?.[PLACEHOLDER_LABEL] as string));
  }

  private async make(manifest: Fields): Promise<void> {
    const { api, cloud } = this.options;
    const { namespace } = metadataOf(manifest);
    let made: Pod;
    try {
      made = await api.json<Pod>(`/api/v1/namespaces/${namespace}/pods`, { method: 'POST', body: manifest });
    } catch (error) {
      if (!(error instanceof ApiError) || !(error.reason === 'AlreadyExists' || isQuota(error))) throw error;
      if (isQuota(error)) this.heldOff.set(namespace, this.options.now() + HOLD_OFF_MS);
      return;
    }
    const { priority = 0, priorityClassName = '' } = made.spec;
    if (priority < 0) return;
    await this.end(made);
    throw new CloudError(
      'MR_CLOUD_REFUSED',
      `${cloud}: placeholders: the PriorityClass ‘${priorityClassName}’ has the value ${priority}; it has to be below 0, so that builds' pods come first`,
    );
  }

  private async end({ metadata: { namespace, name, uid } }: Pod): Promise<void> {
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0, preconditions: { uid } };
    try {
      await this.options.api.json(`/api/v1/namespaces/${namespace}/pods/${name}`, { method: 'DELETE', body });
    } catch (error) {
      // Gone, or another one of that name by now.
      if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 409)) throw error;
    }
  }

  /** One thing at a time for a pod; who comes meanwhile leaves it to the next time. */
  private async alone(metadata: Pick<ObjectMeta, 'namespace' | 'name'>, what: () => Promise<void>): Promise<void> {
    const key = keyOf(metadata);
    if (this.busy.has(key)) return;
    this.busy.add(key);
    try {
      await what();
    } finally {
      this.busy.delete(key);
    }
  }
}

async function inTurn(all: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE)
    for (const done of await Promise.allSettled(all.slice(at, at + AT_ONCE).map((one) => one()))) if (done.status === 'rejected') errors.push(done.reason);
  if (errors.length > 0) throw errors[0];
}

function metadataOf(manifest: Fields): Pick<ObjectMeta, 'name' | 'namespace' | 'annotations'> {
  return manifest['metadata'] as unknown as ObjectMeta;
}
function keyOf({ namespace, name }: Pick<ObjectMeta, 'name' | 'namespace'>): string {
  return `${namespace}/${name}`;
}
