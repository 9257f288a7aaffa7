/** One run: a fleet, load, blows, calm, and the verdict. */
import { mkdtempSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from './faults.ts';
import { Faults } from './faults.ts';
import { Fleet, pause, smallDisk } from './fleet.ts';
import { judge, settled } from './invariants.ts';
import { Load } from './load.ts';
import { Random } from './random.ts';
import type { Adoption } from './sampler.ts';
import { Sampler } from './sampler.ts';

export interface ChaosOptions {
  readonly engine: 'postgres' | 'sqlite';
  readonly seed: number;
  /** Of the load and the blows, at least. */
  readonly ms: number;
  /** Load and blows go on until so many builds were triggered, however slow the machine is. */
  readonly builds?: number;
  readonly perSecond: number;
  readonly breakFence?: boolean;
  readonly stillMs?: readonly [number, number];
  readonly pauseMs?: readonly [number, number];
  /** This blow alone. */
  readonly only?: Fault;
  readonly onProgress?: (text: string) => void;
}

export interface ChaosReport {
  readonly options: ChaosOptions;
  readonly violations: readonly string[];
  readonly skipped: readonly string[];
  readonly triggered: number;
  readonly results: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly adoptions: readonly Adoption[];
  readonly samples: number;
  readonly peaks: Readonly<Record<string, number>>;
  /** From the last blow until nothing was left. */
  readonly settledMs: number;
  readonly epochs: number;
  readonly load: number;
  /** What the programs said last, where something is broken. */
  readonly evidence: readonly string[];
}

/** Of no matter where all goes well: it ends when nothing is left. */
const SETTLE_MS = 180_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const {
    engine,
    seed,
    ms,
    builds = 0,
    perSecond,
    breakFence = false,
    stillMs = [1_000, 12_000],
    pauseMs = [300, 2_500],
    onProgress = () => undefined,
  } = options;
  const random = new Random(seed);
  const skipped: string[] = [];
  let disk: string | null = null;
  let unmount = (): void => undefined;
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-chaos-'));
    const made = smallDisk(folder, 192);
    if (typeof made === 'string') skipped.push(`a full disk: ${made}`);
    else {
      disk = folder;
      unmount = made.unmount;
    }
  }
  const fleet = new Fleet({ engine, controllers: engine === 'postgres' ? 3 : 1, breakFence, disk });
  const violations: string[] = [];
  let stopLooking: () => Promise<void> = async () => undefined;
  try {
    await fleet.start();
    onProgress('the fleet is up');
    const sampler = new Sampler(fleet);
    sampler.start();
    stopLooking = () => sampler.stop();
    const load = new Load(fleet, random, `s${seed}`);
    await load.start(perSecond);
    const faults = new Faults({ fleet, sampler, random: new Random(seed + 1), pauseMs, stillMs, disk, only: options.only ?? null });
    faults.start();
    const end = Date.now() + ms;
    while ((Date.now() < end || load.triggered.length < builds) && sampler.violations.length === 0) await pause(200);
    load.calm();
    await faults.stop();
    onProgress(`${load.triggered.length} builds and ${faults.done.length} blows; waiting for the end`);
    const calm = Date.now();
    violations.push(...(await settled(fleet, breakFence ? 5_000 : SETTLE_MS)));
    const settledMs = Date.now() - calm;
    await load.stop();
    await sampler.stop();
    if (!breakFence) violations.push(...(await judge(fleet, load.triggered)));
    violations.push(...sampler.violations, ...faults.failed);
    const rows = await fleet.look((db) => db.selectFrom('builds').select(['state', 'result', 'epoch']).execute());
    return {
      options,
      violations,
      skipped,
      triggered: load.triggered.length,
      results: countBy(rows.map((r) => r.result ?? r.state)),
      faults: countBy(faults.done.map((f) => f.fault)),
      adoptions: sampler.adoptions,
      samples: sampler.samples,
      peaks: sampler.peaks,
      settledMs,
      epochs: rows.reduce((sum, r) => sum + Math.max(0, r.epoch - 1), 0),
      load: loadavg()[0] as number,
      evidence:
        violations.length === 0
          ? []
          : [
              ...faults.done.map((f) => `${(f.atMs / 1_000).toFixed(1)} s: ${f.fault} ${f.subject}`),
              ...[...fleet.controllers.map((c) => c.program), ...fleet.agents].flatMap((p) =>
                p.said.slice(-25).map((line) => `${p.name}: ${line.slice(0, 600)}`),
              ),
            ],
    };
  } finally {
    await stopLooking();
    await fleet.close();
    unmount();
  }
}

function countBy(all: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const one of all) out[one] = (out[one] ?? 0) + 1;
  return out;
}
