/**
 * The duty `checks`: says what check_runs holds at GitHub. A row is said when its run there is as the row tells; it goes when its
 * build has ended too, and stays while GitHub does not answer, to be tried again after a while that grows. After a day it is given
 * up.
 *
 * A request that makes something (a run, annotations) is told in the row before (`open`): whoever finds it so, after a kill or
 * an answer that did not come, asks GitHub what there is, and makes only what is missing. So a run is made once.
 */
import { parse } from '../../builds/records.ts';
import type { HeldDuty } from '../../fleet/duties.ts';
import type { Row } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { StatusTarget } from '../build-place.ts';
import { DueRows, failureOf, GIVEN_UP_MS, nextTry } from '../due-rows.ts';
import type { CheckRun, CheckRuns } from '../forges/forge.ts';
import type { CheckOutput, CheckSaid } from './check-said.ts';
import { showsStages } from './tell-stages.ts';

export interface CheckSenderOptions {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  /** Null: its credential is none of an App, and no check can be made. */
  readonly checks: (target: StatusTarget) => Promise<CheckRuns | null>;
  readonly outputOf: (build: number, logs: boolean) => Promise<CheckOutput | null>;
  /** Ends with a slash. */
  readonly rootUrl: () => string;
  /** How long after what it showed of a running build it shows it again. */
  readonly stagesEveryMs: number;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

type CheckRow = Row<'check_runs'>;

export class CheckSender {
  private readonly options: CheckSenderOptions;
  private readonly due: DueRows<'check_runs'>;

  constructor(options: CheckSenderOptions) {
    this.options = options;
    const { store, now, onError } = options;
    this.due = new DueRows({ store, table: 'check_runs', topic: 'check', now, one: (row) => this.one(row), onError });
  }
  stop(): Promise<void> {
    return this.due.stop();
  }

  private async one(row: CheckRow): Promise<void> {
    const { now } = this.options;
    try {
      const checks = await this.options.checks(parse<StatusTarget>(row.target));
      if (checks === null) await this.forget(row);
      else await this.say(row, checks);
    } catch (error) {
      if ((error as { code?: string }).code === 'MR_DUTY_LOST') throw error;
      if (row.asked_at < now() - GIVEN_UP_MS) await this.forget(row);
      else await this.later(row, failureOf(error));
    }
  }

  private async say(row: CheckRow, checks: CheckRuns): Promise<void> {
    const said = parse<CheckSaid>(row.said);
    let { remote_id: id, annotated } = row;
    if (row.open === 1) {
      const there = await checks.find(row.commit_hash, row.name, row.external_id);
      id = there?.id ?? id;
      annotated = there === null ? annotated : Math.max(annotated, there.annotations);
      await this.set(row, { remote_id: id, annotated, open: 0 });
    }
    const run = await this.runOf(row, said);
    do {
      if (this.due.stopped) return;
      const some = said.annotations.slice(annotated, annotated + checks.annotationsAtOnce);
      const makes = id === null || some.length > 0;
      if (makes) await this.set(row, { open: 1 });
      if (id === null) id = await checks.create(row.commit_hash, { ...run, annotations: some });
      else await checks.update(id, { ...run, annotations: some });
      annotated += some.length;
      if (makes) await this.set(row, { remote_id: id, annotated, open: 0 });
    } while (annotated < said.annotations.length);
    await this.done(row);
  }

  private async runOf(row: CheckRow, said: CheckSaid): Promise<Omit<CheckRun, 'annotations'>> {
    const { rootUrl, outputOf } = this.options;
    const { status, conclusion, actions, startedAt, completedAt } = said;
    const output = said.output === 'build' ? await outputOf(row.build_id, said.logs) : said.output;
    const url = /^https?:/.test(said.url) ? said.url : rootUrl() + said.url;
    return { name: row.name, externalId: row.external_id, status, conclusion, url, output, actions, startedAt, completedAt };
  }

  private async set(row: CheckRow, values: Partial<Pick<CheckRow, 'remote_id' | 'annotated' | 'open'>>): Promise<void> {
    await this.options.write((tx) =>
      tx
        .updateTable('check_runs')
        .set(values)
        .where((e) => e.and(keyOf(row)))
        .execute(),
    );
  }

  /** What was said meanwhile is said next; where only the build's stages went on, after a while. */
  private async done(row: CheckRow): Promise<void> {
    const { now, stagesEveryMs } = this.options;
    await this.options.write(async (tx) => {
      const build = await tx.selectFrom('builds').select('state').where('id', '=', row.build_id).executeTakeFirst();
      const lives = build?.state === 'queued' || build?.state === 'running';
      const own = { ...keyOf(row), asked: row.asked };
      if (lives) {
        await tx
          .updateTable('check_runs')
          .set({ due_at: null, attempts: 0, failure: null })
          .where((e) => e.and(own))
          .execute();
        // Only stages went on.
        const next = now() + stagesEveryMs;
        if (showsStages(row))
          await tx
            .updateTable('check_runs')
            .set({ due_at: next, asked_at: next, attempts: 0, failure: null })
            .where((e) => e.and([e.and({ ...keyOf(row), said: row.said }), e('asked', '<>', row.asked)]))
            .execute();
      } else
        await tx
          .deleteFrom('check_runs')
          .where((e) => e.and(own))
          .execute();
    });
  }

  private async forget(row: CheckRow): Promise<void> {
    await this.options.write((tx) =>
      tx
        .deleteFrom('check_runs')
        .where((e) => e.and({ ...keyOf(row), asked: row.asked }))
        .execute(),
    );
  }

  private async later(row: CheckRow, { text, retryAt }: ReturnType<typeof failureOf>): Promise<void> {
    if (this.due.stopped) return;
    await this.options.write((tx) =>
      tx
        .updateTable('check_runs')
        .set((e) => ({ attempts: e('attempts', '+', 1), due_at: nextTry(row.attempts, this.options.now(), retryAt), failure: text }))
        .where((e) => e.and({ ...keyOf(row), ...(showsStages(row) ? { said: row.said } : { asked: row.asked }) }))
        .execute(),
    );
  }
}

function keyOf({ build_id, commit_hash, name }: CheckRow): Pick<CheckRow, 'build_id' | 'commit_hash' | 'name'> {
  return { build_id, commit_hash, name };
}
