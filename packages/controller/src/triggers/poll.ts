/**
 * Polling: what the branches that a job is built from are now, against what was built last. It asks a server, so it runs beside all
 * else, one look at a time for each job; what it saw is kept with the trigger, for the job's page. A webhook has a trigger look
 * where it alone does not tell whether there is something to build.
 */
import type { Enqueue } from '../builds/enqueue.ts';
import type { Cause } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import type { FindCredential } from '../credentials/credential.ts';
import { CredentialError } from '../credentials/credential.ts';
import type { Repositories } from '../scm/repository.ts';
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { BuiltByGitLab } from './gitlab-trigger.ts';
import { areIgnored } from './ignored-changes.ts';
import { start } from './start-timed.ts';
import type { SeenCommit } from './started-commits.ts';
import { hasStarted, noteStarted } from './started-commits.ts';
import type { GitSource, Spec } from './trigger-specs.ts';
import type { WatchedSource } from './watched-sources.ts';
import { watchedSources } from './watched-sources.ts';

export interface PollOptions {
  readonly store: Store;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  readonly enqueue: Enqueue;
  readonly repositories: Repositories;
  readonly credential: FindCredential;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/** What the last look of a trigger saw. */
export interface PollState {
  readonly at?: number;
  readonly commit?: string;
  /** Of other repositories that builds check out, by their keys. */
  readonly others?: { readonly [key: string]: string };
  /** What has started builds, by key and ref (started-commits.ts). */
  readonly started?: { readonly [name: string]: string };
  /** What a trigger `gitlab` has started (gitlab-trigger.ts). */
  readonly gitlab?: BuiltByGitLab;
  readonly said?: string;
  readonly problem?: string | null;
  /** Of the webhook that has a `push` trigger look. */
  readonly cause?: Cause;
  /** Looks for a webhook that a server has not answered. */
  readonly tries?: number;
}

/** A trigger whose time has come. It is due again at `lease` where nobody has finished the look by then, else at `next`. */
export interface DueLook {
  readonly seq: number;
  readonly spec: string;
  readonly lease: number;
  readonly next: number | null;
}

interface Look {
  readonly source: WatchedSource;
  /** Null: it is not to be remembered. */
  readonly commit: string | null;
  readonly ref: string | null;
  readonly isChanged: boolean;
  readonly said: string;
  readonly problem: string | null;
}

/** So often is looked again for a webhook while a server is away. */
const TRIES = 10;
const NOTHING = 'no repository';

export class Poll {
  private readonly options: PollOptions;
  private readonly looking = new Map<number, Promise<void>>();
  private readonly next = new Map<number, readonly DueLook[]>();
  private stopped = false;
  constructor(options: PollOptions) {
    this.options = options;
  }
  begin(item: number, due: readonly DueLook[]): void {
    if (this.stopped) return;
    if (this.looking.has(item)) {
      // What this look has seen may be older than what a webhook tells now.
      this.next.set(item, due);
      return;
    }
    const look = this.look(item, due)
      .catch((error: unknown) => {
        // Another one has the duty now, and looks again in its time.
        if (!this.stopped) this.options.onError(error);
      })
      .finally(() => {
        this.looking.delete(item);
        const next = this.next.get(item);
        this.next.delete(item);
        if (next !== undefined) this.begin(item, next);
      });
    this.looking.set(item, look);
  }
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.looking.values());
  }

  private async look(item: number, due: readonly DueLook[]): Promise<void> {
    const { store } = this.options;
    const job = await store.db.selectFrom('items').select(['full_name', 'disabled']).where('id', '=', item).executeTakeFirst();
    const rows = await store.db.selectFrom('triggers').selectAll().where('item_id', '=', item).where('kind', 'in', ['push', 'poll']).execute();
    for (const one of due) {
      const row = rows.find((r) => r.seq === one.seq && r.spec === one.spec);
      if (row === undefined) continue;
      if (job === undefined || job.disabled === 1) {
        await this.finish(row, one, (before) => before);
        continue;
      }
      const spec = parse<Extract<Spec, { kind: 'poll' | 'push' }>>(row.spec);
      const sources = await watchedSources(store.db, item, spec.source, spec.kind === 'poll' ? spec.ignore : undefined);
      if (sources.length === 0)
        await this.finish(row, one, (before) => ({
          ...before,
          said: 'The job has no repository of its own, and its last build checked none out: nothing is looked at',
          problem: NOTHING,
        }));
      else await this.all(row, one, job.full_name, sources);
    }
  }

  /** Each is looked at, also where another one is away. One change is enough. */
  private async all(row: Row<'triggers'>, due: DueLook, job: string, sources: readonly WatchedSource[]): Promise<void> {
    const before = parse<PollState>(row.state);
    const looks: Look[] = [];
    for (const source of sources) looks.push(await this.one(job, source, (source.key === null ? before.commit : before.others?.[source.key]) ?? null));
    await this.finish(row, due, async (current, tx, wakes) => {
      const state = stateOf(looks, current);
      // A delivery may have started it meanwhile, or another trigger of the job.
      const changed = looks.filter((l) => l.isChanged && !hasStarted(current, seenOf(l)));
      if (changed.length === 0) return looks.some((l) => l.isChanged) ? { ...state, said: `${state.said}; it was started already` } : state;
      const cause = (row.kind === 'push' ? current.cause : null) ?? { type: 'hudson.triggers.SCMTrigger$SCMTriggerCause', text: 'Started by an SCM change' };
      const { what } = await start(tx, wakes, this.options.enqueue, row.item_id, cause);
      await noteStarted(tx, row.item_id, changed.map(seenOf));
      return { ...state, started: (await currentOf(tx, row))?.state.started ?? {}, said: `${state.said}; ${what}` };
    });
  }

  /** `before`: what the last look saw. */
  private async one(job: string, source: WatchedSource, before: string | null): Promise<Look> {
    const { repositories } = this.options;
    const { url, branch, ignore, built, key } = source;
    // The job's own needs no address to be told apart.
    const name = key === null ? branch : `${branch} of ${url}`;
    const unchanged = { source, isChanged: false, problem: null, ref: null };
    try {
      const address = { url, credential: await this.credentialOf(job, source) };
      const at = await repositories.resolve(address, branch);
      const from = built ?? before;
      if (ignore !== undefined && from !== null && from !== at.commit && areIgnored(ignore, (await repositories.changes(address, from, at)).changes))
        return { ...unchanged, commit: null, said: `${name} is at ${at.commit}: all changes are to be ignored` };
      const isChanged = before !== at.commit && built !== at.commit;
      const said = `${name} is at ${at.commit}: ${isChanged ? 'changes found' : 'no changes'}`;
      return { source, commit: at.commit, ref: at.ref, isChanged, problem: null, said };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return { ...unchanged, commit: null, said: key === null ? message : `${name}: ${message}`, problem: code ?? message };
    }
  }

  private async credentialOf(job: string, { credentialsId }: GitSource) {
    if (credentialsId === null) return null;
    const found = await this.options.credential(credentialsId, { item: job, build: null, purpose: 'poll' });
    if (found === null) throw new CredentialError(credentialsId);
    return found;
  }

  /** What was seen, what it starts, and when the next look is due, together. A webhook that came meanwhile has it look once more. */
  private async finish(row: Row<'triggers'>, due: DueLook, next: (before: PollState, tx: Tx, wakes: Wakes) => PollState | Promise<PollState>): Promise<void> {
    const { write, now } = this.options;
    await write(async (tx, wakes) => {
      const current = await currentOf(tx, row);
      if (current === null) return;
      const isOver = current.nextAt === due.lease;
      const { tries = 0, cause, ...seen } = await next(current.state, tx, wakes);
      // No time of its own comes for a `push` trigger.
      const isOpen = row.kind === 'push' && (seen.problem ?? null) !== null && seen.problem !== NOTHING && tries + 1 < TRIES;
      const state: PollState = {
        ...seen,
        at: now(),
        ...(isOpen ? { tries: tries + 1 } : {}),
        ...((isOpen || !isOver) && cause !== undefined ? { cause } : {}),
      };
      await tx
        .updateTable('triggers')
        .set({ state: JSON.stringify(state), ...(isOver && !isOpen ? { next_at: due.next } : {}) })
        .where('item_id', '=', row.item_id)
        .where('seq', '=', row.seq)
        .execute();
    });
  }
}

