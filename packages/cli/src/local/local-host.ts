/**
 * The host of `millrace run`: this machine does everything. Kinds that wait for long (node, task, timer, input, lock) are
 * served here or in a file of their own; the others are one function each and are loaded when a build first needs them.
 */
import { FormerGits, failureOf } from '@millrace/agent';
import type { Ask, AskSink, CancelReason, Host, Json } from '@millrace/pipeline';
import type { Config } from '../config/config.ts';
import { toolDescriptors } from '../config/tool-types.ts';
import { fieldsOf } from './credentials.ts';
import type { HandlerContext } from './handler.ts';
import { Failure, printer } from './handler.ts';
import type { InputOptions } from './inputs.ts';
import { InputDesk } from './inputs.ts';
import { Locks } from './locks.ts';
import { LocalNodes } from './nodes.ts';
import { serveOther } from './other.ts';
import { randomBytes } from './random.ts';
import { Sealer } from './sealer.ts';
import { LocalTasks } from './tasks.ts';
import { toolEnvironment } from './tool-environment.ts';

export interface LocalHostOptions {
  readonly config: Config;
  /** Where nodes have their workspaces. */
  readonly workspaceRoot: string;
  /** Tasks, stashes and what else a build keeps while it lives. */
  readonly stateDir: string;
  /** Leases and keys are kept for a later process. */
  readonly resumable: boolean;
  /** Tells this build's processes from all others on the machine. */
  readonly buildId: string;
  readonly archiveDir: string;
  /** The folder that the Jenkinsfile comes from, for `load`, `readTrusted` and libraries beside it. */
  readonly sourceDir: string;
  readonly inputs: InputOptions;
}

/** What handlers of the short kinds share. */
export interface LocalWorld {
  readonly options: LocalHostOptions;
  readonly nodes: LocalNodes;
  readonly formerGits: FormerGits;
}

export class LocalHost implements Host {
  private readonly options: LocalHostOptions;
  private readonly nodes: LocalNodes;
  private readonly tasks: LocalTasks;
  private readonly inputs: InputDesk;
  private readonly locks: Locks;
  private readonly sealer: Sealer;
  private readonly formerGits: FormerGits;
  private ready: (() => void)[] = [];
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly cancels = new Map<string, ((reason: CancelReason) => void)[]>();

  constructor(options: LocalHostOptions) {
    this.options = options;
    this.nodes = new LocalNodes(options.config, options.workspaceRoot, options.resumable ? `${options.stateDir}/leases.json` : null, options.buildId);
    this.tasks = new LocalTasks(options.stateDir, options.buildId, this.nodes);
    this.inputs = new InputDesk(options.inputs);
    this.locks = new Locks(options.resumable ? `${options.stateDir}/locks.json` : null);
    this.formerGits = new FormerGits(options.stateDir);
    this.sealer = new Sealer(options.resumable ? `${options.stateDir}/key` : null);
  }

  start(ask: Ask, sink: AskSink): void {
    this.serve(ask, sink, 0);
  }
  resume(ask: Ask, sink: AskSink, cursor: number): void {
    this.serve(ask, sink, cursor);
  }

  cancel(id: string, reason: CancelReason): void {
    const timer = this.timers.get(id);
    if (timer !== undefined) {
      clearTimeout(timer);
      this.timers.delete(id);
    }
    this.tasks.cancel(id, reason);
    for (const listener of this.cancels.get(id) ?? []) listener(reason);
    this.cancels.delete(id);
  }

