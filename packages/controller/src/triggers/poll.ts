/**
 * Polling: what the branches that a job is built from are now, against what was built last. It asks a server, so it runs beside all
 * else, one look at a time for each job; what it saw is kept with the trigger, for the job's page.
 */
import type { Enqueue } from '../builds/enqueue.ts';
import { parse } from '../builds/records.ts';
import type { FindCredential } from '../credentials/credential.ts';
import { CredentialError } from '../credentials/credential.ts';
import type { Repositories } from '../scm/repository.ts';
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { areIgnored } from './ignored-changes.ts';
import { start } from './start-timed.ts';
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
  readonly said?: string;
  readonly problem?: string | null;
}

interface Look {
  readonly source: WatchedSource;
  /** Null: it is not to be remembered. */
  readonly commit: string | null;
  readonly isChanged: boolean;
  readonly said: string;
  readonly problem: string | null;
}

export class Poll {
  private readonly options: PollOptions;
  private readonly looking = new Map<number, Promise<void>>();
  private stopped = false;
  constructor(options: PollOptions) {
    this.options = options;
  }
  begin(item: number): void {
    if (this.stopped || this.looking.has(item)) return;
    const look = this.look(item)
      .catch((error: unknown) => {
        // Another one has the duty now, and looks again in its time.
        if (!this.stopped) this.options.onError(error);
      })
      .finally(() => {
        this.looking.delete(item);
      });
    this.looking.set(item, look);
  }
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.looking.values());
  }

  private async look(item: number): Promise<void> {
    const { store } = this.options;
    const job = await store.db.selectFrom('items').select(['full_name', 'disabled']).where('id', '=', item).executeTakeFirst();
    const rows = await store.db.selectFrom('triggers').selectAll().where('item_id', '=', item).where('kind', '=', 'poll').execute();
    if (job === undefined || job.disabled === 1) return;
    for (const row of rows) {
      const { source, ignore } = parse<Extract<Spec, { kind: 'poll' }>>(row.spec);
      const sources = await watchedSources(store.db, item, source, ignore);
      if (sources.length === 0)
        await this.say(row, {
          said: 'The job has no repository of its own, and its last build checked none out: nothing is looked at',
          problem: 'no repository',
        });
      else await this.all(row, job.full_name, sources);
    }
  }

  /** Each is looked at, also where another one is away. One change is enough. */
  private async all(row: Row<'triggers'>, job: string, sources: readonly WatchedSource[]): Promise<void> {
    const before = parse<PollState>(row.state);
    const looks: Look[] = [];
    for (const source of sources) looks.push(await this.one(job, source, (source.key === null ? before.commit : before.others?.[source.key]) ?? null));
    const seen = looks.filter((l) => l.commit !== null);
    const own = seen.find((l) => l.source.key === null);
    const others = Object.fromEntries(seen.flatMap((l) => (l.source.key === null ? [] : [[l.source.key, l.commit as string]])));
    const state: PollState = {
      ...(own === undefined ? {} : { commit: own.commit as string }),
      others: {
        ...Object.fromEntries(sources.flatMap(({ key }) => (key !== null && before.others?.[key] !== undefined ? [[key, before.others[key]]] : []))),
        ...others,
      },
      said: looks.map((l) => l.said).join('\n'),
      problem: looks.find((l) => l.problem !== null)?.problem ?? null,
    };
    if (!looks.some((l) => l.isChanged)) {
      await this.say(row, state);
      return;
    }
    const { write, enqueue, now } = this.options;
    await write(async (tx, wakes) => {
      const cause = { type: 'hudson.triggers.SCMTrigger$SCMTriggerCause', text: 'Started by an SCM change' };
      const { what } = await start(tx, wakes, enqueue, row.item_id, cause);
      const next: PollState = { ...before, ...state, at: now(), said: `${state.said}; ${what}` };
      await tx
        .updateTable('triggers')
        .set({ state: JSON.stringify(next) })
        .where('item_id', '=', row.item_id)
        .where('seq', '=', row.seq)
        .execute();
    });
  }

  /** `before`: what the last look saw. */
  private async one(job: string, source: WatchedSource, before: string | null): Promise<Look> {
    const { repositories } = this.options;
    const { url, branch, ignore, built, key } = source;
    // The job's own needs no address to be told apart.
    const name = key === null ? branch : `${branch} of ${url}`;
    const unchanged = { source, isChanged: false, problem: null };
    try {
      const address = { url, credential: await this.credentialOf(job, source) };
      const at = await repositories.resolve(address, branch);
      const from = built ?? before;
      if (ignore !== undefined && from !== null && from !== at.commit && areIgnored(ignore, (await repositories.changes(address, from, at)).changes))
        return { ...unchanged, commit: null, said: `${name} is at ${at.commit}: all changes are to be ignored` };
      const isChanged = before !== at.commit && built !== at.commit;
      return { source, commit: at.commit, isChanged, problem: null, said: `${name} is at ${at.commit}: ${isChanged ? 'changes found' : 'no changes'}` };
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

  private async say(row: Row<'triggers'>, state: PollState): Promise<void> {
    const next = { ...parse<PollState>(row.state), ...state, at: this.options.now() };
    await this.options.write((tx) =>
      tx
        .updateTable('triggers')
        .set({ state: JSON.stringify(next) })
        .where('item_id', '=', row.item_id)
        .where('seq', '=', row.seq)
        .execute(),
    );
  }
}
