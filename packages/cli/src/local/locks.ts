/**
 * The locks of one build: other branches hold them, or nobody does. Who holds what is kept in a file, so that a resumed
 * build does not give a lock twice.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { AnswerOf, RequestOf } from '@millrace/pipeline';
import type { HandlerContext } from './handler.ts';

type Request = RequestOf<'lock'>;
interface Waiting {
  readonly id: string;
  readonly resources: readonly string[];
  readonly priority: number;
  readonly inverse: boolean;
  readonly done: (answer: AnswerOf<'lock'>) => void;
}

export class Locks {
  private readonly file: string | null;
  /** Resource → the ask that holds it. */
  private readonly held = new Map<string, string>();
  private waiting: Waiting[] = [];

  constructor(file: string | null = null) {
    this.file = file;
    if (file !== null && existsSync(file))
      for (const [resource, id] of JSON.parse(readFileSync(file, 'utf8')) as [string, string][]) this.held.set(resource, id);
  }

  acquire(request: Request, cx: HandlerContext): Promise<AnswerOf<'lock'>> {
    const { id } = cx.ask;
    const resources = wanted(request);
    // Nobody declares resources here: each is made for the time that it is locked.
    for (const one of [request, ...(request.extra as unknown as readonly Request[])]) {
      const name = one.resource ?? null;
      const holder = name === null ? undefined : this.held.get(name);
      if (name !== null && (holder === undefined || holder === id)) cx.print(`Resource [${name}] did not exist. Created.\n`);
    }
    if (this.areFree(resources, id)) {
      this.hold(resources, id);
      return Promise.resolve({ acquired: true, resources });
    }
    if (request.skip) return Promise.resolve({ acquired: false, resources: [] });
    cx.print(`[${request.name ?? `Resource: ${resources.join(', ')}`}] is not free, waiting for execution ...\n`);
    return new Promise((done) => {
      this.waiting.push({ id, resources, priority: request.priority, inverse: request.inverse, done });
      cx.onCancel(() => {
        this.waiting = this.waiting.filter((w) => w.id !== id);
      });
    });
  }

  release(id: string): void {
    for (const [resource, holder] of this.held) if (holder === id) this.held.delete(resource);
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const chosen = next;
      this.waiting = this.waiting.filter((w) => w !== chosen);
      this.hold(chosen.resources, chosen.id);
      chosen.done({ acquired: true, resources: chosen.resources });
    }
    this.save();
  }

  /** Of those whose resources are free the one with the highest priority: the first that came, or where it wants that, the last. */
  private next(): Waiting | undefined {
    const ready = this.waiting.filter((w) => this.areFree(w.resources, w.id));
    const top = Math.max(...ready.map((w) => w.priority));
    const best = ready.filter((w) => w.priority === top);
    return best[0]?.inverse === true ? best.at(-1) : best[0];
  }
  private areFree(resources: readonly string[], id: string): boolean {
    return resources.every((r) => !this.held.has(r) || this.held.get(r) === id);
  }
  private hold(resources: readonly string[], id: string): void {
    for (const resource of resources) this.held.set(resource, id);
    this.save();
  }
  private save(): void {
    if (this.file === null) return;
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.held]));
    renameSync(`${this.file}.new`, this.file);
  }
}

/** Without a server there is no list of resources with labels: the label is the resource. */
function wanted(request: Request): string[] {
  const all = [request, ...(request.extra as unknown as readonly Request[])].map((one) => one.resource ?? one.label);
  return [...new Set(all.filter((name): name is string => name !== null && name !== undefined))];
}
