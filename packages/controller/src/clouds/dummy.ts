/**
 * A cloud to be scripted: for tests, and to look at how the server treats one. What exists lives in this object, as a real
 * cloud's things live outside of the controller; it outlives the controllers that use it.
 */
import type { Cloud, Demand, LogPart, Observed, ObservedState, Offer, ProvisionRequest, WarmPool } from './cloud.ts';
import { CloudError, ContainerError } from './cloud.ts';

/** What happens to one `provision`: it fails before, is never answered, or is made and its answer lost. */
export type ProvisionScript = { readonly error: CloudError } | { readonly hang: 'before' | 'after' } | { readonly lost: CloudError };

export interface DummyCloudOptions {
  readonly name?: string;
  readonly offers: readonly Offer[];
  /** Which of the offers serve a demand; the caller passes over those whose labels do not match. */
  readonly cap?: number | null;
  /** How many of an offer it keeps ready. */
  readonly warm?: readonly WarmPool[];
  /** How many it has room for: beyond it MR_CLOUD_CAPACITY. */
  readonly room?: number;
  /** Starts the agent; answers how to end it. It tells by `ended` that it ended by itself. */
  readonly launch?: (request: ProvisionRequest, ended: (why: string) => void) => () => void;
  /** Starts a runner in a container of a machine, or throws what `enter` rejects with. */
  readonly enter?: (request: ProvisionRequest, container: string) => void;
  /** What a container has written, or throws what `containerLog` rejects with. */
  readonly log?: (request: ProvisionRequest, container: string) => string;
}

interface Machine {
  readonly request: ProvisionRequest;
  readonly ref: string;
  state: ObservedState;
  why: string | null;
  readonly end: () => void;
}

export class DummyCloud implements Cloud {
  readonly kind = 'dummy';
  readonly name: string;
  readonly cap: number | null;
  /** Told in order, one for each `provision`; without one it succeeds. */
  readonly scripts: ProvisionScript[] = [];
  /** Everything that was asked, in order. */
  readonly calls: string[] = [];
  /** While set, every call fails with it. */
  away: CloudError | null = null;
  /** `observe` answers what was there when it last was refreshed. */
  lagging = false;
  private readonly options: DummyCloudOptions;
  private readonly machines = new Map<string, Machine>();
  private readonly listeners = new Set<() => void>();
  private snapshot: readonly Observed[] = [];
  private next = 0;

  constructor(options: DummyCloudOptions) {
    this.options = options;
    this.name = options.name ?? 'dummy';
    this.cap = options.cap ?? null;
  }

  plan(_demand: Demand): readonly Offer[] {
    return this.options.offers;
  }

  warm(): readonly WarmPool[] {
    return this.options.warm ?? [];
  }

  async provision(request: ProvisionRequest): Promise<{ ref: string }> {
    this.calls.push(`provision ${request.name}`);
    this.refuseWhenAway();
    const script = this.scripts.shift();
    if (script !== undefined && 'error' in script) throw script.error;
    if (script !== undefined && 'hang' in script && script.hang === 'before') return never();
    const { ref } = [...this.machines.values()].find((m) => m.request.name === request.name) ?? this.make(request);
    if (script !== undefined && 'hang' in script) return never();
    if (script !== undefined) throw script.lost;
    return { ref };
  }

  async observe(): Promise<readonly Observed[]> {
    this.refuseWhenAway();
    if (!this.lagging) this.snapshot = [...this.machines.values()].map(({ request, ref, state, why }) => ({ name: request.name, ref, state, why }));
    return this.snapshot;
  }

  async terminate(ref: string): Promise<void> {
    this.calls.push(`terminate ${ref}`);
    this.refuseWhenAway();
    const machine = this.machines.get(ref);
    if (machine === undefined) return;
    this.machines.delete(ref);
    machine.end();
    this.changed();
  }

  async check(): Promise<void> {
    this.refuseWhenAway();
  }

  watch(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => {
      this.listeners.delete(changed);
    };
  }

  async enter(ref: string, container: string): Promise<void> {
    this.calls.push(`enter ${ref} ${container}`);
    this.refuseWhenAway();
    const machine = this.machines.get(ref);
    if (machine === undefined) throw new ContainerError('MR_CONTAINER_ENDED', `${ref} is gone`);
    if (this.options.enter === undefined) throw new ContainerError('MR_CONTAINER_UNKNOWN', `${ref} has no container ‘${container}’`);
    this.options.enter(machine.request, container);
  }

  async containerLog(ref: string, container: string, { limitBytes, tailLines, sinceSeconds }: LogPart): Promise<string> {
    this.calls.push(`log ${ref} ${container} ${limitBytes} ${sinceSeconds} ${tailLines}`);
    this.refuseWhenAway();
    const machine = this.machines.get(ref);
    if (machine === undefined) throw new ContainerError('MR_CONTAINER_ENDED', `${ref} is gone`);
    if (this.options.log === undefined) throw new ContainerError('MR_CONTAINER_UNKNOWN', `${ref} has no container ‘${container}’`);
    const lines = this.options.log(machine.request, container).split(/(?<=\n)/);
    const some = tailLines === null ? lines : lines.slice(-tailLines);
    return Buffer.from(some.join('')).subarray(0, limitBytes).toString('utf8');
  }

  /** Names of what exists. */
  get names(): string[] {
    return [...this.machines.values()].map((m) => m.request.name);
  }
  /** How it stands with a machine now. */
  set(name: string, state: ObservedState, why: string | null = null): void {
    for (const m of this.machines.values()) if (m.request.name === name) Object.assign(m, { state, why });
    this.changed();
  }
  /** It is gone without a trace, as a machine that lost its power. */
  lose(name: string): void {
    for (const [ref, m] of this.machines)
      if (m.request.name === name) {
        this.machines.delete(ref);
        m.end();
      }
    this.changed();
  }
  /** What nobody remembers. */
  addOrphan(name: string): string {
    return this.make(
      { name, secret: 'x', url: 'http://127.0.0.1:1', template: this.options.offers[0]?.template ?? '', place: null, requestId: null, job: null, pod: null },
      false,
    ).ref;
  }

  private make(request: ProvisionRequest, launch = true): Machine {
    if (this.machines.size >= (this.options.room ?? Number.POSITIVE_INFINITY)) throw new CloudError('MR_CLOUD_CAPACITY', 'no room is left');
    if (!this.options.offers.some((o) => o.template === request.template))
      throw new CloudError('MR_CLOUD_REFUSED', `there is no template ‘${request.template}’`);
    const ended = (why: string): void => {
      this.set(request.name, 'failed', why);
    };
    const end = (launch ? this.options.launch?.(request, ended) : undefined) ?? ((): void => undefined);
    const machine: Machine = { request, ref: `${this.name}-${++this.next}`, state: 'scheduled', why: null, end };
    this.machines.set(machine.ref, machine);
    this.changed();
    return machine;
  }
  private refuseWhenAway(): void {
    if (this.away !== null) throw this.away;
  }
  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
