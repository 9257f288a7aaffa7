/**
 * Runs the tests that need a real Kubernetes (`*.kubernetes.test.ts`): on the cluster that KUBECONFIG names, else on that of
 * ../shared/kubernetes, which is started where it is not up; without either they are reported as skipped.
 * `npm run test:kubernetes`, `npm run test:kubernetes -- FILE…`. What is in test/kubernetes/alone stops parts of the cluster, and runs
 * when all others are over.
 *
 * On that cluster the images are made and put first. Another one needs Millrace's from MILLRACE_TEST_AGENT_IMAGE, one with a shell
 * and `sleep` from MILLRACE_TEST_BUSYBOX_IMAGE, PostgreSQL's official one from MILLRACE_TEST_POSTGRES_IMAGE, that of
 * test/conformance/kubernetes-stand-ins.ts from MILLRACE_TEST_CONFORMANCE_IMAGE, and MILLRACE_TEST_HOST, the address of this
 * machine for its pods.
 */
import type { ExecFileSyncOptions } from 'node:child_process';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { STAND_IN, standInRootfs } from '../test/conformance/kubernetes-stand-ins.ts';
import { addPostgres, POSTGRES_ENTRY } from '../test/kubernetes/postgres-image.ts';

const KUBE = '../shared/kubernetes/kube';
const ALONE = 'test/kubernetes/alone';
/** A static one, which that cluster needs as well. */
const BUSYBOX = '/bin/busybox';

const files = process.argv.length > 2 ? process.argv.slice(2) : globSync(['packages/*/src/**/*.kubernetes.test.ts', 'test/**/*.kubernetes.test.ts']).sort();
let why = 'KUBECONFIG names no cluster and there is none beside this checkout';
const kubeconfig = process.env['KUBECONFIG'] ?? (existsSync(KUBE) ? up() : null);
if (kubeconfig === null) {
  process.stdout.write(`skipped: ${files.length} files, since ${why}\n`);
} else {
  const isAlone = (file: string): boolean => path.relative(ALONE, file).split(path.sep)[0] !== '..';
  const order = [...files.filter((f) => !isAlone(f)), '--then', ...files.filter(isAlone)];
  const { status } = spawnSync(process.execPath, ['scripts/test.ts', ...order], { stdio: 'inherit', env: { ...process.env, KUBECONFIG: kubeconfig } });
  process.exitCode = status ?? 1;
}

/** Answers the kubeconfig's path; null where this machine cannot run the cluster. */
function up(): string | null {
  let kubeconfig: string;
  try {
    kubeconfig = execFileSync(KUBE, ['up'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  } catch (error) {
    why = `the cluster could not be started: ${(error as Error).message}`;
    return null;
  }
  if (process.env['MILLRACE_TEST_AGENT_IMAGE'] === undefined) putImages();
  if (process.env['MILLRACE_TEST_CONFORMANCE_IMAGE'] === undefined) putStandIn();
  return kubeconfig;
}

function putImages(): void {
  const rootfs = mkdtempSync(path.join(tmpdir(), 'millrace-rootfs-'));
  const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };
  try {
    execFileSync(process.execPath, ['deploy/image/build-rootfs.ts', rootfs], quiet);
    execFileSync(KUBE, ['image', 'local/millrace:dev', rootfs, '["/opt/millrace/busybox","sh","/opt/millrace/start"]'], quiet);
    addPostgres(rootfs);
    execFileSync(KUBE, ['image', 'local/postgres:dev', rootfs, POSTGRES_ENTRY], quiet);
  } finally {
    rmSync(rootfs, { recursive: true, force: true });
  }
}

function putStandIn(): void {
  const rootfs = mkdtempSync(path.join(tmpdir(), 'millrace-rootfs-'));
  try {
    chmodSync(rootfs, 0o755);
    standInRootfs(rootfs, BUSYBOX, execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).trim().split('\n'));
    execFileSync(KUBE, ['image', STAND_IN, rootfs, '["/bin/sh"]'], { stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(rootfs, { recursive: true, force: true });
  }
}
