/**
 * The duty `notifications`: sends what is in the outbox. States of a message:
 *
 *   waiting   until `not_before`, then the holder of the duty claims it
 *   sending   somebody's try is under way; it is over before `not_before`, whoever dies, and the message is then anyone's again
 *   sent      the service has taken it
 *   failed    the service will not have it, or a day of tries is over; a person may have it sent again
 *   skipped   there was nobody to send it to
 *
 * A claim is written behind the duty's fence and is longer than a try may take, so no two controllers send a message at once. One whose
 * controller dies between the service's answer and the row's is sent again: a mail with the same Message-ID, a webhook with
 * the same delivery id; robots cannot tell.
 */
import { randomUUID } from 'node:crypto';
import type { BlobStore } from '../blobs/blob-store.ts';
import { deleteUnnamed, noteUnnamed } from '../blobs/loose-blobs.ts';
import { parse } from '../builds/records.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { FindCredential } from '../credentials/credential.ts';
import { Repeat } from '../fleet/repeat.ts';
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Channel, SendContext, Sent } from './channels/channel.ts';
import { NotificationError, SendLater, SendRefused } from './channels/channel.ts';
import type { Channels } from './channels/registry.ts';
import { channelVia } from './channels/registry.ts';
import type { ComposeOptions } from './compose.ts';
import { composeEnded, NobodyToTell } from './compose.ts';
import type { Content } from './message.ts';

export interface NotificationSenderOptions extends ComposeOptions {
  readonly store: Store;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  readonly sealer: Sealer;
  readonly blobs: BlobStore;
  readonly channels: Channels;
  readonly credential: FindCredential;
  /** Of all installations this one: in names that are told to services. */
  readonly installation: string;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** How long one try may take. Default: a minute. */
  readonly tryMs?: number;
}

type Message = Row<'notifications'>;

const LOOK_MS = 1_000,
  FORGET_MS = 3_600_000,
  KEPT_MS = 14 * 86_400_000,
  PORTION = 500;
const TRY_MS = 60_000,
  /** A claim outlives its try by this: for clocks that differ. */
  MARGIN_MS = 20_000;
const AT_ONCE = 16,
  AT_ONCE_CHANNEL = 3;
/** After which it is given up. */
const GIVE_UP_MS = 86_400_000;
const BACK_OFF_MS = [5_000, 15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000];
const MINUTE_MS = 60_000;

export class NotificationSender {
  private readonly options: NotificationSenderOptions;
  private readonly repeats: readonly Repeat[];
  private readonly underWay = new Map<number, { readonly channel: string; readonly done: Promise<void> }>();
  /** Channels whose service has asked to wait: until when. */
  private readonly paused = new Map<string, number>();
  private stopped = false;

  constructor(options: NotificationSenderOptions) {
    this.options = options;
    const { store, onError } = options;
    this.repeats = [
      new Repeat({ store, topics: ['notification'], everyMs: LOOK_MS, run: () => this.sendDue(), onError }),
      new Repeat({ store, topics: [], everyMs: FORGET_MS, run: () => this.forget(), onError }),
    ];
  }

