/**
 * Triggers that are due by the clock: `cron` starts a build, `poll` looks into the repository first. The next time is written
 * in the transaction that starts the build. A time at which no controller was there is made up for once. A webhook that a trigger
 * has to look for makes it due.
 */
import type { Enqueue } from '../builds/enqueue.ts';
import { TriggerError } from '../builds/enqueue.ts';
import type { Cause, Origin } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { Cron } from './cron.ts';
import type { DueLook, Poll } from './poll.ts';
import type { Spec } from './trigger-specs.ts';

const PORTION = 100,
  LOOK_AGAIN_MS = 60_000;

export interface TimedOptions {
  readonly store: Store;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  readonly enqueue: Enqueue;
  readonly poll: Poll;
  readonly now: () => number;
}

type Due = Row<'triggers'> & { readonly job: string };

/** Answers whether there may be more. */
export async function startTimed(options: TimedOptions): Promise<boolean> {
  const { store, now } = options;
  const due = await store.db
    .selectFrom('triggers')
    .innerJoin('items', 'items.id', 'triggers.item_id')
    .selectAll('triggers')
    .select('items.full_name as job')
    .where('triggers.next_at', '<=', now())
    .orderBy('triggers.next_at')
    .limit(PORTION)
    .execute();
  const crons = due.filter((row) => row.kind === 'cron');
  if (crons.length > 0) await startCrons(options, crons);
  const looks = due.filter((row) => row.kind === 'poll' || row.kind === 'push');
  for (const item of new Set(looks.map((row) => row.item_id)))
    await beginLook(
      options,
      looks.filter((row) => row.item_id === item),
    );
  return due.length === PORTION;
}

function startCrons({ write, enqueue, now }: TimedOptions, due: readonly Due[]): Promise<void> {
  return write(async (tx, wakes) => {
    for (const row of due) {
      const spec = parse<Extract<Spec, { kind: 'cron' }>>(row.spec);
      const cron = new Cron(spec.spec, row.job);
      // The line that was due, for its parameters.
      const parameters = cron.next((row.next_at as number) - 1, spec.zone)?.parameters ?? {};
      if (!(await moveOn(tx, row, cron.next(now(), spec.zone)?.at ?? null))) continue;
      await start(tx, wakes, enqueue, row.item_id, timerCause(parameters), parameters);
    }
  });
}

/** False: somebody changed it meanwhile. */
async function moveOn(tx: Tx, row: Row<'triggers'>, next: number | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('triggers')
    .set({ next_at: next })
    .where('item_id', '=', row.item_id)
    .where('seq', '=', row.seq)
    .where('spec', '=', row.spec)
    .where('next_at', '=', row.next_at)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

/** A look that takes long is not begun again meanwhile; one that nobody has finished is, also by who has the duty then. */
async function beginLook({ write, poll, now }: TimedOptions, rows: readonly Due[]): Promise<void> {
  const lease = now() + LOOK_AGAIN_MS;
  const due: DueLook[] = [];
  for (const row of rows) {
    const spec = parse<Extract<Spec, { kind: 'poll' | 'push' }>>(row.spec);
    const next = spec.kind === 'poll' ? (new Cron(spec.spec, row.job).next(now(), spec.zone)?.at ?? null) : null;
    if (await write((tx) => moveOn(tx, row, lease))) due.push({ seq: row.seq, spec: row.spec, lease, next });
  }
  if (due.length > 0) poll.begin((rows[0] as Due).item_id, due);
}

function timerCause(parameters: Readonly<Record<string, string>>): Cause {
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  if (given.length === 0) return { type: 'hudson.triggers.TimerTrigger$TimerTriggerCause', text: 'Started by timer' };
  return {
    type: 'org.jenkinsci.plugins.parameterizedscheduler.ParameterizedTimerTriggerCause',
    text: `Started by timer with parameters: {${given.join(', ')}}`,
  };
}

/** A job that takes no triggers now is passed over: as in Jenkins. Answers the queue item. */
export async function start(
  tx: Tx,
  wakes: Wakes,
  enqueue: Enqueue,
  item: number,
  cause: Cause,
  given: Readonly<Record<string, string>> = {},
  origin: Pick<Origin, 'variables' | 'pushed'> = {},
): Promise<{ readonly queue: number | null; readonly what: string }> {
  try {
    const queued = await enqueue(tx, wakes, {
      item: { id: item },
      given,
      causes: [cause],
      quietSeconds: null,
      priority: null,
      merge: true,
      lenient: true,
      ...(Object.keys(origin).length === 0 ? {} : { origin }),
    });
    return { queue: queued.id, what: queued.merged ? 'merged with a build that waits' : 'a build waits' };
  } catch (error) {
    if (!(error instanceof TriggerError)) throw error;
    return { queue: null, what: error.message };
  }
}
