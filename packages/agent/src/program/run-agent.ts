/**
 * An agent: connects, asks for work, and hands over what comes of it. No server is needed for what runs: while none answers,
 * output stays in the tasks' files, and the agent asks again for ever.
 *
 * connecting → polling → connecting … (the server knows the session no more) → ended
 *
 * It ends when the server says so (`disconnect`, `deleted`), when it is stopped, or when it is refused: a wrong secret,
 * another protocol, another instance under its name. Tasks go on running whatever ends it; the next agent of the same root
 * finds them.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import type { ConnectRequest, Monitors, NodeSettings, PollAnswer, PollRequest } from '@millrace/protocol';
import { AGENT_PROTOCOL } from '@millrace/protocol/agent/version';
import type { Pod } from '../containers/container-tasks.ts';
import { DEFAULT_MIRRORS } from '../operations/git/mirrors.ts';
import { codeOf, messageOf, readConnect, readPoll } from './answers.ts';
import { Backoff } from './backoff.ts';
import type { HttpAnswer } from './connection.ts';
import { Connection, ConnectionError } from './connection.ts';
import { AgentError } from './errors.ts';
import { diskOf, machineFacts, monitors } from './machine.ts';
import { lockRoot } from './root-lock.ts';
import { WorkTable } from './work-table.ts';

export interface AgentOptions {
  /** Of any controllers; the next one is asked where one does not answer. */
  readonly urls: readonly string[];
  readonly name: string;
  readonly secret: string;
  /** Workspaces are below it, and in `.millrace` what the agent keeps. */
  readonly root: string;
  /** In a pod of Kubernetes: how steps run in its other containers. */
  readonly pod?: Pod;
  /** What no output may show, beside what each step says of itself. */
  readonly masks?: readonly string[];
  /** Mirrors of repositories may have so much on its disk; 0: none are kept. */
  readonly mirrorBytes?: number;
  readonly labels?: readonly string[];
  readonly executors?: number;
  readonly version?: string;
  /** PEM. */
  readonly ca?: string;
  /** Between SIGTERM and SIGKILL when a task is cancelled. */
  readonly graceMs?: number;
  /** How long another instance may hold the name, since a server needs a while to see that an agent died. */
  readonly connectedPatienceMs?: number;
  /** Between two looks at the machine. */
  readonly monitorMs?: number;
  /** How long it waits before it asks again where neither the answer brought anything new nor the next question would. */
  readonly pauseMs?: number;
  readonly longestWaitMs?: number;
  log?(message: string): void;
}

export type AgentEnd = 'disconnect' | 'deleted' | 'stopped';

export interface RunningAgent {
  /** Rejects with an AgentError where it was refused. */
  readonly ended: Promise<AgentEnd>;
  stop(): void;
}

/** See `pauseMs`. */
const PAUSE_MS = 100;

export function runAgent(options: AgentOptions): RunningAgent {
  const stop = new AbortController();
  const agent = new Agent(options, stop.signal);
  return {
    ended: agent.run(),
    stop: () => {
      stop.abort();
    },
  };
}

class Agent {
  private readonly options: AgentOptions;
  private readonly signal: AbortSignal;
  private readonly instance = randomUUID();
  private readonly backoff: Backoff;
  private readonly connection: Connection;
  private readonly root: string;
  private settings: NodeSettings | null = null;
  private clockOffsetMs = 0;
  private looked = 0;
  private quiet = false;

  constructor(options: AgentOptions, signal: AbortSignal) {
    this.options = options;
    this.signal = signal;
    this.backoff = new Backoff(options.longestWaitMs);
    this.connection = new Connection(options, this.backoff);
    try {
      mkdirSync(options.root, { recursive: true });
      this.root = realpathSync(options.root);
    } catch (e) {
      throw new AgentError('MR_AGENT_ROOT', (e as Error).message);
    }
  }

  async run(): Promise<AgentEnd> {
    const unlock = await lockRoot(this.root);
    const table = new WorkTable({
      root: this.root,
      pod: this.options.pod ?? null,
      disk: diskOf(this.root),
      connection: this.connection,
      backoff: this.backoff,
      graceMs: this.options.graceMs ?? 10_000,
      mirrorBytes: this.options.mirrorBytes ?? DEFAULT_MIRRORS.mostBytes,
      masks: this.options.masks ?? [],
      log: (message) => {
        this.log(message);
      },
    });
    try {
      for (;;) {
        if (!(await this.connect(table))) return 'stopped';
        const end = await this.pollOn(table);
        if (end !== null) return end;
      }
    } finally {
      table.stop();
      this.connection.close();
      unlock();
    }
  }

