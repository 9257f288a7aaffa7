/**
 * Pods of a Kubernetes cluster as nodes. A node is a pod of its name, and a Secret of that name which the pod owns: it goes with
 * the pod, whoever removes it. What exists is known from watches, never from polling.
 *
 * The Secret comes after its pod, since it names the pod as its owner; the kubelet needs longer to come to it. Where a
 * controller dies in between, whoever goes on asks again and makes it.
 */
import { parseDocument } from 'yaml';
import type { Caps, Cloud, CloudLine, CloudTending, Demand, LogPart, Observed, Offer, PodDemand, Provisioned, ProvisionRequest, WarmPool } from '../cloud.ts';
import { CloudError, ContainerError } from '../cloud.ts';
import type { CloudContext } from '../registry.ts';
import { sizeAt } from '../warm-sizes.ts';
import { loadAccess, namespaceOf } from './access.ts';
import { ApiError, KubernetesApi } from './api.ts';
import type { Fields } from './arguments.ts';
import { checkRights } from './check-rights.ts';
import { ECI_CACHE_ANNOTATION } from './eci-caches.ts';
import { cloudError, isBusy, isConflict, isQuota } from './errors.ts';
import { judgePod } from './failures.ts';
import { ImageCaches } from './image-caches.ts';
import type { ContainerStatus, Pod } from './objects.ts';
import { placeholderPod } from './placeholder-pod.ts';
import { Placeholders } from './placeholders.ts';
import type { Place } from './places.ts';
import { atPlace } from './places.ts';
import { PodCache } from './pod-cache.ts';
import type { PodDefaults, PodIdentity } from './pod-spec.ts';
import { INSTALLATION_LABEL, KEPT_LABEL, labelValue, NODE_LABEL, podManifest, podSettings, RETENTION_ANNOTATION, SECRET_KEY } from './pod-spec.ts';
import type { PodTemplate } from './pod-template.ts';
import { resolvePipelineTemplate, resolveTemplate } from './pod-template.ts';
import { PodWatches } from './pod-watches.ts';
import type { KubernetesSettings } from './settings.ts';

/** How long a request that the server turns away for the moment is repeated. */
const PATIENCE_MS = 45_000;
const LOG_LINES = 30;
const MOST_PLANNED = 2_000;

export class KubernetesCloud implements Cloud {
  readonly kind = 'kubernetes';
  readonly name: string;
  readonly cap: number | null;
  readonly caps: Caps;
  private readonly settings: KubernetesSettings;
  private readonly installation: string;
  private readonly api: KubernetesApi;
  private readonly cache: PodCache;
  private readonly placeholders: Placeholders;
  private readonly imageCaches: ImageCaches;
  private readonly watches: PodWatches;
  private readonly listeners = new Set<() => void>();
  /** Refs that are being ended from here. */
  private readonly ending = new Set<string>();
  /** Templates of pipelines as they are asked for again and again. */
  private readonly planned = new Map<string, PodTemplate>();
  private readonly offers: readonly Offer[];
  /** The API server did not answer the last time. */
  private doubted = false;
  private namespace: string | null;