/** Null: it is another trigger's row now. */
async function currentOf(tx: Tx, row: Row<'triggers'>): Promise<{ readonly state: PollState; readonly nextAt: number | null } | null> {
  const found = await tx
    .selectFrom('triggers')
    .select(['state', 'next_at'])
    .where('item_id', '=', row.item_id)
    .where('seq', '=', row.seq)
    .where('spec', '=', row.spec)
    .executeTakeFirst();
  return found === undefined ? null : { state: parse<PollState>(found.state), nextAt: found.next_at };
}

function seenOf({ source, ref, commit }: Look): SeenCommit {
  return { key: source.key, ref, commit: commit as string };
}

function stateOf(looks: readonly Look[], before: PollState): PollState {
  const seen = looks.filter((l) => l.commit !== null);
  const own = seen.find((l) => l.source.key === null);
  const keys = looks.flatMap(({ source: { key } }) => (key === null ? [] : [key]));
  return {
    ...before,
    ...(own === undefined ? {} : { commit: own.commit as string }),
    others: {
      // Of one that is away, what was seen before.
      ...Object.fromEntries(keys.flatMap((key) => (before.others?.[key] === undefined ? [] : [[key, before.others[key]]]))),
      ...Object.fromEntries(seen.flatMap((l) => (l.source.key === null ? [] : [[l.source.key, l.commit as string]]))),
    },
    said: looks.map((l) => l.said).join('\n'),
    problem: looks.find((l) => l.problem !== null)?.problem ?? null,
  };
}
