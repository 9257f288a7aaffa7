/**
 * The pods of an installation as they are seen through watches, with their events and what there is to tell of them. Lines add
 * up here, since what is seen between two looks would be lost else.
 */
import type { CloudLine, Observed, Outcome } from '../cloud.ts';
import type { Judgement } from './failures.ts';
import { deletedWhy, endLines, judgePod, podLines, startOf } from './failures.ts';
import type { Pod, PodEvent } from './objects.ts';
import { CLOUD_LABEL, JOB_ANNOTATION, NODE_LABEL, TEMPLATE_ANNOTATION } from './pod-spec.ts';

/** What is gone is remembered for so long: whoever asks later finds it missing. */
const REMEMBER_MS = 120_000;
/** A pod that is being deleted takes its room so long after its grace is over; beyond that its node is lost, and its room with it. */
const LEAVING_MS = 60_000;
/** Events of pods that are not there (yet), or not ours. */
const MOST_LOOSE = 500;
const MOST_EVENTS = 50,
  MOST_LINES = 100;

interface Entry {
  pod: Pod;
  readonly lines: Map<string, CloudLine>;
  /** When the last of its containers has started, as far as it was told. */
  start: number | null;
  /** The last lines of its containers, once it has failed; null: not asked for. */
  logs: string | null | 'asked';
  /** When it was deleted, and what was known of it then. */
  gone: { readonly at: number; readonly before: Judgement } | null;
  /** What was answered of it, while that stays true; null: to be judged. */
  observed: Observed | null;
}

export interface PodCacheOptions {
  /** The value of CLOUD_LABEL of our own pods. */
  readonly cloud: string;
  readonly now: () => number;
  readonly changed: () => void;
  /** The last lines of each container, to be told with a failure. */
  readonly logsOf: (pod: Pod) => Promise<string>;
  /** We end it ourselves. */
  readonly isEnding: (pod: Pod) => boolean;
}

export class PodCache {
  private readonly options: PodCacheOptions;
  private readonly entries = new Map<string, Entry>();
  private readonly events = new Map<string, Map<string, PodEvent>>();
  constructor(options: PodCacheOptions) {
    this.options = options;
  }

