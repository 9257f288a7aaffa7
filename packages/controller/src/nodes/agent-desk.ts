/**
 * The server's side of the agent API (packages/protocol/src/agent/wire.ts tells the exchange), without HTTP: any controller
 * serves any agent. What an agent has to do is rows in `work`, each marked with the disk of the agent that it was made for. A
 * task that an agent with the same disk does not know of has not begun; with another disk it is lost, and never starts twice.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Cancel, ConnectAnswer, ConnectRequest, NodeSettings, PollAnswer, PollRequest, Work, WorkResult } from '@millrace/protocol';
import { AGENT_PROTOCOL } from '@millrace/protocol';
import { parseAskKey } from '../builds/ask-context.ts';
import { wakeAsk } from '../builds/asks/wake-ask.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import { pause } from '../pause.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { AgentError } from './agent-error.ts';
import { SeenNodes } from './seen-nodes.ts';

/** How long an agent's poll waits; after `GONE_MS` without one it counts as offline, and another process may take its name. */
export const POLL_SECONDS = 20;
export const GONE_MS = 50_000;
/** How old `seen_at` may get before a poll writes it anew. */
const SEEN_MS = 8_000;

export interface AgentDeskOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly random: () => string;
  readonly now: () => number;
  /** Passes a task's result to its build where that runs here: see RunningBuild.result. */
  readonly deliver: (
    node: Row<'nodes'>,
    id: string,
    build: number,
    ask: string,
    tail: { readonly from: number; readonly to: number; readonly text: string } | null,
    result: { readonly exit: number; readonly stdout?: string | undefined },
  ) => Promise<boolean | number>;
  /** Output for a build, wherever it runs: see AgentRoutesOptions. */
  readonly output: (work: Row<'work'>, from: number, to: number, text: string) => Promise<number | null | 'later'>;
  /** The durable cursor of a work's output, from the build that runs it; null where it is not known here. */
  readonly cursorOf: (build: number, ask: string) => Promise<number | null>;
  readonly onError: (error: unknown) => void;
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export class AgentDesk {
  private readonly options: AgentDeskOptions;
  private readonly polls = new Map<number, Set<() => void>>();
  private readonly off: () => void;
  private readonly heard: SeenNodes;
  /** Of nodes that have polled here: by name, so that a poll is woken before it has read its node. */
  private readonly ids = new Map<string, number>();
  private closed = false;

  constructor(options: AgentDeskOptions) {
    this.options = options;
    this.heard = new SeenNodes(options);
    this.off = options.store.wakes.on('work', (topic) => {
      if (topic === '*') for (const set of this.polls.values()) for (const wake of set) wake();
      else for (const wake of this.polls.get(Number(topic.slice('work '.length))) ?? []) wake();
    });
  }
  /** Answers what waits. */
  async close(): Promise<void> {
    this.closed = true;
    this.off();
    for (const set of this.polls.values()) for (const wake of set) wake();
    await this.heard.write();
  }

  /** Whose secret it is. Throws 401. */
  async authenticate(name: string, secret: string): Promise<Row<'nodes'>> {
    const node = await this.options.store.db.selectFrom('nodes').selectAll().where('name', '=', name).executeTakeFirst();
    const given = Buffer.from(hashSecret(secret), 'hex'),
      wanted = Buffer.from(node?.secret_hash ?? hashSecret(''), 'hex');
    if (node === undefined || given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AgentError('MR_AGENT_SECRET', 401);
    return node;
  }

  async connect(node: Row<'nodes'>, request: ConnectRequest): Promise<ConnectAnswer> {
    if (request.protocol > AGENT_PROTOCOL || request.protocol < AGENT_PROTOCOL - 1)
      throw new AgentError('MR_AGENT_PROTOCOL', 426, `this server speaks ${AGENT_PROTOCOL}`);
    const { store, now, random } = this.options;
    const session = await store.write(async (tx, wakes) => {
      const row = await tx.selectFrom('nodes').selectAll().where('id', '=', node.id).executeTakeFirst();
      if (row === undefined) throw new AgentError('MR_AGENT_SECRET', 401);
      const known = row.instance === null || row.instance === request.instance || row.session === null || isSuccessor(row, request);
      if (!known && now() - (row.seen_at ?? 0) < GONE_MS) throw new AgentError('MR_AGENT_CONNECTED', 409);
      const made = random();
      await tx
        .updateTable('nodes')
        .set({
          instance: request.instance,
          session: made,
          seen_at: now(),
          connected_at: now(),
          disconnected: null,
          facts: JSON.stringify({ ...request.facts, version: request.version }),
          // What the agent itself says counts where the node's definition leaves it open.
          ...(request.labels !== undefined && row.labels === '[]' ? { labels: JSON.stringify(request.labels) } : {}),
          ...(request.executors !== undefined && row.executors === 0 ? { executors: request.executors } : {}),
        })
        .where('id', '=', node.id)
        .execute();
      wakes.add('queue');
      wakes.add(`node ${node.id}`);
      return made;
    });
    const row = await store.db.selectFrom('nodes').selectAll().where('id', '=', node.id).executeTakeFirstOrThrow();
    return { session, settings: settingsOf(row), serverTime: now() };
  }

  /**
   * Answers at once where there is something to say, else when there is, else after `POLL_SECONDS`: then without another look,
   * since whatever there is to say would have woken it, and the next poll looks. Throws 401 as `authenticate` does.
   */
  async poll(name: string, secret: string, request: PollRequest, signal: AbortSignal): Promise<PollAnswer> {
    const { now } = this.options;
    const until = now() + POLL_SECONDS * 1_000;
    const id = this.ids.get(name) ?? (await this.authenticate(name, secret)).id;
    for (let first = true; ; first = false) {
      let wake = (): void => undefined;
      const woken = new Promise<'woken'>((resolve) => {
        wake = () => {
          resolve('woken');
        };
      });
      const set = this.polls.get(id) ?? new Set();
      this.polls.set(id, set.add(wake));
      try {
        // Read after it can be woken, so that nothing is missed in between.
        const node = await (first ? this.authenticate(name, secret) : this.node(id));
        if (node === null || node.id !== id) {
          this.ids.delete(name);
          if (!first) return { work: [], cancel: [], forget: [], end: 'deleted' };
          // Another node has the name now.
          return await this.poll(name, secret, request, signal);
        }
        if (first) this.ids.set(name, id);
        const answer = await this.answer(node, request, first);
        if (!isEmpty(answer) || signal.aborted || this.closed) return answer;
        if ((await Promise.race([woken, pause(until - now(), signal)])) !== 'woken') return answer;
      } finally {
        set.delete(wake);
        if (set.size === 0) this.polls.delete(id);
      }
    }
  }

  /**
   * Keeps an agent's result, and its last piece of output before it. False: nobody wants it; a number: how much of the output
   * is durable, go on there; 'later': the build is being taken over.
   */
  async result(node: Row<'nodes'>, id: string, { tail, ...result }: WorkResult): Promise<boolean | number | 'later'> {
    const { store, sealer, deliver, output } = this.options;
    // Where the build runs here, its journal is told at once and no row is needed in between.
    const key = parseAskKey(id);
    const delivered = key !== null && 'exit' in result && (await deliver(node, id, key.build, key.ask, tail ?? null, result));
    if (delivered !== false) return delivered;
    if (tail !== undefined) {
      const work = await this.openWork(node, id);
      const cursor = work === null ? null : await output(work, tail.from, tail.to, tail.text);
      if (cursor === null) return false;
      if (cursor === 'later' || cursor < tail.to) return cursor;
    }
    const sealed = sealer.seal(JSON.stringify(result));
    return store.write(async (tx, wakes) => {
      const row = await tx
        .selectFrom('work')
        .select(['build_id', 'ask_id', 'kind', 'result', 'cancel'])
        .where('id', '=', id)
        .where('node_id', '=', node.id)
        .executeTakeFirst();
      if (row === undefined) return false;
      const build = await tx.selectFrom('builds').select('state').where('id', '=', row.build_id).executeTakeFirst();
      if (row.kind === 'lease.end' || build?.state !== 'running' || row.cancel === 'killed') {
        await tx.deleteFrom('work').where('id', '=', id).execute();
        return true;
      }
      if (row.result !== null) return true;
      await keepResult(tx, wakes, { id, build: row.build_id, ask: row.ask_id }, sealed);
      return true;
    });
  }

  /** The open work of that id on that node. */
  async openWork(node: Row<'nodes'>, id: string): Promise<Row<'work'> | null> {
    const row = await this.options.store.db.selectFrom('work').selectAll().where('id', '=', id).where('node_id', '=', node.id).executeTakeFirst();
    return row === undefined || row.result !== null || row.cancel === 'killed' ? null : row;
  }

  private async node(id: number): Promise<Row<'nodes'> | null> {
    return (await this.options.store.db.selectFrom('nodes').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
  }

  private async answer(node: Row<'nodes'>, request: PollRequest, first: boolean): Promise<PollAnswer> {
    const { store } = this.options;
    if (node.session !== request.session) throw node.session === null ? new AgentError('MR_AGENT_SESSION', 401) : new AgentError('MR_AGENT_CONNECTED', 409);
    if (node.disconnected !== null) {
      await this.endSession(node);
      return { work: [], cancel: [], forget: [], end: 'disconnect' };
    }
    if (first) await this.seen(node, request);
    const rows = await store.db.selectFrom('work').selectAll().where('node_id', '=', node.id).where('result', 'is', null).execute();
    const have = new Set(request.have),
      found = new Set(request.found ?? []);
    const known = new Map(rows.map((r) => [r.id, r]));
    const { disk = node.instance } = JSON.parse(node.facts) as { disk?: string };
    const cancel: Cancel[] = [];
    const forget = [...have, ...found].filter((id) => !known.has(id));
    const fresh: Row<'work'>[] = [];
    const lost: Row<'work'>[] = [];
    for (const row of rows) {
      if (have.has(row.id)) {
        if (row.cancel === 'interrupted' || row.cancel === 'killed') cancel.push({ id: row.id, reason: row.cancel });
      } else if (row.kind === 'task' && row.taken_by !== null && row.taken_by !== disk && !found.has(row.id)) lost.push(row);
      else if (row.cancel === 'killed' && !found.has(row.id)) lost.push(row);
      else fresh.push(row);
    }
    if (lost.length > 0) await this.tellLost(lost);
    const work = await this.handOver(fresh);
    return { work, cancel, forget: await this.reallyGone(forget), ...(first ? { settings: settingsOf(node) } : {}) };
  }

  private handOver(rows: readonly Row<'work'>[]): Promise<Work[]> {
    const { sealer, cursorOf } = this.options;
    return Promise.all(
      rows.map(async (row) => {
        const key = parseAskKey(row.id);
        const cursor = key === null || row.ask_id === '' ? 0 : await cursorOf(key.build, key.ask);
        return { id: row.id, kind: row.kind, request: JSON.parse(sealer.open(row.request)) as unknown, cursor: cursor ?? 0 };
      }),
    );
  }

  /** A process that has it no more, or never began what nobody wants. */
  private async tellLost(rows: readonly Row<'work'>[]): Promise<void> {
    const result = this.options.sealer.seal(JSON.stringify({ exit: -1, lost: true } satisfies WorkResult));
    await this.options.store.write(async (tx, wakes) => {
      for (const row of rows) await keepResult(tx, wakes, { id: row.id, build: row.build_id, ask: row.ask_id }, result);
    });
  }

  /** A row may have been answered, and its result not be acknowledged: then the agent sends it again and is told. */
  private async reallyGone(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.options.store.db
      .selectFrom('work')
      .select('id')
      .where('id', 'in', [...ids])
      .execute();
    const there = new Set(rows.map((r) => r.id));
    return ids.filter((id) => !there.has(id));
  }

  private async seen(node: Row<'nodes'>, request: PollRequest): Promise<void> {
    const { store, now } = this.options;
    const at = now();
    const monitors = request.monitors === undefined ? null : JSON.stringify({ ...request.monitors, at });
    if (at - (node.seen_at ?? 0) < SEEN_MS && monitors === null) return;
    if (at - (node.seen_at ?? 0) <= GONE_MS) {
      this.heard.add(node.id, at, monitors);
      return;
    }
    await store.write(async (tx, wakes) => {
      await tx
        .updateTable('nodes')
        .set({ seen_at: at, ...(monitors === null ? {} : { monitors }) })
        .where('id', '=', node.id)
        .execute();
      wakes.add('queue');
      wakes.add(`node ${node.id}`);
    });
  }

  private async endSession(node: Row<'nodes'>): Promise<void> {
    await this.options.store.write((tx, wakes) => forgetSession(tx, wakes, node.id));
  }
}

function isEmpty({ work, cancel, forget, end }: PollAnswer): boolean {
  return work.length === 0 && cancel.length === 0 && forget.length === 0 && end === undefined;
}

/** A root lets one agent in at a time (the agent's root-lock.ts): who comes from the same one follows a process that is gone. */
function isSuccessor(row: Row<'nodes'>, { facts }: ConnectRequest): boolean {
  const before = JSON.parse(row.facts) as Partial<ConnectRequest['facts']>;
  return facts.os === 'linux' && facts.disk !== undefined && facts.disk === before.disk && facts.hostname === before.hostname;
}

/** Where the build has ended meanwhile, or wants it no more, the work is gone with its result. */
async function keepResult(
  tx: Tx,
  wakes: Wakes,
  { id, build, ask }: { readonly id: string; readonly build: number; readonly ask: string },
  result: string,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('work')
    .set({ result })
    .where('id', '=', id)
    .where('result', 'is', null)
    .where((e) => e.or([e('cancel', 'is', null), e('cancel', '<>', 'killed')]))
    .executeTakeFirst();
  if (Number(numUpdatedRows) > 0) await wakeAsk(tx, wakes, build, ask);
  else await tx.deleteFrom('work').where('id', '=', id).where('cancel', '=', 'killed').execute();
}

async function forgetSession(tx: Tx, wakes: { add(topic: string): void }, id: number): Promise<void> {
  await tx.updateTable('nodes').set({ session: null, instance: null }).where('id', '=', id).execute();
  wakes.add('queue');
  wakes.add(`node ${id}`);
}

export function settingsOf(node: Row<'nodes'>): NodeSettings {
  return {
    name: node.name,
    labels: JSON.parse(node.labels) as string[],
    executors: node.executors,
    env: JSON.parse(node.env) as Record<string, string>,
    pollSeconds: POLL_SECONDS,
  };
}