  /** What is under way goes on to its end, and is noted. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.repeats.map((repeat) => repeat.stop()));
    await Promise.all([...this.underWay.values()].map(({ done }) => done));
  }

  private async sendDue(): Promise<boolean> {
    const { store, now } = this.options;
    const full = new Set<string>();
    for (const [channel, until] of this.paused)
      if (until > now()) full.add(channel);
      else this.paused.delete(channel);
    while (!this.stopped) {
      const free = AT_ONCE - this.underWay.size;
      if (free <= 0) return false;
      let query = store.db
        .selectFrom('notifications')
        .selectAll()
        .where('state', 'in', ['waiting', 'sending'])
        .where('not_before', '<=', now())
        .orderBy('not_before')
        .orderBy('id')
        .limit(free);
      if (full.size > 0) query = query.where('channel', 'not in', [...full]);
      const rows = await query.execute();
      if (rows.length === 0) return false;
      for (const row of rows) {
        if (full.has(row.channel)) continue;
        if (this.underWay.has(row.id) || (await this.isFull(row.channel))) full.add(row.channel);
        else await this.claim(row);
      }
    }
    return false;
  }

  private async isFull(channel: string): Promise<boolean> {
    const { store, channels, now } = this.options;
    let here = 0;
    for (const one of this.underWay.values()) if (one.channel === channel) here++;
    if (here >= AT_ONCE_CHANNEL) return true;
    const perMinute = channels.named(channel)?.perMinute ?? null;
    if (perMinute === null) return false;
    // Of what is written, so that the next holder of the duty counts on.
    const { count } = await store.db
      .selectFrom('notifications')
      .select((e) => e.fn.countAll<number | string>().as('count'))
      .where('channel', '=', channel)
      .where('tried_at', '>', now() - MINUTE_MS)
      .executeTakeFirstOrThrow();
    return Number(count) >= perMinute;
  }

  private async claim(row: Message): Promise<void> {
    const { write, now, tryMs = TRY_MS } = this.options;
    const claim = randomUUID();
    const over = now() + tryMs + Math.min(MARGIN_MS, tryMs);
    const taken = await write(async (tx) => {
      let query = tx
        .updateTable('notifications')
        .set({ state: 'sending', claim, not_before: over, tried_at: now(), tries: row.tries + 1 })
        .where('id', '=', row.id)
        .where('state', '=', row.state)
        .where('tries', '=', row.tries);
      query = row.claim === null ? query.where('claim', 'is', null) : query.where('claim', '=', row.claim);
      return Number((await query.executeTakeFirst()).numUpdatedRows) === 1;
    });
    if (!taken || this.stopped) return;
    const done = this.try({ ...row, claim, tries: row.tries + 1 })
      .catch(this.options.onError)
      .finally(() => {
        this.underWay.delete(row.id);
        this.repeats[0]?.look();
      });
    this.underWay.set(row.id, { channel: row.channel, done });
  }

  private async try(row: Message): Promise<void> {
    const { tryMs = TRY_MS } = this.options;
    let outcome: { readonly sent: Sent } | { readonly error: Error };
    let content: Content | null = null;
    let title = row.title;
    try {
      content = parse<Content>(this.options.sealer.open(row.content));
      const channel = this.channelOf(row, content);
      if ('ended' in content) content = await composeEnded(this.options, channel, row, content.ended);
      title = content.message.title.slice(0, 500);
      outcome = { sent: await channel.send(content.message, this.contextOf(row, content, AbortSignal.timeout(tryMs))) };
    } catch (error) {
      // A mail server that is away is told in the same words as a database.
      if (!(error instanceof SendLater) && this.options.store.engine.isAway(error)) throw error;
      outcome = { error: error as Error };
    }
    await this.note(row, title, content, outcome);
  }

  private channelOf(row: Message, content: Content): Channel {
    if ('via' in content && content.via !== undefined) return channelVia(content.via);
    const found = this.options.channels.named(row.channel);
    if (found === null) throw new SendRefused(`The configuration has no channel '${row.channel}' any more`);
    return found;
  }

  private contextOf(row: Message, content: Content, signal: AbortSignal): SendContext {
    const { installation, now, credential, blobs } = this.options;
    // What a step names is its job's to use; what the configuration names, the installation's.
    const item = 'via' in content && content.via !== undefined ? row.job : null;
    return {
      id: `millrace-${installation}-${row.id}`,
      at: row.created_at,
      now,
      signal,
      credential: async (id: string) => {
        const found = await credential(id, { item, build: item === null ? null : row.number, purpose: 'notification' }).catch((error: unknown) => {
          if ((error as { code?: string }).code === 'MR_CREDENTIALS_REFUSED') throw new SendRefused((error as Error).message);
          throw error;
        });
        if (found === null) throw new SendRefused(`Could not find credentials entry with ID '${id}'`);
        return found;
      },
      blob: (key: string) => blobs.read(key),
    };
  }

  private async note(row: Message, title: string, content: Content | null, outcome: { readonly sent: Sent } | { readonly error: Error }): Promise<void> {
    const { store, now, sealer } = this.options;
    const next = 'sent' in outcome ? this.afterSent(row, content, outcome.sent) : this.afterFailure(row, outcome.error);
    // A message that was worded once stays as it is.
    const kept = next.content ?? content;
    await store.write((tx) =>
      tx
        .updateTable('notifications')
        .set({
          state: next.state,
          not_before: next.at,
          claim: null,
          title,
          error: next.error,
          ended_at: next.state === 'waiting' ? null : now(),
          ...(kept === null ? {} : { content: sealer.seal(JSON.stringify(kept)) }),
        })
        .where('id', '=', row.id)
        .where('claim', '=', row.claim)
        .execute(),
    );
  }

  private afterSent(row: Message, content: Content | null, { note, left }: Sent): Next {
    const { now } = this.options;
    const error = note ?? null;
    if (left === undefined || left.length === 0 || content === null || !('message' in content)) return { state: 'sent', at: now(), error, content: null };
    if (this.isOver(row)) return { state: 'failed', at: now(), error, content: null };
    const { message } = content;
    const narrowed = { ...content, message: { ...message, mail: message.mail === null ? null : { ...message.mail, left } } };
    return { state: 'waiting', at: now() + backOff(row.tries), error, content: narrowed };
  }

  private afterFailure(row: Message, error: Error): Next {
    const { now, onError } = this.options;
    const said = error.message;
    if (error instanceof NobodyToTell) return { state: 'skipped', at: now(), error: said, content: null };
    if (error instanceof SendRefused || error instanceof NotificationError) return { state: 'failed', at: now(), error: said, content: null };
    if (error instanceof SendLater && error.afterMs !== null) this.paused.set(row.channel, now() + error.afterMs);
    if (!(error instanceof SendLater) && !/^MR_/.test((error as { code?: string }).code ?? '')) onError(error);
    if (this.isOver(row)) return { state: 'failed', at: now(), error: `Given up after ${row.tries} tries: ${said}`, content: null };
    const after = error instanceof SendLater && error.afterMs !== null ? error.afterMs : backOff(row.tries);
    return { state: 'waiting', at: now() + after, error: said, content: null };
  }

  private isOver({ asked_at }: Message): boolean {
    return this.options.now() - asked_at >= GIVE_UP_MS;
  }

  /** Those that ended long ago, with their attachments. */
  private async forget(): Promise<boolean> {
    const { store, write, blobs, now } = this.options;
    const old = await store.db
      .selectFrom('notifications')
      .select(['id', 'blobs'])
      .where('ended_at', '<', now() - KEPT_MS)
      .orderBy('ended_at')
      .limit(PORTION)
      .execute();
    if (old.length === 0) return false;
    const keys = await write(async (tx) => {
      const gone = await tx
        .deleteFrom('notifications')
        .where(
          'id',
          'in',
          old.map((row) => row.id),
        )
        // Sent again meanwhile.
        .where('ended_at', '<', now() - KEPT_MS)
        .returning('blobs')
        .execute();
      const all = gone.flatMap((row) => parse<string[]>(row.blobs));
      await noteUnnamed(tx, all);
      return all;
    });
    await deleteUnnamed(store, blobs, keys);
    return old.length === PORTION;
  }
}

interface Next {
  readonly state: 'waiting' | 'sent' | 'failed' | 'skipped';
  readonly at: number;
  readonly error: string | null;
  readonly content: Content | null;
}

function backOff(tries: number): number {
  const base = BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length) - 1] ?? 5_000;
  return Math.round(base * (0.9 + Math.random() / 5));
}
