/**
 * Finds out what deliveries start. States of a delivery: `received`, until all that it concerns was looked at, then `handled`; `failed`
 * after TRIES that an error ended. What it starts and how far it has come are one transaction, so nothing starts twice and
 * nothing is left out, whoever dies in between. At most `startsAtOnce` builds come of one delivery at once; the next follow a
 * minute later, so that a push to a library that a thousand jobs wait for does not fill the queue.
 */
import type { Enqueue } from '../builds/enqueue.ts';
import { parse } from '../builds/records.ts';
import type { ScmEvent } from '../scm/scm-event.ts';
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { Delivered } from './delivery.ts';
import { filled, genericValues, isLetThrough } from './generic-values.ts';
import { startPushed } from './push-starts.ts';
import { start } from './start-timed.ts';
import type { Spec } from './trigger-specs.ts';

export interface Outcome {
  /** The full name of a job; of a multibranch job or an organization folder. */
  readonly item: string;
  readonly queue: number | null;
  readonly what: string;
}

/** Others that look at an event, in its transaction: multibranch jobs, organization folders. It may be called again. */
export type OnScmEvent = (event: ScmEvent, within: { readonly tx: Tx; readonly wakes: Wakes }) => Promise<readonly Outcome[]>;

export interface HandleOptions {
  readonly store: Store;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  readonly enqueue: Enqueue;
  readonly onScmEvent: OnScmEvent;
  readonly startsAtOnce: number;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const PORTION = 50,
  /** Until the rest of a delivery's jobs follows. */
  SPREAD_MS = 60_000,
  TRIES = 10,
  RETRY_MS = 5_000,
  MOST_OUTCOMES = 1_000;

/** Answers whether there may be more. */
export async function handleDeliveries(options: HandleOptions): Promise<boolean> {
  const { store, now } = options;
  const rows = await store.db
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'received')
    .where('not_before', '<=', now())
    .orderBy('id')
    .limit(PORTION)
    .execute();
  if (rows.length === 0) return false;
  try {
    // Together: a flood is some transactions.
    await options.write(async (tx, wakes) => {
      for (const row of rows) await handle(options, tx, wakes, row);
    });
  } catch (error) {
    if (rows.length > 1) for (const row of rows) await alone(options, row);
    else await failed(options, rows[0] as Row<'deliveries'>, error);
  }
  return rows.length === PORTION;
}

async function alone(options: HandleOptions, row: Row<'deliveries'>): Promise<void> {
  try {
    await options.write((tx, wakes) => handle(options, tx, wakes, row));
  } catch (error) {
    await failed(options, row, error);
  }
}

async function failed({ write, now, onError }: HandleOptions, row: Row<'deliveries'>, error: unknown): Promise<void> {
  if (/^MR_(FENCED|DUTY_LOST|STORE_CLOSED|STORE_AWAY)$/.test((error as { code?: string }).code ?? '')) throw error;
  onError(error);
  const tries = row.tries + 1;
  const isOver = tries >= TRIES;
  await write((tx) =>
    tx
      .updateTable('deliveries')
      .set({
        tries,
        not_before: now() + RETRY_MS * tries,
        state: isOver ? 'failed' : 'received',
        outcomes: JSON.stringify([{ item: '', queue: null, what: (error as Error).message } satisfies Outcome]),
        handled_at: isOver ? now() : null,
      })
      .where('id', '=', row.id)
      .execute(),
  );
}

async function handle(options: HandleOptions, tx: Tx, wakes: Wakes, row: Row<'deliveries'>): Promise<void> {
  const delivered = parse<Delivered>(row.event);
  const before = parse<Outcome[]>(row.outcomes);
  const done: Done =
    delivered.kind === 'scm' || delivered.kind === 'gitlab'
      ? await scm(options, tx, wakes, row, delivered)
      : delivered.kind === 'generic'
        ? await generic(options, tx, wakes, row, delivered)
        : { outcomes: [], next: null };
  const outcomes = [...before, ...done.outcomes];
  const isOver = done.next === null;
  if (isOver && outcomes.length === 0) outcomes.push({ item: '', queue: null, what: 'No job looks at it' });
  await tx
    .updateTable('deliveries')
    .set({
      outcomes: JSON.stringify(outcomes.slice(0, MOST_OUTCOMES)),
      ...(isOver ? { state: 'handled' as const, handled_at: options.now() } : { at_job: done.next as number, not_before: options.now() + SPREAD_MS }),
    })
    .where('id', '=', row.id)
    .execute();
}

export interface Done {
  readonly outcomes: readonly Outcome[];
  /** The last job that was looked at, where others follow. */
  readonly next: number | null;
}

async function scm(
  options: HandleOptions,
  tx: Tx,
  wakes: Wakes,
  row: Row<'deliveries'>,
  delivered: Extract<Delivered, { kind: 'scm' | 'gitlab' }>,
): Promise<Done> {
  const { job, hash, gitlab = null } = delivered;
  const event = delivered.kind === 'scm' ? delivered.event : null;
  // Others look once, with the first portion.
  const others = event !== null && row.at_job === 0 && job === null ? await options.onScmEvent(event, { tx, wakes }) : [];
  const push = event?.kind === 'push' ? event : null;
  if (push === null && gitlab === null) return { outcomes: others, next: null };
  const urls = event?.urls ?? (delivered.kind === 'gitlab' ? delivered.urls : []);
  const done = await startPushed(options, tx, wakes, row.at_job, { push, gitlab, urls, job, hash });
  return { ...done, outcomes: [...others, ...done.outcomes] };
}

async function generic(
  options: HandleOptions,
  tx: Tx,
  wakes: Wakes,
  row: Row<'deliveries'>,
  { hash, headers, query }: Extract<Delivered, { kind: 'generic' }>,
): Promise<Done> {
  const outcomes: Outcome[] = [];
  const body: unknown = row.body === '' ? {} : JSON.parse(row.body);
  const found = await tx
    .selectFrom('triggers')
    .innerJoin('items', 'items.id', 'triggers.item_id')
    .selectAll('triggers')
    .select('items.full_name as job')
    .where('triggers.hash', '=', hash)
    .where('triggers.kind', '=', 'generic')
    .where('triggers.item_id', '>', row.at_job)
    .orderBy('triggers.item_id')
    .orderBy('triggers.seq')
    .execute();
  let started = 0,
    last = row.at_job;
  for (const trigger of found) {
    if (started >= options.startsAtOnce) return { outcomes, next: last };
    last = trigger.item_id;
    const { generic: spec } = parse<Extract<Spec, { kind: 'generic' }>>(trigger.spec);
    try {
      const values = genericValues(spec, { body, headers, query });
      if (!isLetThrough(spec, values)) {
        outcomes.push({ item: trigger.job, queue: null, what: `‘${spec.filterExpression}’ does not match` });
        continue;
      }
      const cause = { type: 'org.jenkinsci.plugins.gwt.GenericCause', text: filled(spec.cause, values) };
      const said = await start(tx, wakes, options.enqueue, trigger.item_id, cause, values, Object.keys(values).length === 0 ? {} : { variables: values });
      outcomes.push({ item: trigger.job, ...said });
      if (said.queue !== null) started++;
    } catch (error) {
      if ((error as { code?: string }).code !== undefined) throw error;
      outcomes.push({ item: trigger.job, queue: null, what: (error as Error).message });
    }
  }
  return { outcomes, next: null };
}
