/** The stream of builds: triggers them, and does to them what people do. */
import type { Fleet } from './fleet.ts';
import { pause } from './fleet.ts';
import type { Kind } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type { Random } from './random.ts';

export interface Triggered {
  readonly kind: Kind;
  readonly token: string;
  /** Null: nobody said whether it was accepted. */
  readonly id: number | null;
}

export class Load {
  readonly triggered: Triggered[] = [];
  private readonly fleet: Fleet;
  private readonly random: Random;
  private readonly prefix: string;
  private readonly jobs = new Map<string, number>();
  private readonly answered = new Set<string>();
  private triggering = true;
  private acting = true;
  private parts: Promise<unknown> = Promise.resolve();

  constructor(fleet: Fleet, random: Random, prefix: string) {
    this.fleet = fleet;
    this.random = random;
    this.prefix = prefix;
  }

  async start(perSecond: number): Promise<void> {
    for (const kind of KINDS) this.jobs.set(kind.name, await this.fleet.command({ do: 'job', name: kind.name, ...kind.config(this.fleet.effects) }));
    this.parts = Promise.all([this.trigger(1_000 / perSecond), this.actOn()]);
  }
  /** No more triggers; what waits for people is still served. */
  calm(): void {
    this.triggering = false;
  }
  async stop(): Promise<void> {
    this.acting = false;
    this.triggering = false;
    await this.parts;
  }

  private async trigger(everyMs: number): Promise<void> {
    const weights = Object.fromEntries(KINDS.map((k) => [k.name, k.weight]));
    // Each kind once, then as the weights have it.
    const first = KINDS.filter((k) => k.weight > 0).map((k) => k.name);
    for (let n = 1; this.triggering; n++) {
      const name = first.shift() ?? this.random.weighted(weights);
      const kind = KINDS.find((k) => k.name === name) as Kind;
      const token = `${this.prefix}x${n}`;
      const id = await this.fleet.command({ do: 'trigger', job: this.jobs.get(name) as number, token }).catch(() => null);
      this.triggered.push({ kind, token, id });
      await pause(this.random.between(0.4, 1.6) * everyMs);
    }
  }

  private async actOn(): Promise<void> {
    while (this.acting) {
      await this.answerInputs();
      await this.abortSome();
      await pause(150);
    }
  }
  private async answerInputs(): Promise<void> {
    const rows = await this.fleet.look((db) =>
      db
        .selectFrom('inputs')
        .innerJoin('builds', 'builds.id', 'inputs.build_id')
        .select(['inputs.build_id as build', 'inputs.ask_id as ask', 'builds.parameters as parameters', 'inputs.created_at as at'])
        .where('inputs.state', '=', 'waiting')
        .execute(),
    );
    for (const { build, ask, parameters, at } of rows) {
      // Some at once, some about when their build is parked, some after it.
      const patience = [0, 1_000, 1_100, 2_500][build % 4] as number;
      if (Date.now() - at < patience) continue;
      const { TOKEN } = JSON.parse(parameters) as { TOKEN: string };
      await this.fleet.command({ do: 'answer', build, ask, value: `v-${TOKEN}` }).catch(() => 0);
      this.answered.add(`${build}.${ask}`);
    }
  }
  private async abortSome(): Promise<void> {
    const rows = await this.fleet.look((db) =>
      db
        .selectFrom('builds')
        .select('id')
        .where('job', '=', 'abort')
        .where('state', '=', 'running')
        .where('abort', 'is', null)
        .where('started_at', '<', Date.now() - 1_500)
        .execute(),
    );
    for (const { id } of rows) await this.fleet.command({ do: 'abort', build: id }).catch(() => 0);
  }
}
