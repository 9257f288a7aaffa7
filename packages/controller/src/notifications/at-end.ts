/**
 * What job settings say about the end of a build: rows of the outbox in the transaction of that end. The rules of the job come before
 * those of the folders around it: for each channel the nearest holds.
 */
import type { NotificationRule } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { Channels } from './channels/registry.ts';
import type { BuildEvent } from './message.ts';
import { putNotification } from './outbox.ts';
import { isProvider } from './recipients.ts';
import { WORDS } from './words.ts';

export interface AtEndOptions {
  readonly sealer: Sealer;
  readonly channels: Channels;
  readonly now: () => number;
}

/** As folders may be nested. */
const DEEPEST = 50;
/** What says how a job stands; aborted builds say nothing about it. */
const STANDS = ['SUCCESS', 'UNSTABLE', 'FAILURE'];

export async function notifyEnd(tx: Tx, wakes: Wakes, { sealer, channels, now }: AtEndOptions, row: Row<'builds'>, result: string): Promise<void> {
  if (row.number === null) return;
  const rules = await rulesOf(tx, row.item_id);
  if (rules.length === 0) return;
  const previous = await previousResult(tx, row.item_id, row.number);
  const event = eventOf(result, previous);
  for (const rule of rules) {
    if (!concerns(rule, result, previous)) continue;
    const channel = channels.named(rule.channel);
    const words = WORDS[channel?.language ?? 'en'];
    const to = rule.to.length > 0 ? rule.to.join(', ') : '';
    await putNotification(tx, wakes, sealer, now(), {
      key: `end ${row.id} ${rule.channel}`,
      channel: rule.channel,
      kind: channel?.kind ?? 'unknown',
      target: to,
      title: `${words.events[event]}${words.colon}${row.job} #${row.number}`,
      build: { job: row.job, id: row.id, number: row.number },
      content: { ended: { build: row.id, event, previous, to: rule.to } },
    });
  }
}

export async function rulesOf(tx: Tx, item: number): Promise<NotificationRule[]> {
  const found = new Map<string, NotificationRule>();
  let at: number | null = item;
  for (let depth = 0; at !== null && depth < DEEPEST; depth++) {
    const row: { config: string; parent_id: number | null } | undefined = await tx
      .selectFrom('items')
      .select(['config', 'parent_id'])
      .where('id', '=', at)
      .executeTakeFirst();
    if (row === undefined) break;
    // An item of an older version says nothing of them.
    const own = parse<{ notifications?: readonly NotificationRule[] }>(row.config).notifications ?? [];
    for (const rule of own) if (!found.has(rule.channel)) found.set(rule.channel, rule);
    at = row.parent_id;
  }
  return [...found.values()];
}

export async function previousResult(tx: Tx, item: number, number: number): Promise<string | null> {
  const row = await tx
    .selectFrom('builds')
    .select('result')
    .where('item_id', '=', item)
    .where('number', '<', number)
    .where('result', 'in', STANDS)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.result ?? null;
}

export function eventOf(result: string, previous: string | null): Exclude<BuildEvent['event'], 'test' | 'message'> {
  switch (result) {
    case 'SUCCESS':
      return previous !== null && previous !== 'SUCCESS' ? 'fixed' : 'success';
    case 'UNSTABLE':
      return 'unstable';
    case 'ABORTED':
      return 'aborted';
    case 'NOT_BUILT':
      return 'notBuilt';
    default:
      return 'failure';
  }
}

/** `changed`: it stands otherwise than before; a job that has never run is taken for a good one. */
export function concerns({ on }: Pick<NotificationRule, 'on'>, result: string, previous: string | null): boolean {
  const event = eventOf(result, previous);
  return on.some((word) => {
    switch (word) {
      case 'always':
        return true;
      case 'changed':
        return STANDS.includes(result) && result !== (previous ?? 'SUCCESS');
      case 'success':
        return event === 'success' || event === 'fixed';
      default:
        return word === event;
    }
  });
}

/** What is wrong with a rule's recipients; null: nothing. */
export function recipientProblem(to: string): string | null {
  return isProvider(to) || (to.trim() !== '' && !/[\r\n\0]/.test(to)) ? null : 'names nobody';
}
