/**
 * Polling: what the branch of a job's repository is now, against what was built last. It asks a server, so it runs beside all
 * else, one look at a time for each job; what it saw is kept with the trigger, for the job's page.
 */
import type { Enqueue } from '../builds/enqueue.ts';
import { parse } from '../builds/records.ts';
import { repositoryKey } from '../builds/revisions.ts';
import type { FindCredential } from '../credentials/credential.ts';
import { CredentialError } from '../credentials/credential.ts';
import type { Repositories } from '../scm/repository.ts';
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { IgnoreRules } from './ignored-changes.ts';
import { areIgnored } from './ignored-changes.ts';
import { start } from './start-timed.ts';
import type { GitSource, Spec } from './trigger-specs.ts';

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
  readonly said?: string;
  readonly problem?: string | null;
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
      if (source === null) await this.say(row, { said: 'The job has no repository of its own: nothing is looked at', problem: 'no repository' });
      else await this.one(row, job.full_name, source, ignore);
    }
  }

  private async one(row: Row<'triggers'>, job: string, source: GitSource, ignore: IgnoreRules | undefined): Promise<void> {
    const { repositories } = this.options;
    const before = parse<PollState>(row.state).commit ?? null;
    let commit: string,
      built: string | null,
      ignored = false;
    try {
      const address = { url: source.url, credential: await this.credentialOf(job, source) };
      const at = await repositories.resolve(address, source.branch);
      commit = at.commit;
      built = await this.builtCommit(row.item_id, source.url);
      const from = built ?? before;
      if (ignore !== undefined && from !== null && from !== commit) ignored = areIgnored(ignore, (await repositories.changes(address, from, at)).changes);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      await this.say(row, { said: message, problem: code ?? message });
      return;
    }
    if (ignored) {
      await this.say(row, { said: `${source.branch} is at ${commit}: all changes are to be ignored`, problem: null });
      return;
    }
    if (before === commit || built === commit) {
      await this.say(row, { commit, said: `${source.branch} is at ${commit}: no changes`, problem: null });
      return;
    }
    const { write, enqueue } = this.options;
    await write(async (tx, wakes) => {
      const cause = { type: 'hudson.triggers.SCMTrigger$SCMTriggerCause', text: 'Started by an SCM change' };
      const { what } = await start(tx, wakes, enqueue, row.item_id, cause);
      const state: PollState = { at: this.options.now(), commit, said: `${source.branch} is at ${commit}: changes found; ${what}`, problem: null };
      await tx
        .updateTable('triggers')
        .set({ state: JSON.stringify(state) })
        .where('item_id', '=', row.item_id)
        .where('seq', '=', row.seq)
        .execute();
    });
  }

  private async credentialOf(job: string, { credentialsId }: GitSource) {
    if (credentialsId === null) return null;
    const found = await this.options.credential(credentialsId, { item: job, build: null, purpose: 'poll' });
    if (found === null) throw new CredentialError(credentialsId);
    return found;
  }

  /** What the newest build was made of, that waits for nothing any more; null: nothing was built of it. */
  private async builtCommit(item: number, url: string): Promise<string | null> {
    const row = await this.options.store.db
      .selectFrom('build_revisions')
      .select('commit_id')
      .where('item_id', '=', item)
      .where('repo', '=', repositoryKey(url))
      .where('kind', 'in', ['checkout', 'script'])
      .orderBy('build_id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.commit_id ?? null;
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
