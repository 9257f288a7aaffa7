/** 5,000 agents connected to one `millrace up`: what they cost when nothing happens, and how soon one of them gets work. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createAuth } from '../../packages/controller/src/auth/auth.ts';
import { NodeChanges } from '../../packages/controller/src/nodes/node-changes.ts';
import { Store } from '../../packages/controller/src/store/store.ts';
import { pipelineConfig } from '../../packages/protocol/src/api/job-config.ts';
import type { Benchmark } from '../benchmark.ts';
import { median } from '../benchmark.ts';
import { administrator } from './administrator.ts';
import type { LightAgents, LightNews } from './light-agents.ts';
import type { Program } from './program.ts';
import { cpuMs, ended, pause, residentMb, startProgram } from './program.ts';

const AGENTS = Number(process.env['MILLRACE_BENCH_AGENTS'] ?? 5_000),
  PROCESSES = 2,
  /** More than two rounds of polls, which end after 20 s. */
  REST_MS = 50_000,
  TRIGGERS = 30,
  JOB = 'one-step';

export const serverAgents: Benchmark = {
  name: 'server-agents',
  run: async () => {
    // Node itself raises the soft limit to the hard one.
    const files = Number(/^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Number.POSITIVE_INFINITY);
    if (files < AGENTS + 500) return { figures: [], skipped: `a process may open ${files} files here, and ${AGENTS} connections need more` };
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    let program: Program | null = null;
    const crowd = new Crowd();
    try {
      const { agents, token } = await prepare(folder);
      program = await startProgram(folder);
      const begun = performance.now();
      const cpuBefore = cpuMs(program.pid);
      await crowd.connect(program.url, agents);
      const connected = performance.now() - begun;
      const connecting = cpuMs(program.pid) - cpuBefore;
      let memory = 0;
      const restBegun = performance.now(),
        restCpu = cpuMs(program.pid);
      while (performance.now() - restBegun < REST_MS) {
        memory = Math.max(memory, residentMb(program.pid));
        await pause(500);
      }
      const load = (cpuMs(program.pid) - restCpu) / (performance.now() - restBegun);
      const times: number[] = [];
      const passesBefore = await passes(program.url);
      for (let i = 0; i < TRIGGERS; i++) {
        const triggered = performance.timeOrigin + performance.now();
        const work = crowd.nextTask();
        await trigger(program.url, token);
        times.push((await work) - triggered);
        await pause(100);
      }
      const passesAfter = await passes(program.url);
      memory = Math.max(memory, residentMb(program.pid));
      const all = `${AGENTS.toLocaleString('en')} agents`;
      return {
        figures: [
          {
            what: `memory of a controller with ${all}`,
            value: memory,
            unit: 'MB',
            goal: { atMost: 1_000 },
            detail: `resident, the largest in ${REST_MS / 1_000} s of rest and ${TRIGGERS} builds`,
          },
          { what: `CPU of a controller with ${all} at rest`, value: load * 100, unit: '%', detail: 'of one core; 250 polls a second with 5,000' },
          {
            what: `${all} connected, one after the other 100 at a time`,
            value: connected / 1_000,
            unit: 's',
            detail: `${(connecting / AGENTS).toFixed(2)} ms of CPU each`,
          },
          { what: `trigger over the API to work in the hands of one of ${all}`, value: median(times), unit: 'ms', detail: `median of ${TRIGGERS}` },
          {
            what: `a pass of the scheduler, ${all}`,
            value: ((passesAfter.seconds - passesBefore.seconds) * 1_000) / (passesAfter.count - passesBefore.count),
            unit: 'ms',
            detail: `mean of ${passesAfter.count - passesBefore.count} during those builds, with reading and writing`,
          },
        ],
      };
    } finally {
      await crowd.stop();
      await program?.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  },
};

/** The nodes, a job for their label, and a token, made before the server starts. */
async function prepare(folder: string): Promise<{ readonly agents: LightAgents['agents']; readonly token: string }> {
  const store = await Store.open({ url: null, folder, origin: 'bench' });
  const now = (): number => Date.now();
  const actor = { user: null, address: null };
  const auth = createAuth({ store, now });
  const nodes = new NodeChanges({ store, audit: auth.audit, now });
  const names = Array.from({ length: AGENTS }, (_, i) => `agent-${i}`);
  const agents = await Promise.all(
    names.map(async (name) => ({ name, secret: await nodes.create(actor, name, { labels: ['light', 'linux'], executors: 2 }) })),
  );
  const config = JSON.stringify(pipelineConfig.parse({ definition: { kind: 'inline', script: `node('light') { sh 'true' }` } }));
  const named = { name: JOB, full_name: JOB, kind: 'pipeline' as const, parent_id: null };
  await store.write(async (tx) => {
    const item = { ...named, description: '', disabled: 0, config, properties: '{}', next_number: 1, revision: 1, created_at: now(), updated_at: now() };
    await tx.insertInto('items').values(item).execute();
  });
  const token = await administrator(store, ['build']);
  await store.close();
  return { agents, token };
}

/** The processes that the agents live in. */
class Crowd {
  private readonly children: ChildProcess[] = [];
  private waiting: ((at: number) => void) | null = null;
  private fail: (error: Error) => void = () => undefined;
  /** Rejects when an agent was refused. */
  private readonly failure = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  async connect(url: string, agents: LightAgents['agents']): Promise<void> {
    const part = Math.ceil(agents.length / PROCESSES);
    await Promise.all(Array.from({ length: PROCESSES }, (_, i) => this.start({ url, agents: agents.slice(i * part, (i + 1) * part) })));
  }
  /** When the next task is in an agent's hands. */
  nextTask(): Promise<number> {
    const next = new Promise<number>((resolve) => {
      this.waiting = resolve;
    });
    return Promise.race([next, this.failure]);
  }
  async stop(): Promise<void> {
    await Promise.all(this.children.map(ended));
  }

  private start(message: LightAgents): Promise<void> {
    const child = fork(path.join(import.meta.dirname, 'light-agents.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.children.push(child);
    child.send(message);
    const connected = new Promise<void>((resolve) => {
      child.on('message', (news: LightNews) => {
        if (news.t === 'connected') resolve();
        else if (news.t === 'work' && news.kind === 'task') this.waiting?.(news.at);
        else if (news.t === 'failed') this.fail(new Error(news.message));
      });
    });
    return Promise.race([connected, this.failure]);
  }
}

async function trigger(url: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/items/${JOB}/builds`, { method: 'POST', headers, body: '{"quietSeconds":0}' });
  if (answer.status !== 201) throw new Error(`the trigger was answered with ${answer.status} ${await answer.text()}`);
}

/** Of this controller's scheduler, so far. */
async function passes(url: string): Promise<{ readonly count: number; readonly seconds: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const read = (name: string): number => Number(new RegExp(`^millrace_scheduler_pass_seconds_${name}\\{.*\\} (\\S+)$`, 'm').exec(text)?.[1]);
  return { count: read('count'), seconds: read('sum') };
}
