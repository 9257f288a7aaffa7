/**
 * The mirror of a machine: a repository of this many commits and files over HTTP. A plain `git clone`; the first checkout of a
 * machine; a second one in another workspace after one commit more. All in one run, so that the ratio means something.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../packages/agent/src/operations/git/checkout.ts';
import { FormerGits } from '../packages/agent/src/operations/git/former-gits.ts';
import { DEFAULT_MIRRORS, Mirrors } from '../packages/agent/src/operations/git/mirrors.ts';
import { LeftOvers } from '../packages/agent/src/tasks/left-overs.ts';
import { gitHttpServer, noHttpBackend, testRepository } from '../packages/protocol/src/git/testing/git-servers.ts';
import type { Benchmark } from './benchmark.ts';
import { median, timed } from './benchmark.ts';

const COMMITS = 60;
const FILES = 25;
const BYTES = 60_000;
const TIMES = 3;
const call = promisify(execFile);

export const git: Benchmark = {
  name: 'git',
  async run() {
    const skipped = noHttpBackend();
    if (skipped !== undefined) return { figures: [], skipped };
    const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
    const ends: (() => unknown)[] = [];
    const t = { after: (end: () => unknown) => void ends.push(end) } as never;
    try {
      const app = await testRepository(folder);
      for (let c = 0; c < COMMITS; c++) {
        mkdirSync(join(app.folder, 'f'), { recursive: true });
        // Nothing of it can be compressed, as of what makes real repositories big.
        for (let f = 0; f < FILES; f++) writeFileSync(join(app.folder, 'f', `${(c * 7 + f) % 40}`), randomText(c * FILES + f));
        await app.commit({}, `change ${c}`);
      }
      const { stdout } = await call('git', ['count-objects', '-v'], { cwd: app.folder });
      const megabytes = Number(/^size: (\d+)/m.exec(stdout)?.[1] ?? 0) / 1_024;
      const url = `${(await gitHttpServer(t, folder)).url}/app/.git`;
      const mirrors = new Mirrors({ ...DEFAULT_MIRRORS, folder: join(folder, 'mirrors') });
      let count = 0;
      const check = async (): Promise<number> => {
        const cwd = join(folder, `ws-${count++}`);
        return timed(() =>
          checkout(
            {
              lease: 'l',
              cwd,
              scm: { kind: 'git', remotes: [{ url, name: 'origin', refspec: null, credentialsId: null }], branches: ['main'], extensions: [] },
              env: {},
              masks: [],
              changelog: true,
              poll: true,
              previous: [],
            },
            {
              transfers: {} as never,
              leftOvers: new LeftOvers('bench'),
              formerGits: new FormerGits(folder),
              mirrors,
              scratch: () => folder,
              print: () => undefined,
              signal: new AbortController().signal,
            },
          ),
        );
      };
      const first = await check();
      const plain: number[] = [],
        second: number[] = [];
      for (let i = 0; i < TIMES; i++) {
        await app.commit({ [`new-${i}`]: 'x' });
        second.push(await check());
        plain.push(await timed(() => call('git', ['clone', '--quiet', url, join(folder, `plain-${i}`)])));
      }
      const ratio = median(plain) / median(second);
      return {
        figures: [
          {
            what: 'plain clone',
            value: median(plain),
            unit: 'ms',
            detail: `${megabytes.toFixed(0)} MB of objects, ${COMMITS} commits, over HTTP on one machine`,
          },
          { what: 'first checkout of a machine', value: first, unit: 'ms' },
          { what: 'checkout in another workspace after one commit more', value: median(second), unit: 'ms', detail: `median of ${TIMES}` },
          { what: 'of a plain clone, times as fast', value: ratio, unit: '' },
        ],
      };
    } finally {
      for (const end of ends) await end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The same in each run. */
function randomText(seed: number): Buffer {
  const bytes = Buffer.alloc(BYTES);
  let state = seed + 1;
  for (let i = 0; i < BYTES; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
