/**
 * Nodes of this machine: executors, workspaces and who holds them. Leases are kept in a file, so that a resumed build
 * finds what it held. A lease's id is its ask's.
 *
 * A workspace is `<root>/workspace/<job>`; while another lease of this run uses it, `@2`, `@3`, ….
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { killMarked } from '@millrace/agent';
import type { LabelExpression } from '@millrace/controller/queue/label-expression';
import { LabelExpressionError, parseLabelExpression } from '@millrace/controller/queue/label-expression';
import type { NodeAnswer } from '@millrace/pipeline';
import type { Config, NodeConfig } from '../config/config.ts';
import type { HandlerContext } from './handler.ts';
import { Failure } from './handler.ts';

interface Lease {
  readonly id: string;
  readonly answer: NodeAnswer;
  readonly workspaces: string[];
}
interface Waiting {
  readonly label: string | null;
  readonly job: string;
  readonly cx: HandlerContext;
  readonly done: (answer: NodeAnswer) => void;
}

/** Of this machine's environment, what `env` of a node shows. The commands of `sh` inherit the rest as well. */
const SHOWN = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|JAVA_HOME|DOCKER_HOST)$/;
/** How long a request may wait before the console tells why. */
const PATIENCE_MS = 5_000;

export class LocalNodes {
  private readonly config: Config;
  private readonly root: string;
  private readonly file: string | null;
  private readonly buildId: string;
  private readonly leases = new Map<string, Lease>();
  private waiting: Waiting[] = [];

  /** `root`: where workspaces are; `file`: keeps the leases of a build that may be resumed. */
  constructor(config: Config, root: string, file: string | null, buildId: string) {
    this.buildId = buildId;
    this.config = config;
    this.root = root;
    this.file = file;
    if (file !== null && existsSync(file)) for (const lease of JSON.parse(readFileSync(file, 'utf8')) as Lease[]) this.leases.set(lease.id, lease);
  }

  lease(id: string): NodeAnswer {
    const lease = this.leases.get(id);
    if (lease === undefined) throw new Failure({ code: 'MR_NODE_LOST', message: `the node of this step (lease ${id}) is no longer held` });
    return lease.answer;
  }

  acquire(request: { readonly label: string | null; readonly job: string }, cx: HandlerContext): Promise<NodeAnswer> {
    const held = this.leases.get(cx.ask.id);
    if (held !== undefined) return Promise.resolve(held.answer);
    if (request.label !== null) expressionOf(request.label);
    return new Promise((done) => {
      const waiting: Waiting = { ...request, cx, done };
      this.waiting.push(waiting);
      cx.onCancel(() => {
        this.waiting = this.waiting.filter((w) => w !== waiting);
      });
      this.serve();
      if (this.waiting.includes(waiting))
        setTimeout(() => {
          if (this.waiting.includes(waiting)) cx.print(`Still waiting to schedule task\n${this.reason(request.label)}\n`);
        }, PATIENCE_MS).unref();
    });
  }

  release(id: string): void {
    if (this.leases.delete(id)) {
      this.save();
      killMarked(`JENKINS_NODE_COOKIE=${this.buildId}-${id}`);
    }
    this.serve();
  }

  workspace(id: string, path: string | null): { path: string; temporary: string } {
    const lease = this.leases.get(id);
    if (lease === undefined) this.lease(id);
    const { workspaces, answer } = lease as Lease;
    const chosen =
      path === null
        ? this.free(
            join(this.rootOf(this.nodeNamed(answer.name)), 'workspace'),
            answer.workspace.slice(answer.workspace.lastIndexOf('/') + 1).replace(/@\d+$/, ''),
            false,
          )
        : this.free('', resolve(this.rootOf(this.nodeNamed(answer.name)), path), false);
    workspaces.push(chosen);
    mkdirSync(chosen, { recursive: true });
    mkdirSync(`${chosen}@tmp`, { recursive: true });
    this.save();
    return { path: chosen, temporary: `${chosen}@tmp` };
  }
  releaseWorkspace(id: string, path: string): void {
    const workspaces = this.leases.get(id)?.workspaces ?? [];
    const at = workspaces.lastIndexOf(path);
    if (at >= 0) workspaces.splice(at, 1);
    this.save();
  }

