/** Builds of one step: how soon the process starts, how many a second, and what they cost when many are kept. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import type { Benchmark, Figure } from '../benchmark.ts';
import { median } from '../benchmark.ts';
import type { Rig } from './rig.ts';
import { startRig } from './rig.ts';

const WARM_UP = 20,
  TRIGGERS = 40,
  BUILDS = 400,
  EXECUTORS = 8;

export const serverBuilds: Benchmark = {
  name: 'server-builds',
  run: async () => {
    const rig = await startRig({ executors: EXECUTORS });
    try {
      const figures: Figure[] = [];
      const job = await rig.server.job('one-step', `node { sh 'true' }`);
      for (let i = 0; i < WARM_UP; i++) await rig.server.ended(await rig.server.start(job));
      figures.push({
        what: 'trigger to process started, on a waiting agent',
        value: await triggerToProcess(rig),
        unit: 'ms',
        goal: { atMost: 20 },
        detail: `median of ${TRIGGERS}`,
      });
      const first = await rate(rig, job);
      figures.push({
        what: `one-step builds on ${EXECUTORS} executors, SQLite`,
        value: first.perSecond,
        unit: '/s',
        goal: { atLeast: 100 },
        detail: `${first.cpuMs.toFixed(1)} ms of the controller's CPU each`,
      });
      await keep(rig, job, 100_000);
      const later = await rate(rig, job);
      figures.push({
        what: 'the same with 100,000 builds kept',
        value: later.perSecond,
        unit: '/s',
        detail: `${later.cpuMs.toFixed(1)} ms of the controller's CPU each`,
      });
      figures.push({ what: 'CPU of a build with 100,000 kept, to that with few', value: later.cpuMs / first.cpuMs, unit: '×', goal: { atMost: 1.3 } });
      return { figures };
    } finally {
      await rig.stop();
    }
  },
};

/** The process itself touches a file: its time of change is when it has started. */
async function triggerToProcess({ server }: Rig): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
  const times: number[] = [];
  try {
    for (let i = 0; i < TRIGGERS; i++) {
      const file = path.join(folder, String(i));
      const job = await server.job(`touch-${i}`, `node { sh ': > ${file}' }`);
      const begun = Date.now() + (performance.now() % 1);
      await server.ended(await server.start(job));
      times.push(statSync(file).mtimeMs - begun);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return median(times);
}

async function rate({ server }: Rig, job: number): Promise<{ perSecond: number; cpuMs: number }> {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: BUILDS }, () => server.start(job)));
  // Looked at seldom: the looking costs too.
  for (let open = 1; open > 0; ) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    const row = await server.store.db
      .selectFrom('builds')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirstOrThrow();
    open = Number(row.n);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: BUILDS / seconds, cpuMs: (user + system) / 1_000 / BUILDS };
}

/** Ended builds with what a real one leaves, copied inside of the database. */
async function keep({ server }: Rig, job: number, count: number): Promise<void> {
  const { store } = server;
  const { id: model } = await store.db
    .selectFrom('builds')
    .select('id')
    .where('item_id', '=', job)
    .where('state', '=', 'ended')
    .limit(1)
    .executeTakeFirstOrThrow();
  const { next_number: from } = await store.db.selectFrom('items').select('next_number').where('id', '=', job).executeTakeFirstOrThrow();
  await store.write(async (tx) => {
    const { top } = (await sql<{ top: number }>`SELECT max(id) AS top FROM builds`.execute(tx)).rows[0] as { top: number };
    const columns = sql.raw(
      'item_id, job, state, result, priority, causes, parameters, origin, queued_at, quiet_until, started_at, ended_at, owner, epoch, crashes, parked, wake_at, abort, facts, kept, why, timeline, record, log_bytes',
    );
    const counting = sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})`;
    await sql`${counting} INSERT INTO builds (id, number, ${columns}) SELECT ${top} + 1 + n.i, ${from} + n.i, ${columns} FROM builds, n WHERE builds.id = ${model}`.execute(
      tx,
    );
    await sql`${counting} INSERT INTO build_chunks SELECT ${top} + 1 + n.i, seq, journal, records, tree, log, log_at FROM build_chunks, n WHERE build_id = ${model}`.execute(
      tx,
    );
    await tx
      .updateTable('items')
      .set({ next_number: from + count })
      .where('id', '=', job)
      .execute();
  });
}
