/** When the pods of a namespace came, were given back and went, as the API server tells it to whoever watches. */
import type { KubernetesApi } from '../api.ts';
import { ListWatch } from '../list-watch.ts';
import type { Pod } from '../objects.ts';

/** Milliseconds since 1970. */
export interface PodTimes {
  readonly created: number;
  ready: number | null;
  deleted: number | null;
  gone: number | null;
}

export class PodClock {
  /** By the pod's name. */
  readonly times = new Map<string, PodTimes>();
  /** As many as there were at a time. */
  most = 0;
  private readonly watch: ListWatch<Pod>;

  constructor(api: KubernetesApi, namespace: string) {
    this.watch = new ListWatch<Pod>({
      api,
      path: `/api/v1/namespaces/${namespace}/pods`,
      query: {},
      live: () => undefined,
      changed: ({ metadata, status }, how) => {
        const at = Date.now();
        const one = this.times.get(metadata.name) ?? { created: at, ready: null, deleted: null, gone: null };
        if (status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true) one.ready ??= at;
        if (metadata.deletionTimestamp !== undefined || how === 'gone') one.deleted ??= at;
        if (how === 'gone') one.gone ??= at;
        this.times.set(metadata.name, one);
        this.most = Math.max(this.most, this.left);
      },
    });
  }
  get left(): number {
    return [...this.times.values()].filter((t) => t.gone === null).length;
  }
  stop(): void {
    this.watch.stop();
  }
}
