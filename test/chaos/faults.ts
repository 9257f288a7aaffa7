/** The blows: one after the other and sometimes two at once, as the seed has it. All is whole again when `stop` resolves. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { ControllerProgram, Fleet } from './fleet.ts';
import { pause } from './fleet.ts';
import type { Program } from './program.ts';
import type { Random } from './random.ts';
import type { Sampler } from './sampler.ts';

const WEIGHTS = {
  'kill a controller': 5,
  'stand a controller still': 4,
  'restart a controller': 2,
  'kill an agent': 2,
  'stand an agent still': 1,
  'restart the database': 1,
  'crash the database': 1,
  'end sessions of the database': 2,
  'cut a controller from the database': 3,
  'swallow what a controller says to the database': 1,
  'delay a controller': 2,
  'slow a controller': 1,
  'cut agents off': 2,
  'fill the disk': 0,
};
export type Fault = keyof typeof WEIGHTS;

export interface FaultOptions {
  readonly fleet: Fleet;
  readonly sampler: Sampler;
  readonly random: Random;
  readonly pauseMs: readonly [number, number];
  /** How long a controller stands still. */
  readonly stillMs: readonly [number, number];
  /** Where a disk is small enough to be filled. */
  readonly disk: string | null;
  readonly only: Fault | null;
}

export class Faults {
  readonly done: { readonly fault: Fault; readonly subject: string; readonly atMs: number }[] = [];
  /** Blows that could not be mended: a program that does not start any more. */
  readonly failed: string[] = [];
  private readonly options: FaultOptions;
  private readonly begun = Date.now();
  private stopped = false;
  private wake: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();
  private readonly mending = new Set<Promise<unknown>>();
  private readonly busy = new Set<unknown>();

  constructor(options: FaultOptions) {
    this.options = options;
  }
  start(): void {
    this.running = this.run();
  }
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    await Promise.all(this.mending);
  }

  private weights(): Record<Fault, number> {
    const { fleet, disk, only } = this.options;
    if (only !== null) return { ...(Object.fromEntries(Object.keys(WEIGHTS).map((name) => [name, 0])) as Record<Fault, number>), [only]: 1 };
    const weights = { ...WEIGHTS, 'fill the disk': disk === null ? 0 : 4 };
    if (fleet.postgres !== null) return weights;
    for (const name of Object.keys(weights) as Fault[]) if (/database/.test(name) || /^(delay|slow)/.test(name)) weights[name] = 0;
    return weights;
  }

  private async run(): Promise<void> {
    const { random, pauseMs } = this.options;
    while (!this.stopped) {
      const fault = random.weighted(this.weights());
      const mended: Promise<unknown> = this.strike(fault)
        .catch((error: unknown) => {
          this.failed.push(`${fault}: ${(error as Error).message}`);
        })
        .finally(() => this.mending.delete(mended));
      this.mending.add(mended);
      // Now and then the next blow does not wait until this one is mended.
      if (random.next() < 0.75) await mended;
      await Promise.race([
        pause(random.between(...pauseMs)),
        new Promise<void>((resolve) => {
          this.wake = resolve;
        }),
      ]);
    }
  }

  /** Resolves when it is mended. Does nothing where its subject is being hit already. */
  private async strike(fault: Fault): Promise<void> {
    const { fleet, random } = this.options;
    const controller = random.pick(fleet.controllers);
    const agent = random.pick(fleet.agents);
    const subject = /controller|agents/.test(fault) ? controller : / agent$|an agent/.test(fault) ? agent : fleet;
    if (this.busy.has(subject)) return;
    this.busy.add(subject);
    this.done.push({ fault, subject: subject === fleet ? '' : subject === agent ? agent.name : controller.name, atMs: Date.now() - this.begun });
    try {
      await this.blows[fault](controller, agent);
    } finally {
      this.busy.delete(subject);
    }
  }

  private readonly blows: Readonly<Record<Fault, (controller: ControllerProgram, agent: Program) => Promise<void>>> = {
    'kill a controller': async ({ name, program }) => {
      const watch = await this.options.sampler.hit(name);
      watch('kill');
      await program.kill();
      await pause(this.options.random.between(200, 3_000));
      await program.startAgain();
    },
    'stand a controller still': async ({ name, program }) => {
      const { random, stillMs, sampler } = this.options;
      const watch = await sampler.hit(name);
      program.standStill();
      const ms = random.between(...stillMs);
      if (ms > 8_000) watch('silence');
      await pause(ms);
      program.resume();
    },
    'restart a controller': async ({ program }) => {
      await program.stop();
      await program.startAgain();
    },
    'kill an agent': async (_controller, agent) => {
      await agent.kill();
      await pause(this.options.random.between(0, 1_500));
      await agent.startAgain();
    },
    'stand an agent still': async (_controller, agent) => {
      agent.standStill();
      await pause(this.options.random.between(500, 4_000));
      agent.resume();
    },
    'restart the database': async () => {
      await this.options.fleet.postgres?.restart('fast');
    },
    'crash the database': async () => {
      await this.options.fleet.postgres?.restart('kill');
    },
    'end sessions of the database': async () => {
      const { fleet, random } = this.options;
      const client = new pg.Client({ connectionString: fleet.postgres?.urlOf('postgres') });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'millrace %' AND random() < $1`, [
          random.pick([0.3, 1]),
        ]);
      } catch {
        // The database is being restarted: its sessions are over as well.
      }
      await client.end().catch(() => undefined);
    },
    'cut a controller from the database': async ({ name, database }) => {
      if (database === null) return;
      const { random, sampler } = this.options;
      const ms = random.pick([0, random.between(100, 3_000), random.between(7_000, 9_500)]);
      const watch = await sampler.hit(name);
      database.refusing = ms > 0;
      database.cut();
      if (ms > 7_000) watch('silence');
      await pause(ms);
      database.heal();
    },
    'swallow what a controller says to the database': async ({ database }) => {
      database?.swallow();
      await pause(this.options.random.between(500, 2_000));
    },
    'delay a controller': async ({ database }) => {
      if (database === null) return;
      const { random } = this.options;
      database.delayMs = random.between(20, 300);
      await pause(random.between(1_000, 4_000));
      database.heal();
    },
    'slow a controller': async ({ database }) => {
      if (database === null) return;
      database.bytesPerSecond = this.options.random.between(20_000, 200_000);
      await pause(this.options.random.between(1_000, 3_000));
      database.heal();
    },
    'cut agents off': async ({ http }) => {
      const ms = this.options.random.pick([0, 500, 2_000]);
      http.refusing = ms > 0;
      http.cut();
      await pause(ms);
      http.heal();
    },
    'fill the disk': async () => {
      const { disk, random } = this.options;
      if (disk === null) return;
      const ballast = join(disk, 'ballast');
      fill(ballast);
      await pause(random.between(500, 2_500));
      rmSync(ballast, { force: true });
    },
  };
}

function fill(file: string): void {
  for (const size of [1 << 20, 4_096])
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // Full, down to this size.
    }
}
