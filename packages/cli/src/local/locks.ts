/** The locks of one build: other branches hold them, or nobody does. */
import type { AnswerOf, RequestOf } from '@millrace/pipeline';
import type { HandlerContext } from './handler.ts';

type Request = RequestOf<'lock'>;
interface Waiting {
  readonly id: string;
  readonly resource: string;
  readonly priority: number;
  readonly inverse: boolean;
  readonly done: (answer: AnswerOf<'lock'>) => void;
}

export class Locks {
  /** Resource → the ask that holds it. */
  private readonly held = new Map<string, string>();
  private waiting: Waiting[] = [];

  acquire(request: Request, cx: HandlerContext): Promise<AnswerOf<'lock'>> {
    // Without a server there is no list of resources with labels: the label is the resource.
    const resource = request.resource ?? request.label ?? '';
    const { id } = cx.ask;
    if (!this.held.has(resource)) {
      this.held.set(resource, id);
      return Promise.resolve({ acquired: true, resources: [resource] });
    }
    if (request.skip) return Promise.resolve({ acquired: false, resources: [] });
    cx.print(`[Resource: ${resource}] is not free, waiting for execution ...\n`);
    return new Promise((done) => {
      this.waiting.push({ id, resource, priority: request.priority, inverse: request.inverse, done });
      cx.onCancel(() => {
        this.waiting = this.waiting.filter((w) => w.id !== id);
      });
    });
  }

  release(id: string): void {
    for (const [resource, holder] of this.held) {
      if (holder !== id) continue;
      this.held.delete(resource);
      const line = this.waiting.filter((w) => w.resource === resource);
      const top = Math.max(...line.map((w) => w.priority));
      const best = line.filter((w) => w.priority === top);
      const next = best[0]?.inverse === true ? best.at(-1) : best[0];
      if (next === undefined) continue;
      this.waiting = this.waiting.filter((w) => w !== next);
      this.held.set(resource, next.id);
      next.done({ acquired: true, resources: [resource] });
    }
  }
}
