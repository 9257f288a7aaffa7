/** What clouds say to have: asked for where they tell of a change, and from time to time; late answers wait for nobody. */
import type { Cloud, Observed } from './cloud.ts';
import type { CloudNode, CloudView } from './provision.ts';
import { unknownKey } from './provision.ts';

const LOOK_MS = 2_000;
/** After a look the next one waits as long as that one took, and no longer than this. */
const GATHER_MS = 50;

export interface CloudLooksOptions {
  readonly clouds: readonly Cloud[];
  readonly now: () => number;
  /** Something new was seen. */
  readonly changed: () => void;
  /** A cloud that did not answer the last time does so again. */
  readonly back: (cloud: string) => void;
  readonly onError: (error: unknown) => void;
}

export class CloudLooks {
  /** By cloud and ref. */
  readonly unknownSince = new Map<string, number>();
  private readonly options: CloudLooksOptions;
  private readonly views = new Map<string, NonNullable<CloudView['observed']>>();
  private readonly looking = new Set<string>();
  private readonly again = new Set<string>();
  private readonly away = new Set<string>();
  private readonly timer: NodeJS.Timeout;
  private readonly offs: (() => void)[] = [];
  private stopped = false;

  constructor(options: CloudLooksOptions) {
    this.options = options;
    for (const cloud of options.clouds) {
      const off = cloud.watch?.(() => {
        this.look(cloud.name);
      });
      if (off !== undefined) this.offs.push(off);
      this.look(cloud.name);
    }
    this.timer = setInterval(() => {
      for (const { name } of options.clouds) this.look(name);
    }, LOOK_MS);
    this.timer.unref();
  }
  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
    for (const off of this.offs) off();
  }
  of(cloud: string): CloudView['observed'] {
    return this.views.get(cloud) ?? null;
  }
  /** What of it is in the database: the rest is counted from now on. */
  know(nodes: readonly CloudNode[]): void {
    const names = new Set(nodes.map((n) => n.name));
    const there = new Set<string>();
    for (const [cloud, { list }] of this.views)
      for (const { name, ref } of list) {
        if (names.has(name)) continue;
        const key = unknownKey(cloud, ref);
        there.add(key);
        if (!this.unknownSince.has(key)) this.unknownSince.set(key, this.options.now());
      }
    for (const key of this.unknownSince.keys()) if (!there.has(key)) this.unknownSince.delete(key);
  }

  look(name: string): void {
    const cloud = this.options.clouds.find((c) => c.name === name);
    if (this.stopped || cloud === undefined) return;
    if (this.looking.has(name)) {
      this.again.add(name);
      return;
    }
    this.looking.add(name);
    const at = this.options.now(),
      begun = performance.now();
    void cloud
      .observe()
      .then((list) => {
        if (this.stopped) return;
        if (this.away.delete(name)) this.options.back(name);
        const known = this.views.get(name)?.list;
        this.views.set(name, { at, list });
        if (known === undefined || !isSame(known, list)) this.options.changed();
      })
      .catch((error: unknown) => {
        if (this.stopped) return;
        this.away.add(name);
        this.options.onError(error);
      })
      .finally(() => {
        // Clouds tell of each pod's every step: looked at together, hundreds of them cost what one does.
        setTimeout(
          () => {
            this.looking.delete(name);
            if (this.again.delete(name)) this.look(name);
          },
          Math.min(performance.now() - begun, GATHER_MS),
        ).unref();
      });
  }
}

/** Clouds answer the same objects where nothing is new; what is another object may say the same. */
function isSame(a: readonly Observed[], b: readonly Observed[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i] || JSON.stringify(one) === JSON.stringify(b[i]));
}
