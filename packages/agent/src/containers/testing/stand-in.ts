/**
 * A stand-in for a container of a pod: processes with a PID and a mount namespace of their own, in a folder that holds a busybox,
 * with the volume that they share with the agent. Its first process is a `sleep`, which takes no child away, as that of most
 * build containers.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BUSYBOX = '/bin/busybox';

/** Why there can be none here; false where there can. */
export function standInMissing(): string | false {
  if (process.platform !== 'linux') return 'containers are stood in for on Linux alone';
  if (process.getuid?.() !== 0) return 'a stand-in for a container needs root';
  if (spawnSync(BUSYBOX, ['true']).status !== 0) return `${BUSYBOX} is missing: apt-get install busybox-static`;
  if (!spawnSync('file', ['-L', BUSYBOX]).error && !/statically/.test(spawnSync('file', ['-L', BUSYBOX], { encoding: 'utf8' }).stdout))
    return `${BUSYBOX} is not static: apt-get install busybox-static`;
  if (spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status !== 0) return 'unshare is missing or not allowed';
  return false;
}

export interface StandInOptions {
  readonly volume: string;
  /** Where the container has the volume. */
  readonly mountedAt: string;
  readonly env?: { readonly [name: string]: string };
  readonly uid?: number;
  readonly shell?: boolean;
}

export class StandIn {
  private readonly root: string;
  private readonly pid: number;
  private readonly options: StandInOptions;
  private readonly gone: Promise<unknown>;
  private constructor(options: StandInOptions, root: string, pid: number, gone: Promise<unknown>) {
    this.options = options;
    this.root = root;
    this.pid = pid;
    this.gone = gone;
  }

  static async start(options: StandInOptions): Promise<StandIn> {
    const root = mkdtempSync(join(tmpdir(), 'millrace-container-'));
    chmodSync(root, 0o755);
    for (const folder of ['bin', 'proc', 'dev', 'tmp', options.mountedAt]) mkdirSync(join(root, folder), { recursive: true });
    chmodSync(join(root, 'tmp'), 0o1777);
    copyFileSync(BUSYBOX, join(root, 'bin/sleep'));
    if (options.shell !== false) {
      copyFileSync(BUSYBOX, join(root, 'bin/busybox'));
      const applets = spawnSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).stdout.split('\n');
      for (const applet of applets) if (applet !== '' && !existsSync(join(root, 'bin', applet))) symlinkSync('busybox', join(root, 'bin', applet));
    }
    const script = `mount --make-rprivate / && mount --bind ${options.volume} ${join(root, options.mountedAt)} && mount -t proc proc ${root}/proc && mount --bind /dev ${root}/dev && echo ready && exec chroot ${root} /bin/sleep 1000000`;
    const child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    const pid = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'));
    return new StandIn(options, root, pid, gone);
  }

  /** As the container's own user, with its own variables, as an exec of a container runtime has it. */
  exec(...command: readonly string[]): { readonly status: number | null; readonly output: string } {
    const { uid = 0, env = {} } = this.options;
    const user = uid === 0 ? [] : ['--setuid', String(uid), '--setgid', String(uid)];
    const { status, stdout, stderr } = spawnSync('nsenter', ['--target', String(this.pid), '--mount', '--pid', '--root', '--wd', ...user, '--', ...command], {
      encoding: 'utf8',
      env: { PATH: '/bin:/usr/bin', ...env },
    });
    return { status, output: `${stdout}${stderr}` };
  }
  /** What a cloud's `enter` does. */
  enter(name: string): { readonly status: number | null; readonly output: string } {
    const bin = `${this.options.mountedAt}/.millrace/bin`;
    return this.exec(`${bin}/busybox`, 'sh', `${bin}/runner`, 'enter', name);
  }
  /** Processes, as `ps` of busybox lists them. */
  processes(): string[] {
    return this.exec('/bin/busybox', 'ps', '-o', 'pid,stat,args')
      .output.split('\n')
      .slice(1)
      .filter((line) => line !== '' && !/busybox ps/.test(line));
  }

  async kill(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.gone;
  }
  async remove(): Promise<void> {
    if (existsSync(`/proc/${this.pid}`)) await this.kill();
    rmSync(this.root, { recursive: true, force: true });
  }
}
