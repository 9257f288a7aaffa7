/**
 * Output of a task goes to the controller that runs its build: here, or over HTTP to the one that owns it. Between
 * controllers a request is signed with a key that all of them have.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { parseAskKey } from '../builds/ask-context.ts';
import type { BuildOwner } from '../builds/build-owner.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

const PATH = '/internal/v1/output';
const HEADER = 'x-millrace-fleet';
const PATIENCE_MS = 10_000;

export interface OwnerOutputOptions {
  readonly store: Store;
  readonly owner: BuildOwner;
  readonly self: () => string;
  readonly key: Uint8Array;
}

export class OwnerOutput {
  private readonly options: OwnerOutputOptions;
  private readonly token: string;
  /** Where owners are: looked up anew when a request fails. */
  private readonly urls = new Map<string, string>();

  constructor(options: OwnerOutputOptions) {
    this.options = options;
    this.token = createHmac('sha256', options.key).update('millrace fleet').digest('base64url');
  }

  /** The durable cursor; null: nobody wants it; 'later': its owner is not there now. */
  async deliver(work: Pick<Row<'work'>, 'id' | 'build_id'>, from: number, to: number, text: string): Promise<number | null | 'later'> {
    const ask = parseAskKey(work.id)?.ask ?? '';
    const { store, owner, self } = this.options;
    const here = owner.running(work.build_id);
    if (here !== null) return (await here.output(ask, from, to, text)) ?? 'later';
    const build = await store.db.selectFrom('builds').select(['state', 'owner']).where('id', '=', work.build_id).executeTakeFirst();
    if (build?.state !== 'running') return null;
    if (build.owner === null || build.owner === self()) return 'later';
    return this.forward(build.owner, { id: work.id, build_id: work.build_id, from, to, text });
  }

  async cursorOf(build: number, ask: string): Promise<number> {
    const rows = await this.options.store.db
      .selectFrom('build_chunks')
      .select('records')
      .where('build_id', '=', build)
      .where('records', 'like', `%"ask":"${ask}"%`)
      .orderBy('seq', 'desc')
      .limit(1)
      .execute();
    let cursor = 0;
    for (const { records } of rows)
      for (const piece of (JSON.parse(records) as { pieces: { ask?: string; cursor?: number }[] }).pieces)
        if (piece.ask === ask) cursor = Math.max(cursor, piece.cursor ?? 0);
    return cursor;
  }

  routes(app: FastifyInstance): void {
    app.post(PATH, { bodyLimit: 8 << 20 }, async (request, reply) => {
      const given = Buffer.from(String(request.headers[HEADER] ?? '')),
        wanted = Buffer.from(this.token);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
        return reply.code(403).send({ code: 'MR_FLEET_TOKEN', message: 'not a controller of this fleet' });
      const { id, build_id, from, to, text } = request.body as { id: string; build_id: number; from: number; to: number; text: string };
      const here = this.options.owner.running(build_id);
      const cursor = here === null ? 'later' : ((await here.output(parseAskKey(id)?.ask ?? '', from, to, text)) ?? 'later');
      return { cursor };
    });
  }

  private async forward(owner: string, body: { id: string; build_id: number; from: number; to: number; text: string }): Promise<number | null | 'later'> {
    const url = this.urls.get(owner) ?? (await this.urlOf(owner));
    if (url === null) return 'later';
    try {
      const response = await fetch(`${url.replace(/\/$/, '')}${PATH}`, {
        method: 'POST',
        headers: { [HEADER]: this.token, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return ((await response.json()) as { cursor: number | 'later' }).cursor;
    } catch {
      // It is dead, or cut off: the agent comes again, when the build may have another owner.
      this.urls.delete(owner);
      return 'later';
    }
  }
  private async urlOf(owner: string): Promise<string | null> {
    const row = await this.options.store.db.selectFrom('controllers').select(['url', 'state']).where('id', '=', owner).executeTakeFirst();
    if (row?.url == null || row.state === 'down') return null;
    this.urls.set(owner, row.url);
    return row.url;
  }
}