  constructor(settings: KubernetesSettings, { installation, clouds, onError }: CloudContext) {
    this.settings = settings;
    this.installation = installation;
    this.name = settings.name;
    this.cap = settings.cap ?? null;
    this.caps = { namespaces: new Map(Object.entries(settings.caps.namespaces)), folders: new Map(Object.entries(settings.caps.folders)) };
    this.namespace = settings.namespace ?? null;
    this.api = new KubernetesApi(async () => {
      const config = await loadAccess(settings);
      this.namespace = namespaceOf(settings, config);
      return config;
    });
    const changed = (): void => {
      for (const listener of this.listeners) listener();
    };
    this.placeholders = new Placeholders({ api: this.api, cloud: this.name, clouds: clouds ?? [this.name], now: Date.now, changed });
    this.imageCaches = new ImageCaches({
      api: this.api,
      cloud: this.name,
      clouds: clouds ?? [this.name],
      installation,
      agentImage: settings.agentImage,
      settings: settings.imageCaches,
    });
    this.cache = new PodCache({
      cloud: labelValue(settings.name),
      now: Date.now,
      changed,
      logsOf: (pod) => this.lastLines(pod),
      isEnding: ({ metadata }) => this.ending.has(`${metadata.namespace}/${metadata.name}`),
    });
    this.watches = new PodWatches({
      api: this.api,
      cache: this.cache,
      placeholders: this.placeholders,
      selector: `${INSTALLATION_LABEL}=${installation}`,
      namespaces: () => this.namespaces(),
      isWanted: () => this.listeners.size > 0,
      onError,
    });
    this.offers = [...settings.templates.values()]
      .filter((t) => t.label !== null)
      .flatMap((t) => this.offersOf(t.name as string, resolveTemplate(t, settings.templates), settings.placesOf.get(t.name as string) ?? settings.places));
  }

  plan({ pod }: Demand): readonly Offer[] {
    if (pod === null) return this.offers;
    const { places, standsInFor } = this.settings;
    if (pod.cloud !== null && pod.cloud !== this.name && !standsInFor.includes(pod.cloud)) return [];
    try {
      const labels = pod.label.split(/\s+/);
      return this.offersOf(pod.label, this.templateOf(pod), places).map((offer) => ({ ...offer, labels, namePrefix: pod.label }));
    } catch {
      // `checkPod` has said so; another version of the server may read it otherwise.
      return [];
    }
  }

  warm(at: number): readonly WarmPool[] {
    return this.settings.warm.flatMap((pool) => {
      const offer = this.offers.find((o) => o.template === pool.template && (pool.place === undefined || o.place === pool.place));
      return offer === undefined ? [] : [{ offer, size: sizeAt(pool, at) }];
    });
  }

  async tend(at: number, tending: CloudTending): Promise<void> {
    try {
      const namespace = await this.ownNamespace();
      const wanted = this.placeholdersAt(at, namespace);
      await this.upToDate();
      // Neither keeps the other from being done.
      const [held, cached] = await Promise.allSettled([this.placeholders.tend(wanted), this.imageCaches.tend(at, namespace, tending)]);
      tending.show({ placeholders: this.placeholders.counts(wanted), imageCaches: [...this.imageCaches.states] });
      for (const done of [held, cached]) if (done.status === 'rejected') throw done.reason;
    } catch (error) {
      throw this.told(error);
    }
  }

  checkPod(pod: PodDemand): void {
    try {
      const template = this.templateOf(pod);
      this.manifestOf(template, { name: 'check', url: 'http://localhost', template: pod.label, job: null, pod }, this.namespace ?? 'default');
    } catch (error) {
      throw this.told(error);
    }
  }

  async provision({ name, secret, url, template: wanted, place, job, pod }: ProvisionRequest): Promise<Provisioned> {
    try {
      const template = this.wanted(wanted, pod);
      const identity = { name, url: this.settings.url ?? url, template: wanted, job, pod };
      const { manifest: everywhere, showRawYaml } = this.manifestOf(template, identity, await this.ownNamespace());
      const manifest = place === null ? everywhere : atPlace(everywhere, this.placeOf(place));
      const { namespace } = manifest['metadata'] as unknown as { namespace: string };
      await this.allowNamespace(namespace);
      const made = await this.createPod(namespace, name, manifest).catch(async (error: unknown) => {
        await this.makeRoom(namespace, error);
        throw error;
      });
      await this.createSecret(made, secret);
      const ref = `${namespace}/${name}`;
      const lines: CloudLine[] = [{ key: `created ${ref}`, text: `Created Pod: ${this.name} ${ref}` }];
      if (showRawYaml) lines.push({ key: `yaml ${ref}`, text: `Agent ${name} is provisioned from template ${wanted}\n---\n${yamlOf(manifest)}` });
      return { ref, lines, images: imagesOf(manifest) };
    } catch (error) {
      throw this.told(error);
    }
  }