  pod(namespace: string, name: string): Pod | null {
    for (const { pod, gone } of this.entries.values()) if (gone === null && pod.metadata.namespace === namespace && pod.metadata.name === name) return pod;
    return null;
  }
  /** How many there are, by phase. */
  get phases(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { pod, gone } of this.entries.values()) {
      const phase = gone === null ? (pod.status?.phase ?? 'Pending') : null;
      if (phase !== null) counts.set(phase, (counts.get(phase) ?? 0) + 1);
    }
    return counts;
  }

  seePod(pod: Pod, how: 'seen' | 'gone'): void {
    const { uid } = pod.metadata;
    const known = this.entries.get(uid);
    const entry: Entry = known ?? { pod, lines: new Map(), start: null, logs: null, gone: null, observed: null };
    if (how === 'gone') {
      const { now } = this.options;
      entry.gone ??= { at: now(), before: judgePod(entry.pod, this.eventsOf(uid), now()) };
    }
    entry.pod = pod;
    this.entries.set(uid, entry);
    this.look(entry);
    this.options.changed();
  }

  seeEvent(event: PodEvent): void {
    const { uid } = event.involvedObject;
    if (uid === undefined) return;
    const all = this.events.get(uid) ?? new Map<string, PodEvent>();
    all.set(event.metadata.uid, event);
    if (all.size > MOST_EVENTS) all.delete(all.keys().next().value as string);
    this.events.delete(uid);
    this.events.set(uid, all);
    const entry = this.entries.get(uid);
    if (entry === undefined) {
      this.forgetLoose();
      return;
    }
    this.look(entry);
    this.options.changed();
  }

  /** The same object as before where nothing is new. */
  observed(): Observed[] {
    const { now } = this.options;
    const out: Observed[] = [];
    for (const [uid, entry] of this.entries) {
      if (entry.gone !== null && now() - entry.gone.at > REMEMBER_MS) {
        this.entries.delete(uid);
        this.events.delete(uid);
        continue;
      }
      const observed = entry.observed ?? this.observe(entry);
      // What is being deleted is judged by the time too.
      if (entry.gone !== null || entry.pod.metadata.deletionTimestamp === undefined) entry.observed = observed;
      out.push(observed);
    }
    return out;
  }

  clear(): void {
    this.entries.clear();
    this.events.clear();
  }

  private observe(entry: Entry): Observed {
    const { metadata } = entry.pod;
    const judged = this.judge(entry);
    // Its last words come with it. What we have ended and the API has taken back is no more.
    const state =
      metadata.deletionTimestamp !== undefined && this.options.isEnding(entry.pod)
        ? 'gone'
        : judged.state === 'failed' && entry.logs === 'asked'
          ? 'running'
          : judged.state;
    const said = judged.outcome === null ? [] : endLines(entry.pod, this.eventsOf(metadata.uid), entry.start);
    if (judged.outcome !== null && entry.logs !== null && entry.logs !== 'asked' && entry.logs !== '') said.push(entry.logs);
    const why = judged.why === null ? null : [judged.why, ...said].join('\n');
    return {
      name: metadata.labels?.[NODE_LABEL] ?? metadata.name,
      ref: `${metadata.namespace}/${metadata.name}`,
      state,
      why,
      ...(judged.noCapacity === undefined ? {} : { noCapacity: judged.noCapacity }),
      ...(judged.outcome === null ? {} : { outcome: judged.outcome }),
      lines: [...entry.lines.values()],
      counted: this.takesRoom(entry)
        ? {
            isOwn: metadata.labels?.[CLOUD_LABEL] === this.options.cloud,
            template: metadata.annotations?.[TEMPLATE_ANNOTATION] ?? null,
            namespace: metadata.namespace,
            job: metadata.annotations?.[JOB_ANNOTATION] ?? null,
          }
        : null,
    };
  }

  private takesRoom({ pod, gone }: Entry): boolean {
    const { deletionTimestamp } = pod.metadata;
    return gone === null && (deletionTimestamp === undefined || this.options.now() <= Date.parse(deletionTimestamp) + LEAVING_MS);
  }

  private judge({ pod, gone }: Entry): Judgement & { readonly outcome: Outcome | null } {
    const { metadata, status } = pod;
    if (gone === null) return judgePod(pod, this.eventsOf(metadata.uid), this.options.now());
    const { before } = gone;
    // What had ended by itself before it was taken away has not been deleted under its build.
    if (before.state === 'failed' && !before.why?.startsWith('Pod ')) return { ...before, state: 'gone' };
    return { state: 'gone', why: deletedWhy(`${metadata.namespace}/${metadata.name}`, status), outcome: 'lost' };
  }

  private look(entry: Entry): void {
    entry.observed = null;
    entry.start = startOf(entry.pod) ?? entry.start;
    const events = this.eventsOf(entry.pod.metadata.uid);
    for (const line of podLines(entry.pod, events)) if (entry.lines.size < MOST_LINES && !entry.lines.has(line.key)) entry.lines.set(line.key, line);
    const ends = this.judge(entry).outcome !== null || entry.pod.metadata.deletionTimestamp !== undefined;
    if (!ends || entry.gone !== null || entry.logs !== null || this.options.isEnding(entry.pod)) return;
    entry.logs = 'asked';
    void this.options
      .logsOf(entry.pod)
      // A container that never ran has none, and one that is gone has no more.
      .catch(() => '')
      .then((logs) => {
        entry.logs = logs;
        entry.observed = null;
        if (logs !== '') entry.lines.set('logs', { key: `logs ${entry.pod.metadata.uid}`, text: logs });
        this.options.changed();
      });
  }

  private eventsOf(uid: string): PodEvent[] {
    return [...(this.events.get(uid)?.values() ?? [])];
  }

  private forgetLoose(): void {
    if (this.events.size <= this.entries.size + MOST_LOOSE) return;
    for (const uid of this.events.keys())
      if (!this.entries.has(uid)) {
        this.events.delete(uid);
        return;
      }
  }
}
