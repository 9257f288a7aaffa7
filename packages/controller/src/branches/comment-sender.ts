/**
 * Of the duty `statuses`: sends the comments that builds write to merge requests. A row goes when its forge has the
 * comment. `open` is written down before each request: after a crash or a lost answer it is asked first whether the comment is
 * there, by a mark that readers do not see, so that none comes twice. What a forge does not take is given up after a day.
 */
import { parse } from '../builds/records.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { StatusTarget } from './build-place.ts';
import { DueRows, failureOf, GIVEN_UP_MS, nextTry } from './due-rows.ts';
import type { MergeRequests } from './forges/forge.ts';
import { ForgeError } from './forges/forge-error.ts';

export interface CommentSenderOptions {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  readonly requests: (target: StatusTarget) => Promise<MergeRequests | null>;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

type Comment = Row<'merge_comments'>;

export class CommentSender {
  private readonly options: CommentSenderOptions;
  private readonly due: DueRows<'merge_comments'>;

  constructor(options: CommentSenderOptions) {
    this.options = options;
    const { store, now, onError } = options;
    this.due = new DueRows({ store, table: 'merge_comments', topic: 'comment', now, one: (row) => this.one(row), onError });
  }
  stop(): Promise<void> {
    return this.due.stop();
  }

  private async one(row: Comment): Promise<void> {
    const { write, now } = this.options;
    let failure: ReturnType<typeof failureOf> | null = null;
    try {
      await this.sent(row);
    } catch (error) {
      failure = failureOf(error);
    }
    if (this.due.stopped) return;
    await write(async (tx) => {
      if (failure === null || row.created_at < now() - GIVEN_UP_MS) {
        await tx.deleteFrom('merge_comments').where('build_id', '=', row.build_id).where('ask_id', '=', row.ask_id).execute();
        return;
      }
      await tx
        .updateTable('merge_comments')
        .set({ attempts: row.attempts + 1, due_at: nextTry(row.attempts, now(), failure.retryAt), failure: failure.text })
        .where('build_id', '=', row.build_id)
        .where('ask_id', '=', row.ask_id)
        .execute();
    });
  }

  private async sent({ target, number, mark, body, open, build_id, ask_id }: Comment): Promise<void> {
    const requests = await this.options.requests(parse<StatusTarget>(target));
    if (requests === null) throw new ForgeError('MR_FORGE_UNKNOWN', 'the forge has no merge requests');
    const hidden = `<!-- millrace ${mark} -->`;
    if (open === 1 && (await requests.hasComment(number, hidden))) return;
    if (open === 0)
      await this.options.write((tx) =>
        tx.updateTable('merge_comments').set({ open: 1 }).where('build_id', '=', build_id).where('ask_id', '=', ask_id).execute(),
      );
    await requests.comment(number, `${body}\n\n${hidden}`);
  }
}
