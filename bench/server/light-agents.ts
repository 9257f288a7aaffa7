/**
 * Many agents in one process: each has a connection of its own, connects, polls for ever and tells its machine's state as often
 * as a real one (packages/agent/src/program/run-agent.ts), but starts nothing: every task ends at once with exit status 0.
 *
 * Started with an IPC channel. Reads what to do from the first message; tells `connected` when all are, and `work` for each piece
 * that comes.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import process from 'node:process';
import { AGENT_HEADER, AGENT_PATH, AGENT_PROTOCOL, SESSION_HEADER } from '../../packages/protocol/src/agent/version.ts';
import type { ConnectAnswer, ConnectRequest, Monitors, PollAnswer } from '../../packages/protocol/src/agent/wire.ts';

export interface LightAgents {
  readonly url: string;
  readonly agents: readonly { readonly name: string; readonly secret: string }[];
}
export type LightNews =
  | { readonly t: 'connected' }
  /** `at`: milliseconds since 1970, with fractions. */
  | { readonly t: 'work'; readonly kind: string; readonly at: number; readonly polls: number }
  | { readonly t: 'failed'; readonly message: string };

/** How many connect at a time. */
const AT_ONCE = 50,
  /** As run-agent.ts looks at its machine. */
  MONITOR_MS = 30_000;

const MONITORS: Monitors = { freeDiskBytes: 80e9, freeTempBytes: 80e9, clockOffsetMs: 3, latencyMs: 1.25, load: 0.5 };
let polls = 0;

class LightAgent {
  readonly held = new Set<string>();
  private readonly url: string;
  private readonly name: string;
  private readonly secret: string;
  private readonly instance = randomUUID();
  private readonly connections = new http.Agent({ keepAlive: true });
  private session: string | null = null;
  private looked = 0;

  constructor(url: string, name: string, secret: string) {
    this.url = url;
    this.name = name;
    this.secret = secret;
  }

  async connect(): Promise<void> {
    const facts = {
      disk: this.instance,
      os: 'linux',
      arch: 'x64',
      hostname: this.name,
      cpus: 4,
      memoryBytes: 16e9,
      root: '/var/lib/millrace-agent',
      windows: false,
      env: { HOME: '/home/builder', LANG: 'C.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin', SHELL: '/bin/bash', USER: 'builder' },
      pid: 4_242,
    };
    const request: ConnectRequest = { name: this.name, instance: this.instance, protocol: AGENT_PROTOCOL, version: '0.1.0', facts, have: [] };
    this.session = ((await this.ask('connect', request)) as ConnectAnswer).session;
  }

  async poll(): Promise<never> {
    for (;;) {
      const look = Date.now() - this.looked >= MONITOR_MS;
      if (look) this.looked = Date.now();
      const request = { session: this.session, have: [...this.held], ...(look ? { monitors: MONITORS } : {}) };
      const { work } = (await this.ask('poll', request)) as PollAnswer;
      polls++;
      for (const { id, kind } of work) {
        if (this.held.has(id)) continue;
        tell({ t: 'work', kind, at: performance.timeOrigin + performance.now(), polls });
        this.held.add(id);
        await this.ask(`work/${id}/result`, kind === 'task' ? { exit: 0 } : { ok: null });
        this.held.delete(id);
      }
    }
  }

  private ask(path: string, request: unknown): Promise<unknown> {
    const body = JSON.stringify(request);
    const headers = {
      authorization: `Bearer ${this.secret}`,
      [AGENT_HEADER]: this.name,
      ...(this.session === null ? {} : { [SESSION_HEADER]: this.session }),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const sent = http.request(`${this.url}${AGENT_PATH}/${path}`, { method: 'POST', agent: this.connections, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          text += piece;
        });
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          // 410: nobody wants it any more.
          else if (answer.statusCode === 204 || answer.statusCode === 410) resolve(null);
          else reject(new Error(`${path} of ${this.name}: ${answer.statusCode} ${text}`));
        });
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

function tell(news: LightNews): void {
  process.send?.(news);
}
function failed(error: unknown): void {
  tell({ t: 'failed', message: String(error) });
}

async function start({ url, agents }: LightAgents): Promise<void> {
  const waiting = agents.map(({ name, secret }) => new LightAgent(url, name, secret));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let agent = waiting.pop(); agent !== undefined; agent = waiting.pop()) {
        await agent.connect();
        agent.poll().catch(failed);
      }
    }),
  );
  tell({ t: 'connected' });
}

process.once('message', (message) => {
  start(message as LightAgents).catch(failed);
});
// The benchmark is gone.
process.on('disconnect', () => {
  process.exit();
});
