/**
 * A flood of webhooks: 10,000 pushes within a minute to one `millrace up` on SQLite, spread over 20 repositories with a job each,
 * evenly in time, and how soon each is answered. None may be lost, and what waits is merged.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Store } from '../../packages/controller/src/store/store.ts';
import { pipelineConfig } from '../../packages/protocol/src/api/job-config.ts';
import type { Benchmark } from '../benchmark.ts';
import { administrator, ask } from './administrator.ts';
import type { Program } from './program.ts';
import { pause, startProgram } from './program.ts';

const DELIVERIES = Number(process.env['MILLRACE_BENCH_DELIVERIES'] ?? 10_000),
  MINUTE_MS = 60_000,
  REPOSITORIES = 20;

export const serverWebhooks: Benchmark = {
  name: 'server-webhooks',
  run: async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    let program: Program | null = null;
    try {
      const token = await prepare(folder);
      program = await startProgram(folder);
      const { url } = program;
      const agent = new Agent({ keepAlive: true, maxSockets: 64 });
      const times: number[] = [];
      const begun = performance.now();
      const all: Promise<void>[] = [];
      for (let i = 0; i < DELIVERIES; i++) {
        const wait = begun + (i * MINUTE_MS) / DELIVERIES - performance.now();
        if (wait > 1) await pause(wait);
        all.push(deliver(url, agent, i).then((ms) => void times.push(ms)));
      }
      await Promise.all(all);
      const answered = performance.now();
      const counted = async (): Promise<{ readonly left: number; readonly all: number }> => {
        let cursor: string | null = null,
          left = 0,
          seen = 0;
        do {
          const page: { entries: { state: string }[]; next: string | null } = await ask(
            url,
            token,
            `/api/v1/deliveries?limit=500${cursor === null ? '' : `&cursor=${cursor}`}`,
          );
          left += page.entries.filter((d) => d.state !== 'handled').length;
          seen += page.entries.length;
          cursor = page.next;
        } while (cursor !== null);
        return { left, all: seen };
      };
      let now = await counted();
      while (now.left > 0) {
        await pause(200);
        now = await counted();
      }
      const handled = performance.now() - answered;
      agent.destroy();
      times.sort((a, b) => a - b);
      const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] as number;
      const rate = `${DELIVERIES.toLocaleString('en')} in ${((answered - begun) / 1_000).toFixed(0)} s`;
      return {
        figures: [
          {
            what: `answer to a webhook, ${rate}, 99th percentile`,
            value: at(0.99),
            unit: 'ms',
            goal: { atMost: 50 },
            detail: `median ${at(0.5).toFixed(1)} ms, worst ${at(1).toFixed(0)} ms`,
          },
          { what: 'deliveries lost', value: DELIVERIES - now.all, unit: '', goal: { atMost: 0 }, detail: `${now.all} are kept and handled` },
          { what: 'from the last answer until all are handled', value: handled / 1_000, unit: 's', detail: 'read page by page meanwhile' },
        ],
      };
    } finally {
      await program?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function deliver(url: string, agent: Agent, i: number): Promise<number> {
  const name = `team/app-${i % REPOSITORIES}`;
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    before: '0'.repeat(40),
    after: (i + 1).toString(16).padStart(40, '0'),
    repository: { full_name: name, clone_url: `https://git.example/${name}.git` },
    pusher: { name: 'ada' },
    // As large as a push of some commits is.
    commits: Array.from({ length: 10 }, (_, c) => ({ id: `${c}`.padStart(40, 'a'), message: 'A change of some size. '.repeat(8), modified: ['a/b/c.txt'] })),
  });
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(
      `${url}/github-webhook/`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'x-github-event': 'push', 'x-github-delivery': `flood-${i}`, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 202) resolve(performance.now() - begun);
          else reject(new Error(`a webhook was answered ${response.statusCode}`));
        });
      },
    );
    call.on('error', reject).end(body);
  });
}

/** Jobs that take long enough for others to wait and be merged; answers a token. */
async function prepare(folder: string): Promise<string> {
  const store = await Store.open({ url: null, folder, origin: 'bench' });
  const token = await administrator(store);
  await store.write(async (tx) => {
    for (let i = 0; i < REPOSITORIES; i++) {
      const config = pipelineConfig.parse({
        definition: { kind: 'git', url: `https://git.example/team/app-${i}.git`, branch: 'main' },
        triggers: [{ kind: 'push' }],
        quietPeriodSeconds: 120,
      });
      await tx
        .insertInto('items')
        .values({
          parent_id: null,
          kind: 'pipeline',
          name: `app-${i}`,
          full_name: `app-${i}`,
          description: '',
          disabled: 0,
          config: JSON.stringify(config),
          properties: '{}',
          next_number: 1,
          revision: 1,
          created_at: Date.now(),
          updated_at: Date.now(),
        })
        .execute();
    }
  });
  await store.close();
  return token;
}