  async observe(): Promise<readonly Observed[]> {
    try {
      await this.upToDate();
    } catch (error) {
      throw this.told(error);
    }
    return this.cache.observed();
  }

  async terminate(ref: string): Promise<void> {
    const { namespace, pod } = parseRef(ref);
    this.ending.add(ref);
    try {
      // Not of the cache: it lets go of what is kept, and may not have a pod yet.
      if (await this.stays(await this.api.json<Pod>(podPath(namespace, pod)))) return;
      await this.api.json(podPath(namespace, pod), { method: 'DELETE', body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' } });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      throw this.told(error);
    } finally {
      setTimeout(() => this.ending.delete(ref), PATIENCE_MS).unref();
    }
  }

  async check(): Promise<void> {
    try {
      const kinds = this.settings.imageCaches.map((c) => c.kind);
      await checkRights(this.api, await this.namespaces(), kinds.length === 0 ? null : { namespace: await this.ownNamespace(), kinds });
    } catch (error) {
      throw this.told(error);
    }
  }

  watch(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => {
      this.listeners.delete(changed);
      this.watches.release();
    };
  }

  enter(ref: string, container: string): Promise<void> {
    return this.inContainer(ref, async (pod) => {
      const found = pod.spec.containers.find((c) => c.name === container);
      if (found === undefined) throw unknownContainer(ref, container, pod.spec.containers);
      const { state, outcome, why } = judgePod(pod, [], Date.now());
      // Its node is given up by whoever has the duty, with all that is known of it; until then whoever asks is to wait.
      if (state === 'failed' && outcome !== 'refused') throw new CloudError('MR_CLOUD_AWAY', `the node ${pod.metadata.name} is about to be given up: ${why}`);
      await this.enterRunning(pod, container, found.workingDir ?? '/');
    });
  }

  containerLog(ref: string, container: string, { limitBytes, sinceSeconds, tailLines }: LogPart): Promise<string> {
    return this.inContainer(ref, async ({ metadata: { namespace, name }, spec, status }) => {
      const all = [...(spec.initContainers ?? []), ...spec.containers];
      if (!all.some((c) => c.name === container)) throw unknownContainer(ref, container, all);
      const state = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].find((c) => c.name === container)?.state;
      // One that is about to start again has written before.
      const hasWritten = state?.running ?? state?.terminated ?? state?.waiting?.reason === 'CrashLoopBackOff';
      if (hasWritten === false) throw notYet(container, state?.waiting?.reason);
      return this.api.text(`${podPath(namespace, name)}/log`, { query: { container, limitBytes, sinceSeconds, tailLines }, timeoutMs: 15_000 });
    });
  }

  /** Lets go of connections; it may be used again. */
  close(): void {
    this.watches.stop();
    this.api.close();
  }

  /** For metrics: pods by phase; null: not looked at from here. */
  get phases(): ReadonlyMap<string, number> | null {
    return this.watches.isLive ? this.cache.phases : null;
  }

  /** Until what the watches have seen is what there is. */
  private async upToDate(): Promise<void> {
    // A watch that nobody feeds any more may not have noticed it yet.
    if (this.doubted) await this.api.json('/version', { timeoutMs: 5_000 });
    this.doubted = false;
    await this.watches.ready();
  }

  private told(error: unknown): CloudError {
    if (error instanceof ApiError && error.status === 0) this.doubted = true;
    return cloudError(this.name, error);
  }

  /** The pod is asked for: the cache of this controller may be late, or not there at all. */
  private async inContainer<T>(ref: string, act: (pod: Pod) => Promise<T>): Promise<T> {
    const { namespace, pod } = parseRef(ref);
    try {
      return await act(await this.api.json<Pod>(podPath(namespace, pod)));
    } catch (error) {
      if (error instanceof ContainerError) throw error;
      if (error instanceof ApiError && error.status === 404)
        throw new CloudError('MR_CLOUD_AWAY', `the node ${pod} is about to be given up: the pod ${ref} is gone`);
      throw this.told(error);
    }
  }

  private async enterRunning({ metadata: { namespace, name }, status }: Pod, container: string, workingDir: string): Promise<void> {
    const state = status?.containerStatuses?.find((c) => c.name === container)?.state;
    if (state?.terminated !== undefined) {
      const { reason = 'Error', exitCode } = state.terminated;
      throw new ContainerError('MR_CONTAINER_ENDED', `container ‘${container}’ was terminated (${reason}, exit code ${exitCode})`);
    }
    if (state?.running === undefined) throw notYet(container, state?.waiting?.reason);
    const bin = `${workingDir.replace(/\/$/, '')}/.millrace/bin`;
    const { ok, message, output } = await this.api.exec({ namespace, pod: name, container }, [`${bin}/busybox`, 'sh', `${bin}/runner`, 'enter', container]);
    if (!ok) throw new CloudError('MR_CLOUD_AWAY', `container ‘${container}’ cannot be entered: ${output.trim() === '' ? message : output.trim()}`);
  }

  private offersOf(template: string, resolved: PodTemplate, places: readonly Place[]): Offer[] {
    const { namespace, labels, idleMinutes, instanceCap, connectSeconds, mode, retries } = podSettings(resolved, this.defaults(this.namespace ?? 'default'));
    const offer: Offer = {
      template,
      labels,
      executors: 1,
      mode,
      idleMinutes,
      cap: instanceCap,
      connectSeconds,
      namespace,
      ...(retries > 1 ? { retries } : {}),
    };
    const { moveOn } = this.settings;
    if (places.length > 0) return places.map((place) => ({ ...offer, place: place.name, moveOn: place.moveOn }));
    return [moveOn === undefined ? offer : { ...offer, moveOn }];
  }

  private placeOf(name: string): Place {
    const found = this.settings.places.find((place) => place.name === name);
    if (found === undefined) throw new CloudError('MR_CLOUD_REFUSED', `${this.name} has no place ‘${name}’`);
    return found;
  }

  private wanted(name: string, pod: PodDemand | null): PodTemplate {
    if (pod !== null) return this.templateOf(pod);
    const found = this.settings.templates.get(name);
    if (found === undefined) throw new CloudError('MR_CLOUD_REFUSED', `${this.name} has no template ‘${name}’`);
    return resolveTemplate(found, this.settings.templates);
  }

  private templateOf({ key, data }: PodDemand): PodTemplate {
    const known = this.planned.get(key);
    if (known !== undefined) return known;
    const made = resolvePipelineTemplate(data, this.settings.templates, this.settings.defaultTemplate ?? null);
    if (this.planned.size >= MOST_PLANNED) this.planned.delete(this.planned.keys().next().value as string);
    this.planned.set(key, made);
    return made;
  }

  private manifestOf(
    template: PodTemplate,
    { pod, ...identity }: Omit<PodIdentity, 'build'> & { readonly pod: PodDemand | null },
    namespace: string,
  ): { readonly manifest: Fields; readonly showRawYaml: boolean } {
    const own = pod === null ? template : { ...template, label: pod.label };
    const defaults = this.defaults(namespace);
    const manifest = podManifest(own, defaults, { ...identity, build: pod?.build ?? null });
    return {
      manifest: this.settings.imageCaches.some((c) => c.kind === 'eci') ? withAnnotation(manifest, ECI_CACHE_ANNOTATION, 'true') : manifest,
      showRawYaml: pod !== null && podSettings(own, defaults).showRawYaml,
    };
  }

  private defaults(namespace: string): PodDefaults {
    const { agentImage, podLabels, podRetention, requests, restrictedPssSecurityContext: restricted, retries } = this.settings;
    return {
      cloud: this.name,
      installation: this.installation,
      namespace,
      agentImage,
      labels: podLabels,
      requests: { agent: requests.agent ?? { cpu: '100m', memory: '256Mi' }, other: requests.containers ?? { cpu: '100m', memory: '128Mi' } },
      retention: podRetention,
      retries,
      restricted,
    };
  }

  /** Room held by placeholders is never what a build waits for. */
  private async makeRoom(namespace: string, refused: unknown): Promise<void> {
    if (!(refused instanceof ApiError) || !isQuota(refused)) return;
    await this.placeholders.giveWay(namespace);
  }

  private placeholdersAt(at: number, ownNamespace: string): Fields[] {
    const { placeholders, templates, placesOf, places, agentImage } = this.settings;
    return placeholders.flatMap(({ template, place, priorityClass, ...sizes }) => {
      const of = placesOf.get(template) ?? places;
      const where = place === undefined ? of[0] : this.placeOf(place);
      const resolved = resolveTemplate(templates.get(template) as PodTemplate, templates);
      const identity = { name: 'placeholder', url: 'http://localhost', template, job: null, pod: null };
      const { manifest } = this.manifestOf(resolved, identity, ownNamespace);
      const context = { cloud: this.name, installation: this.installation, template, place: where?.name ?? null, agentImage, priorityClass };
      const pod = where === undefined ? manifest : atPlace(manifest, where);
      return Array.from({ length: sizeAt(sizes, at) }, (_, number) => placeholderPod(pod, number, context));
    });
  }

  private async createPod(namespace: string, name: string, manifest: Fields): Promise<Pod> {
    try {
      return await this.patiently(() => this.api.json<Pod>(`/api/v1/namespaces/${namespace}/pods`, { method: 'POST', body: manifest }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
      const found = await this.api.json<Pod>(podPath(namespace, name));
      if (found.metadata.labels?.[INSTALLATION_LABEL] !== this.installation || found.metadata.labels[NODE_LABEL] !== name)
        throw new CloudError('MR_CLOUD_REFUSED', `${this.name}: there is a pod ${namespace}/${name} of somebody else`);
      return found;
    }
  }

  private async createSecret({ metadata: { namespace, name, uid } }: Pod, secret: string): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name,
        namespace,
        labels: { [INSTALLATION_LABEL]: this.installation, [NODE_LABEL]: name },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }],
      },
      type: 'Opaque',
      stringData: { [SECRET_KEY]: secret },
    };
    try {
      await this.patiently(() => this.api.json(`/api/v1/namespaces/${namespace}/secrets`, { method: 'POST', body }));
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'AlreadyExists') return;
      const said = error instanceof ApiError ? cloudError(this.name, error) : null;
      // Nothing is made where it is refused.
      if (said !== null && said.code !== 'MR_CLOUD_AWAY') await this.terminate(`${namespace}/${name}`);
      throw error;
    }
  }

  /** As often as the API server asks for patience. */
  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (let wait = 50; ; wait = Math.min(wait * 2, 5_000))
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof ApiError) || !(isBusy(error) || isConflict(error))) throw error;
        const ms = Math.max(error.retryAfterMs ?? 0, wait * (0.5 + Math.random() / 2));
        if (Date.now() + ms > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
  }

  /** Whether it is kept, now or since before: it is nobody's node any more then, and people find it by its label. */
  private async stays({ metadata, status }: Pod): Promise<boolean> {
    if (metadata.labels?.[KEPT_LABEL] !== undefined) return true;
    const retention = metadata.annotations?.[RETENTION_ANNOTATION] ?? this.settings.podRetention;
    const hasFailed = status?.phase === 'Failed' || status?.containerStatuses?.some((c) => (c.state?.terminated?.exitCode ?? 0) !== 0) === true;
    if (retention === 'never' || (retention === 'onFailure' && !hasFailed) || (retention === 'evicted' && status?.reason !== 'Evicted')) return false;
    const labels = { [INSTALLATION_LABEL]: null, [KEPT_LABEL]: retention };
    await this.api.json(podPath(metadata.namespace, metadata.name), { method: 'PATCH', body: { metadata: { labels } } });
    return true;
  }

  private async lastLines({ metadata, spec, status }: Pod): Promise<string> {
    // An evicted pod has no containers any more, and yet their logs for a while.
    const all: readonly ContainerStatus[] = status?.containerStatuses ?? (status?.phase === 'Failed' && spec.nodeName !== undefined ? spec.containers : []);
    const parts = all.map(async ({ name, state }) => {
      const how = howOf(state, status?.phase);
      const log =
        how === 'waiting'
          ? ''
          : await this.api
              .text(`${podPath(metadata.namespace, metadata.name)}/log`, { query: { container: name, tailLines: LOG_LINES }, timeoutMs: 2_000 })
              .catch(() => '');
      return `- ${name} -- ${how}${log === '' ? '' : `\n-----Logs-------------\n${log.trimEnd()}`}`;
    });
    return (await Promise.all(parts)).join('\n');
  }

  private async ownNamespace(): Promise<string> {
    if (this.namespace === null) await this.api.connect();
    return this.namespace ?? 'default';
  }

  /** Null: all of the cluster. */
  private async namespaces(): Promise<readonly string[] | null> {
    const { namespaces } = this.settings;
    return namespaces.includes('*') ? null : [...new Set([await this.ownNamespace(), ...namespaces])];
  }

  private async allowNamespace(namespace: string): Promise<void> {
    const allowed = await this.namespaces();
    if (allowed !== null && !allowed.includes(namespace))
      throw new CloudError('MR_CLOUD_REFUSED', `${this.name} does not use the namespace ‘${namespace}’: an administrator can add it to the cloud's namespaces`);
  }
}