  /** false: stopped. */
  private async connect(table: WorkTable): Promise<boolean> {
    const { name, labels, executors, version } = this.options;
    let refusedSince: number | null = null;
    for (let attempt = 1; !this.signal.aborted; attempt++) {
      this.connection.session = null;
      const request: ConnectRequest = {
        name,
        instance: this.instance,
        protocol: AGENT_PROTOCOL,
        version: version ?? '0',
        facts: machineFacts(this.root),
        ...(labels === undefined ? {} : { labels: [...labels] }),
        ...(executors === undefined ? {} : { executors }),
        have: table.all(),
      };
      const sent = Date.now();
      const answer = await this.ask('connect', request, 30_000);
      if (answer?.status === 200) {
        const read = readConnect(answer.json);
        if (read !== null) {
          this.connection.session = read.session;
          this.settings = read.settings;
          this.clockOffsetMs = (sent + Date.now()) / 2 - read.serverTime;
          this.tell(`Connected as ${name}.`);
          return true;
        }
      }
      if (answer?.status === 401) throw new AgentError('MR_AGENT_SECRET', messageOf(answer.json));
      if (answer?.status === 426) throw new AgentError('MR_AGENT_PROTOCOL', messageOf(answer.json));
      if (answer?.status === 409 && codeOf(answer.json) === 'MR_AGENT_CONNECTED') {
        refusedSince ??= Date.now();
        if (Date.now() - refusedSince > (this.options.connectedPatienceMs ?? 60_000)) throw new AgentError('MR_AGENT_CONNECTED', messageOf(answer.json));
        this.complain('Another agent is connected under this name; waiting for its end.');
      } else this.complain(answer === null ? 'No server answers.' : `The server answers ${answer.status}.`);
      await this.backoff.wait(attempt, this.signal);
    }
    return false;
  }

  /** null: a new session is needed. */
  private async pollOn(table: WorkTable): Promise<AgentEnd | null> {
    for (let failures = 0; !this.signal.aborted; ) {
      const { number, have, found } = table.nextPoll();
      const looked = await this.look();
      const request: PollRequest = {
        session: this.connection.session ?? '',
        have,
        ...(found.length === 0 ? {} : { found }),
        ...(looked === null ? {} : { monitors: looked }),
      };
      const begun = performance.now();
      const answer = await this.ask('poll', request, ((this.settings?.pollSeconds ?? 30) + 30) * 1_000);
      const read = answer?.status === 200 ? readPoll(answer.json) : null;
      if (read === null) {
        if (answer !== null) {
          if (answer.status === 401 && codeOf(answer.json) === 'MR_AGENT_SESSION') return null;
          if (answer.status === 401) throw new AgentError('MR_AGENT_SECRET', messageOf(answer.json));
          if (answer.status === 426) return null;
          if (answer.status === 409 && codeOf(answer.json) === 'MR_AGENT_CONNECTED') throw new AgentError('MR_AGENT_CONNECTED', messageOf(answer.json));
        }
        if (!this.signal.aborted) this.complain(answer === null ? 'No server answers; what runs goes on.' : `The server answers ${answer.status}.`);
        await this.backoff.wait(++failures, this.signal);
        continue;
      }
      failures = 0;
      this.tell('The server answers again.');
      const news = this.act(read, table, number);
      if (read.end !== undefined) return read.end;
      // What has ended during the poll makes the server answer it; the next one does not name it any more.
      const { pauseMs = PAUSE_MS } = this.options;
      if (!news && table.isAsTold(have, found) && performance.now() - begun < pauseMs) await pause(pauseMs, this.signal);
    }
    return 'stopped';
  }

  private act(answer: PollAnswer, table: WorkTable, poll: number): boolean {
    let news = false;
    if (answer.settings !== undefined) this.settings = answer.settings;
    for (const work of answer.work) news = table.take(work, poll) || news;
    for (const cancel of answer.cancel) news = table.cancel(cancel) || news;
    for (const id of answer.forget) news = table.forget(id) || news;
    return news;
  }

  private async ask(path: string, request: unknown, idleMs: number): Promise<HttpAnswer | null> {
    try {
      return await this.connection.request('POST', path, { body: JSON.stringify(request), signal: this.signal, idleMs, channel: 'poll' });
    } catch (e) {
      if (e instanceof ConnectionError) return null;
      throw e;
    }
  }

  private async look(): Promise<Monitors | null> {
    if (Date.now() - this.looked < (this.options.monitorMs ?? 30_000)) return null;
    this.looked = Date.now();
    return monitors(this.root, this.clockOffsetMs, this.connection.latencyMs);
  }

  /** Once for each trouble, not for each attempt. */
  private complain(message: string): void {
    if (!this.quiet) this.log(message);
    this.quiet = true;
  }
  private told = false;
  private tell(message: string): void {
    if (this.quiet || !this.told) this.log(message);
    this.quiet = false;
    this.told = true;
  }
  private log(message: string): void {
    this.options.log?.(message);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
