/** What an event in a repository means for multibranch jobs and organization folders. */

import { ownersOf, repositoryAddress } from '../scm/repository-address.ts';
import type { ScmEvent } from '../scm/scm-event.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { changeRef } from './branch-source.ts';
import { mergedTexts } from './causes.ts';
import { askForScan } from './scan-rows.ts';

export interface EventOutcome {
  /** The full name of the multibranch job or organization folder. */
  readonly item: string;
  /** `refs`: these are looked at; `scan`: all of it is; `repository`: an organization folder looks at this one; `nothing`: see `why`. */
  readonly what: 'refs' | 'scan' | 'repository' | 'nothing';
  readonly refs: readonly string[];
  readonly why: string | null;
}

/** For people who look at a delivery. */
export function toldOutcome({ what, refs, why }: EventOutcome): string {
  switch (what) {
    case 'refs':
      return `Looks at ${refs.join(', ')}`;
    case 'repository':
      return 'Looks at the repository';
    case 'scan':
      return 'Is scanned';
    case 'nothing':
      return why ?? 'Nothing';
  }
}

export interface EventServices {
  readonly store: Store;
  readonly now: () => number;
}

/** More than so many at once is told by a scan of all of it. */
const MOST_REFS = 50;
/** So many items may look at one repository. */
const MOST_ITEMS = 1_000;

/**
 * Finds the multibranch jobs and organization folders that look at the event's repository, and marks what they have to look
 * at, for the duty `branches`. It asks no server, only writes rows: some statements for each item that is concerned, none for
 * the others. What waits for the same ref already is merged with it, so that 10,000 events of one branch are one row.
 *
 * `within`: its writes belong to that transaction; whoever gives it sees to its wakes. Without it, it has one of its own. It may be called again with
 * the same event. Answers one outcome for each item concerned; none: nobody looks at that repository.
 */
export async function onScmEvent({ store, now }: EventServices, event: ScmEvent, within?: { readonly tx: Tx; readonly wakes: Wakes }): Promise<EventOutcome[]> {
  if (within === undefined) return store.write((tx, wakes) => mark(tx, wakes, event, now()));
  return mark(within.tx, within.wakes, event, now());
}

async function mark(tx: Tx, wakes: Wakes, event: ScmEvent, now: number): Promise<EventOutcome[]> {
  const addresses = [...new Set(event.urls.flatMap((url) => repositoryAddress(url) ?? []))].slice(0, 20);
  if (addresses.length === 0) return [];
  const owners = [...new Set(addresses.flatMap(ownersOf))];
  const found = await tx
    .selectFrom('scan_addresses')
    .innerJoin('items', 'items.id', 'scan_addresses.item_id')
    .select(['items.id as id', 'items.full_name as path', 'items.kind as kind', 'items.disabled as disabled', 'items.parent_id as parent'])
    .distinct()
    .where('scan_addresses.address', 'in', [...addresses, ...owners])
    .where((e) => e.or([e('scan_addresses.owner', '=', 1), e('scan_addresses.address', 'in', addresses)]))
    .orderBy('items.id')
    .limit(MOST_ITEMS)
    .execute();
  const parents = new Set(found.filter((i) => i.kind === 'multibranch').map((i) => i.parent));
  const out: EventOutcome[] = [];
  for (const { id, path, kind, disabled } of found) {
    const said = (what: EventOutcome['what'], refs: readonly string[] = [], why: string | null = null): void => {
      out.push({ item: path, what, refs, why });
    };
    if (disabled === 1) said('nothing', [], 'It is disabled');
    else if (kind === 'organization') {
      // A job in it looks at the repository itself.
      if (parents.has(id) && event.kind !== 'repository') said('nothing', [], 'Its job of this repository looks at it');
      else {
        const ref = `repository:${event.fullName ?? addresses[0]}`;
        await put(tx, id, ref, `Event in ${event.fullName ?? addresses[0]}`, now);
        said('repository', [ref]);
      }
    } else {
      const refs = refsOf(event);
      if (refs === null || refs.size > MOST_REFS) {
        await askForScan(tx, wakes, id, event.sender === null ? 'Event in the repository' : `Event in the repository by ${event.sender}`, now);
        said('scan');
      } else if (refs.size === 0) said('nothing', [], 'It is about nothing that is built');
      else {
        for (const [ref, cause] of refs) await put(tx, id, ref, cause, now);
        said('refs', [...refs.keys()]);
      }
    }
  }
  if (out.some((o) => o.what !== 'nothing')) wakes.add('scan');
  return out;
}

/** Each with its cause. Null: any ref may have changed. */
function refsOf(event: ScmEvent): Map<string, string> | null {
  if (event.change !== null) {
    const { number, action } = event.change;
    return new Map([[changeRef(number), `Pull request #${number} ${action}`]]);
  }
  if (event.kind !== 'push' || event.refs.length === 0) return null;
  const refs = new Map<string, string>();
  for (const { ref } of event.refs) {
    const m = /^refs\/(heads|tags)\/(.{1,1000})$/s.exec(ref);
    if (m !== null) refs.set(ref, `Push event to ${m[1] === 'tags' ? 'tag' : 'branch'} ${m[2]}`);
  }
  return refs;
}

async function put(tx: Tx, item: number, ref: string, cause: string, now: number): Promise<void> {
  const row = await tx.selectFrom('scan_events').select('causes').where('item_id', '=', item).where('ref', '=', ref).executeTakeFirst();
  // Newest first: it tells what the head is now.
  const causes = JSON.stringify(mergedTexts([cause], row === undefined ? [] : (JSON.parse(row.causes) as string[])));
  await tx
    .insertInto('scan_events')
    .values({ item_id: item, ref, causes, asked: 1, attempts: 0, due_at: now, created_at: now })
    .onConflict((c) => c.columns(['item_id', 'ref']).doUpdateSet((e) => ({ causes, asked: e('scan_events.asked', '+', 1), attempts: 0, due_at: now })))
    .execute();
}