function howOf(state: ContainerStatus['state'], phase: string | undefined): string {
  if (state?.terminated !== undefined) return `terminated (${state.terminated.exitCode})`;
  if (state?.running !== undefined) return 'running';
  return phase === 'Failed' ? 'ended' : 'waiting';
}

function unknownContainer(ref: string, container: string, all: readonly { readonly name: string }[]): ContainerError {
  const names = all.map((c) => c.name).join(', ');
  return new ContainerError('MR_CONTAINER_UNKNOWN', `container ‘${container}’ does not exist in the pod ${ref}; it has ${names}`);
}

function notYet(container: string, reason = 'it waits'): CloudError {
  return new CloudError('MR_CLOUD_AWAY', `container ‘${container}’ does not run yet: ${reason}`);
}

/** Where it says nothing of it itself. */
function withAnnotation(manifest: Fields, name: string, value: string): Fields {
  const metadata = manifest['metadata'] as Fields;
  return { ...manifest, metadata: { ...metadata, annotations: { [name]: value, ...(metadata['annotations'] as Fields) } } };
}

/** That a node may have to pull. */
function imagesOf(manifest: Fields): string[] {
  const { initContainers = [], containers } = manifest['spec'] as unknown as PodImages;
  return [...initContainers, ...containers].filter((c) => c.imagePullPolicy !== 'Never').map((c) => c.image);
}
interface PodImages {
  readonly initContainers?: readonly { readonly image: string; readonly imagePullPolicy?: string }[];
  readonly containers: readonly { readonly image: string; readonly imagePullPolicy?: string }[];
}

function podPath(namespace: string, name: string): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

function parseRef(ref: string): { readonly namespace: string; readonly pod: string } {
  const [namespace = '', pod = ''] = ref.split('/');
  return { namespace, pod };
}

function yamlOf(manifest: Fields): string {
  const document = parseDocument('');
  document.contents = document.createNode(manifest) as never;
  return document.toString({ defaultKeyType: 'PLAIN', defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }).trimEnd();
}
