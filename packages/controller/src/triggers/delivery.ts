/**
 * A delivery: a request that tells of something, from a forge or whoever. It is a row before it is answered; the duty `triggers`
 * finds out what it starts (handle-deliveries.ts), once, however often it is sent.
 */
import type { ScmEvent } from '../scm/scm-event.ts';
import type { Store } from '../store/store.ts';
import type { GitLabEvent } from './gitlab-payload.ts';

export type Delivered =
  /** `job`: it is for this one alone. `hash`: of the token that came with it. */
  | { readonly kind: 'scm'; readonly event: ScmEvent; readonly job: string | null; readonly hash: string | null; readonly gitlab?: GitLabEvent }
  /** What only triggers `gitlab` wait for: a comment, an approval. */
  | { readonly kind: 'gitlab'; readonly gitlab: GitLabEvent; readonly urls: readonly string[]; readonly job: string | null; readonly hash: string | null }
  | {
      readonly kind: 'generic';
      readonly hash: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly query: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'nothing'; readonly why: string };

export interface NewDelivery {
  readonly provider: string;
  /** The sender's own name of it; null: it gives none. */
  readonly key: string | null;
  /** What the sender calls it. */
  readonly name: string;
  readonly address: string | null;
  readonly body: string;
  readonly delivered: Delivered;
}

/** Of what was understood already only the beginning is kept, to be looked at. */
const KEPT_BODY = 65_536;

/** `known`: it had come before. */
export async function acceptDelivery(store: Store, now: number, given: NewDelivery): Promise<{ readonly id: number; readonly known: boolean }> {
  const { provider, key, name, address, body, delivered } = given;
  const isDone = delivered.kind === 'nothing';
  return store.write(async (tx, wakes) => {
    const made = await tx
      .insertInto('deliveries')
      .values({
        provider,
        key,
        at: now,
        address,
        name: name.slice(0, 200),
        repository: repositoryOf(delivered),
        event: JSON.stringify(delivered),
        body: delivered.kind === 'generic' ? body : body.slice(0, KEPT_BODY),
        state: isDone ? 'handled' : 'received',
        at_job: 0,
        not_before: now,
        tries: 0,
        outcomes: isDone ? JSON.stringify([{ item: '', queue: null, what: delivered.why }]) : '[]',
        handled_at: isDone ? now : null,
      })
      .onConflict((c) => c.columns(['provider', 'key']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made === undefined) {
      const known = await tx.selectFrom('deliveries').select('id').where('provider', '=', provider).where('key', '=', key).executeTakeFirstOrThrow();
      return { id: known.id, known: true };
    }
    if (!isDone) wakes.add('delivery');
    return { id: made.id, known: false };
  });
}

function repositoryOf(delivered: Delivered): string | null {
  switch (delivered.kind) {
    case 'scm':
      return delivered.event.fullName ?? delivered.event.urls[0] ?? null;
    case 'gitlab':
      return delivered.urls[0] ?? null;
    default:
      return null;
  }
}