  now(): number {
    return Date.now();
  }
  breathe(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  seal(text: string): string {
    return this.sealer.seal(text);
  }
  open(sealed: string): string {
    return this.sealer.open(sealed);
  }

  private serve(ask: Ask, sink: AskSink, cursor: number): void {
    switch (ask.kind) {
      case 'timer': {
        this.timer(ask.id, ask.at + ask.request.ms, () => {
          this.together(() => {
            sink.answer(null);
          });
        });
        return;
      }
      case 'task':
        this.tasks.run(ask.id, ask.request, cursor, sink);
        return;
      default: {
        const cx: HandlerContext = {
          ask,
          print: printer(sink),
          onCancel: (listener) => {
            this.cancels.set(ask.id, [...(this.cancels.get(ask.id) ?? []), listener]);
          },
        };
        this.answer(ask, cx).then(
          (value) => {
            this.cancels.delete(ask.id);
            this.together(() => {
              sink.answer(value);
            });
          },
          (error: unknown) => {
            this.cancels.delete(ask.id);
            this.together(() => {
              sink.fail(failureOf(error));
            });
          },
        );
      }
    }
  }

  /** Answers of one turn of the event loop are given together: the engine makes them durable by one write. A thousand timers that are due cost one fsync so. */
  private together(give: () => void): void {
    if (this.ready.push(give) > 1) return;
    setImmediate(() => {
      const { ready } = this;
      this.ready = [];
      for (const one of ready) one();
    });
  }

  private async answer(ask: Exclude<Ask, { kind: 'timer' | 'task' }>, cx: HandlerContext): Promise<Json> {
    switch (ask.kind) {
      case 'node':
        return (await this.nodes.acquire(ask.request, cx)) as unknown as Json;
      case 'node.release':
        this.nodes.release(ask.request.lease);
        return null;
      case 'workspace':
        return this.nodes.workspace(ask.request.lease, ask.request.path);
      case 'workspace.release':
        this.nodes.releaseWorkspace(ask.request.lease, ask.request.path);
        return null;
      case 'input':
        return (await this.inputs.wait(ask.request, cx)) as unknown as Json;
      case 'lock':
        return (await this.locks.acquire(ask.request, cx)) as unknown as Json;
      case 'lock.release':
        this.locks.release(ask.request.ask);
        return null;
      // One build alone: nobody can be before it.
      case 'milestone':
        return { superseded: null };
      case 'properties':
        return null;
      case 'credentials': {
        const found = this.options.config.credentials.find((c) => c.id === ask.request.id);
        if (found === undefined)
          throw new Failure({
            code: 'MR_HOST',
            message: `Could not find credentials entry with ID '${ask.request.id}'`,
            type: 'org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException',
          });
        return { type: found.type, fields: fieldsOf(found), description: found.description };
      }
      case 'tool': {
        const { name, type } = ask.request;
        const found = this.options.config.tools.find(
          (t) => t.name === name && (type === null || t.type === null || t.type === type || toolDescriptors([t]).some((d) => d.id === type)),
        );
        if (found === undefined)
          throw new Failure({ code: 'MR_HOST', message: type === null ? `No tool named ${name} found` : `No ${type} named ${name} found` });
        return { home: found.home, env: toolEnvironment(found) };
      }
      case 'build':
        throw new Failure({
          code: 'MR_UNSUPPORTED',
          message: `build job: '${ask.request.job}' needs a Millrace server: one file run from the command line has no other jobs`,
        });
      case 'cache.restore':
      case 'cache.save':
      case 'cache.clear':
        throw new Failure({ code: 'MR_UNSUPPORTED', message: 'caches need a Millrace server' });
      case 'library':
      case 'scm.read':
        return (await import('./libraries.ts')).serve(ask, cx, this.world());
      case 'other':
        return serveOther(ask.request, this.options.config, this.nodes);
      default:
        return (await import('./operations.ts')).serve(ask, cx, this.world());
    }
  }

  private world(): LocalWorld {
    return { options: this.options, nodes: this.nodes, formerGits: this.formerGits };
  }

  /** Beyond setTimeout's 24 days it waits in parts. */
  private timer(id: string, due: number, fire: () => void): void {
    const left = Math.min(due - Date.now(), 2 ** 31 - 1);
    this.timers.set(
      id,
      setTimeout(
        () => {
          if (due > Date.now()) {
            this.timer(id, due, fire);
            return;
          }
          this.timers.delete(id);
          fire();
        },
        Math.max(0, left),
      ),
    );
  }
}

export function newBuildId(): string {
  return randomBytes(8).toString('hex');
}
