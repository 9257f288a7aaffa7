/**
 * The programs of the test's own cluster (../shared/kubernetes/kube), killed and started again as they were. Whatever becomes of
 * the test, they run again: also those that end by themselves while the API server is away, which they do after ten seconds.
 */
import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { kubectl, pause } from '../installation.ts';

const STATE = process.env['KUBE_STATE'] ?? '/var/tmp/test-kubernetes';
const NAMES = ['apiserver', 'controller-manager', 'scheduler', 'kubelet'] as const;
type Name = (typeof NAMES)[number];

/** Why it cannot be done here. */
export const SKIP =
  process.env['KUBECONFIG'] === undefined
    ? 'KUBECONFIG names no cluster'
    : process.env['KUBECONFIG'] !== join(STATE, 'admin.kubeconfig') || !existsSync(pidFile('apiserver'))
      ? `only the programs of the cluster in ${STATE} are stopped`
      : false;

interface Program {
  readonly command: readonly string[];
  readonly folder: string;
}

export class ClusterPrograms {
  private readonly programs: ReadonlyMap<Name, Program>;
  private readonly mendAtEnd = (): void => {
    this.startAll();
  };

  constructor() {
    this.programs = new Map(NAMES.map((name) => [name, programOf(name)]));
    process.on('exit', this.mendAtEnd);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, endWith);
  }

  /** As a machine that stops. */
  async kill(name: Name): Promise<void> {
    const pid = pidOf(name);
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await pause(20);
  }

  /** All that do not run; resolves when the cluster makes pods again. */
  async start(): Promise<void> {
    this.startAll();
    for (const end = Date.now() + 90_000; ; await pause(200)) {
      // Without the API server those may end at any moment.
      this.startAll();
      const ready = await kubectl(['get', '--raw', '/readyz']).then(
        () => kubectl(['get', 'nodes', '-o', 'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}']),
        () => '',
      );
      if (ready.split('\n').includes('True')) return;
      if (Date.now() > end) throw new Error(`the cluster is not ready again; its logs are in ${join(STATE, 'logs')}`);
    }
  }

  /** Everything runs: nothing is left to be mended. */
  async close(): Promise<void> {
    await this.start();
    process.off('exit', this.mendAtEnd);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.off(signal, endWith);
  }

  private startAll(): void {
    for (const [name, { command, folder }] of this.programs) {
      if (isAlive(pidOf(name))) continue;
      const log = openSync(join(STATE, 'logs', name), 'a');
      const [file, ...args] = command;
      const child = spawn(file as string, args, { cwd: folder, detached: true, stdio: ['ignore', log, log] });
      child.unref();
      writeFileSync(pidFile(name), `${child.pid}\n`);
    }
  }
}

function endWith(): void {
  process.exit(1);
}

function programOf(name: Name): Program {
  const pid = pidOf(name);
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  // Not of another one that has got its number.
  if (!(command[0] ?? '').endsWith(name)) throw new Error(`the process ${pid} is no ${name}: ${command.join(' ')}`);
  return { command, folder: readlinkSync(`/proc/${pid}/cwd`) };
}
function pidFile(name: Name): string {
  return join(STATE, `${name}.pid`);
}
function pidOf(name: Name): number {
  return Number(readFileSync(pidFile(name), 'utf8'));
}
/** What has ended and nobody has noticed is not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