  /** Names of the nodes that a label expression means; all are online. */
  labelled(data: unknown): { names: string[] } {
    const { label } = data as { readonly label?: string | null };
    return { names: this.config.nodes.filter((n) => this.suits(n, label ?? null)).map((n) => n.name) };
  }

  private serve(): void {
    for (const waiting of [...this.waiting]) {
      const node = this.config.nodes.find((n) => this.suits(n, waiting.label) && this.busy(n) < n.executors);
      if (node === undefined) continue;
      this.waiting.splice(this.waiting.indexOf(waiting), 1);
      waiting.done(this.grant(node, waiting));
    }
  }
  private grant(node: NodeConfig, waiting: Waiting): NodeAnswer {
    const used = new Set([...this.leases.values()].filter((l) => l.answer.name === node.name).map((l) => l.answer.executor));
    let executor = 0;
    while (used.has(executor)) executor++;
    const workspace = this.free(join(this.rootOf(node), 'workspace'), waiting.job.replace(/[^\w.\-/@ ]/g, '_'), true);
    mkdirSync(workspace, { recursive: true });
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(process.env)) if (SHOWN.test(name) && value !== undefined) env[name] = value;
    const id = waiting.cx.ask.id;
    const answer: NodeAnswer = {
      lease: id,
      name: node.name,
      displayName: node.name === 'built-in' ? 'Jenkins' : node.name,
      labels: [...new Set([...node.labels, node.name])],
      executor,
      workspace,
      temporary: `${workspace}@tmp`,
      windows: false,
      env: { ...env, ...this.config.env, ...node.env },
    };
    this.leases.set(id, { id, answer, workspaces: [workspace] });
    this.save();
    return answer;
  }
  private free(folder: string, name: string, numbered: boolean): string {
    const used = new Set([...this.leases.values()].flatMap((l) => l.workspaces));
    const base = folder === '' ? name : join(folder, name);
    if (!used.has(base)) return base;
    if (!numbered && folder === '') for (let n = 2; ; n++) if (!used.has(`${base}@${n}`)) return `${base}@${n}`;
    for (let n = 2; ; n++) if (!used.has(`${base}@${n}`)) return `${base}@${n}`;
  }
  private suits(node: NodeConfig, label: string | null): boolean {
    return label === null || expressionOf(label).matches(new Set([...node.labels, node.name]));
  }
  private busy(node: NodeConfig): number {
    let n = 0;
    for (const lease of this.leases.values()) if (lease.answer.name === node.name) n++;
    return n;
  }
  private reason(label: string | null): string {
    const suitable = this.config.nodes.filter((n) => this.suits(n, label));
    if (suitable.length === 0) return label === null ? 'There are no nodes' : `There are no nodes with the label ‘${label}’`;
    return suitable.length === 1
      ? `Waiting for next available executor on ‘${(suitable[0] as NodeConfig).name}’`
      : `Waiting for next available executor${label === null ? '' : ` on ‘${label}’`}`;
  }
  private nodeNamed(name: string): NodeConfig {
    const node = this.config.nodes.find((n) => n.name === name);
    if (node === undefined) throw new Failure({ code: 'MR_NODE_LOST', message: `the configuration has no node ${name} any more` });
    return node;
  }
  private rootOf(node: NodeConfig): string {
    return node.root ?? (node.name === 'built-in' ? this.root : join(this.root, 'nodes', node.name));
  }
  private save(): void {
    if (this.file === null) return;
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.leases.values()]));
    renameSync(`${this.file}.new`, this.file);
  }
}

function expressionOf(label: string): LabelExpression {
  try {
    return parseLabelExpression(label);
  } catch (e) {
    if (e instanceof LabelExpressionError) throw new Failure({ code: e.code, message: e.message, type: 'java.lang.IllegalArgumentException' });
    throw e;
  }
}
