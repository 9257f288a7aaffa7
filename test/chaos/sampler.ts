/**
 * Looks at the database all the time, and holds what it sees against what may never be: a controller that writes after it was
 * declared down, a duty that moves without its fence, a build whose owner changes without its epoch, a resource with two
 * holders. It also measures how long builds of a controller that was hit had to wait for the next one.
 */
import type { Fleet } from './fleet.ts';
import { pause } from './fleet.ts';

const EVERY_MS = 60;

export interface Adoption {
  readonly cause: 'kill' | 'silence';
  readonly build: number;
  /** From the blow to the new owner, and to its first chunk; null: the build ended, or waits still. */
  ownedMs: number | null;
  flushedMs: number | null;
}

interface Watched {
  readonly adoption: Adoption;
  readonly from: string;
  readonly at: number;
  seq: number;
}

interface Owned {
  owner: string | null;
  epoch: number;
}

export class Sampler {
  readonly violations: string[] = [];
  readonly adoptions: Adoption[] = [];
  /** Largest number of rows seen. */
  readonly peaks: Record<string, number> = { work: 0, leases: 0, locks: 0 };
  samples = 0;
  private readonly fleet: Fleet;
  private readonly down = new Map<string, string>();
  private readonly duties = new Map<string, { holder: string | null; fence: number }>();
  private readonly builds = new Map<number, Owned>();
  private watched: Watched[] = [];
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(fleet: Fleet) {
    this.fleet = fleet;
  }
  start(): void {
    this.running = this.run();
  }
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  /** The controller is being hit now: its builds are watched until others have them. Called before the blow. */
  async hit(name: string): Promise<(cause: 'kill' | 'silence') => void> {
    const rows = await this.fleet.look((db) =>
      db
        .selectFrom('builds')
        .innerJoin('controllers', 'controllers.id', 'builds.owner')
        .select(['builds.id as id', 'builds.owner as owner'])
        .where('controllers.name', '=', name)
        .where('controllers.state', '=', 'up')
        .where('builds.state', '=', 'running')
        .execute(),
    );
    return (cause) => {
      for (const { id, owner } of rows) {
        const adoption: Adoption = { cause, build: id, ownedMs: null, flushedMs: null };
        this.watched.push({ adoption, from: owner as string, at: Date.now(), seq: -1 });
      }
    };
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.sample();
      this.samples++;
      await pause(EVERY_MS);
    }
  }

  private async sample(): Promise<void> {
    const { fleet } = this;
    const controllers = await fleet.look((db) => db.selectFrom('controllers').select(['id', 'name', 'state', 'seen_at', 'write_token']).execute());
    for (const { id, state, seen_at, write_token } of controllers) {
      const now = `${state} ${seen_at} ${write_token}`;
      const before = this.down.get(id);
      if (before !== undefined && before !== now) this.say(`${id} wrote after it was declared down: ${before} became ${now}`);
      if (state === 'down') this.down.set(id, now);
    }
    for (const { name, holder, fence } of await fleet.look((db) => db.selectFrom('duties').select(['name', 'holder', 'fence']).execute())) {
      const before = this.duties.get(name);
      if (before !== undefined && fence < before.fence) this.say(`the fence of ${name} went back from ${before.fence} to ${fence}`);
      if (before !== undefined && holder !== null && before.holder !== holder && fence === before.fence)
        this.say(`${name} went from ${before.holder} to ${holder} under the same fence`);
      this.duties.set(name, { holder, fence });
    }
    await this.lookAtBuilds();
    await this.lookAtHolders();
  }

  private async lookAtBuilds(): Promise<void> {
    const at = Date.now();
    const rows = await this.fleet.look((db) => db.selectFrom('builds').select(['id', 'owner', 'epoch']).where('state', '=', 'running').execute());
    const running = new Map(rows.map((r) => [r.id, r]));
    for (const { id, owner, epoch } of rows) {
      const before = this.builds.get(id);
      if (before !== undefined && epoch < before.epoch) this.say(`build ${id} went back from epoch ${before.epoch} to ${epoch}`);
      if (before !== undefined && epoch === before.epoch && owner !== null && before.owner !== owner)
        this.say(`build ${id} went from ${before.owner} to ${owner} in epoch ${epoch}`);
      this.builds.set(id, { owner, epoch });
    }
    for (const one of this.watched) await this.follow(one, running.get(one.adoption.build) ?? null, at);
    for (const { adoption } of this.watched.filter((w) => w.seq === -2)) this.adoptions.push(adoption);
    this.watched = this.watched.filter((w) => w.seq !== -2);
  }

  /** `seq`: -1 before it has a new owner, -2 when all is known, else the last chunk of the old one. */
  private async follow(one: Watched, row: Owned | null, at: number): Promise<void> {
    const { adoption, from } = one;
    if (row === null) {
      one.seq = -2;
      return;
    }
    if (one.seq === -1) {
      if (row.owner === null || row.owner === from) return;
      adoption.ownedMs = at - one.at;
      one.seq = (await this.lastSeq(adoption.build)) ?? 0;
      return;
    }
    if (((await this.lastSeq(adoption.build)) ?? 0) <= one.seq) return;
    adoption.flushedMs = Date.now() - one.at;
    one.seq = -2;
  }
  private async lastSeq(build: number): Promise<number | null> {
    const row = await this.fleet.look((db) =>
      db
        .selectFrom('build_chunks')
        .select((e) => e.fn.max('seq').as('seq'))
        .where('build_id', '=', build)
        .executeTakeFirst(),
    );
    return row?.seq ?? null;
  }

  private async lookAtHolders(): Promise<void> {
    const { leases, locks, nodes, work } = await this.fleet.look(async (db) => ({
      leases: await db.selectFrom('leases').select(['id', 'state', 'node_id', 'executor']).execute(),
      locks: await db.selectFrom('locks').select(['id', 'state', 'resources']).execute(),
      nodes: await db.selectFrom('nodes').select(['id', 'executors']).execute(),
      work: await db.selectFrom('work').select('id').execute(),
    }));
    for (const [name, rows] of Object.entries({ leases, locks, work })) this.peaks[name] = Math.max(this.peaks[name] ?? 0, rows.length);
    const executors = new Map(nodes.map((n) => [n.id, n.executors]));
    const held = new Map<string, string>();
    const hold = (thing: string, by: string): void => {
      const other = held.get(thing);
      if (other !== undefined) this.say(`${thing} is held by ${other} and by ${by}`);
      held.set(thing, by);
    };
    for (const { id, state, node_id, executor } of leases) {
      if (state !== 'held') continue;
      hold(`executor ${node_id}/${executor}`, id);
      if ((executor as number) >= (executors.get(node_id as number) ?? 0)) this.say(`${id} holds executor ${executor} of node ${node_id}, which has fewer`);
    }
    for (const { id, state, resources } of locks) if (state === 'held') for (const name of JSON.parse(resources) as string[]) hold(`resource ${name}`, id);
  }

  private say(violation: string): void {
    if (this.violations.length < 50 && !this.violations.includes(violation)) this.violations.push(violation);
  }
}
