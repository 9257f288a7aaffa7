/**
 * A multibranch job on a repository of 10,000 branches, each at a commit of its own with a Jenkinsfile, over HTTP
 * (git-http-backend) and one `millrace up` on SQLite: its first scan, which makes the jobs, one after a tenth of the branches
 * has moved, one after nothing has, and the server's memory meanwhile. Nothing is built.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Store } from '../../packages/controller/src/store/store.ts';
import { gitHttpServer, noHttpBackend } from '../../packages/protocol/src/git/testing/git-servers.ts';
import type { Benchmark } from '../benchmark.ts';
import { administrator, ask } from './administrator.ts';
import type { Program } from './program.ts';
import { pause, residentMb, startProgram } from './program.ts';

const BRANCHES = Number(process.env['MILLRACE_BENCH_BRANCHES'] ?? 10_000);

export const serverScan: Benchmark = {
  name: 'server-scan',
  run: async () => {
    const why = noHttpBackend();
    if (why !== undefined) return { figures: [], skipped: why };
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    const ends: (() => unknown)[] = [];
    let program: Program | null = null;
    try {
      const repositories = path.join(folder, 'git');
      const repository = path.join(repositories, 'app');
      mkdirSync(repository, { recursive: true });
      execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
      execFileSync('git', ['config', 'uploadpack.allowFilter', 'true'], { cwd: repository });
      importBranches(repository, BRANCHES, 'first');
      const git = await gitHttpServer({ after: (end) => void ends.push(end as () => unknown) }, repositories);
      const data = path.join(folder, 'data');
      const store = await Store.open({ url: null, folder: data, origin: 'bench' });
      const token = await administrator(store);
      await store.close();
      program = await startProgram(data);
      const { url, pid } = program;
      const idle = residentMb(pid);
      let most = idle;
      const watching = setInterval(() => {
        most = Math.max(most, residentMb(pid));
      }, 200).unref();
      const config = { sources: [{ kind: 'git', url: `${git.url}/app/.git` }], build: { branches: false } };
      await ask(url, token, '/api/v1/items', { kind: 'multibranch', name: 'app', config });
      const first = await scanned(url, token, 1);
      importBranches(repository, BRANCHES / 10, 'second');
      await ask(url, token, '/api/v1/items/app/scan', null);
      const moved = await scanned(url, token, 2);
      await ask(url, token, '/api/v1/items/app/scan', null);
      const same = await scanned(url, token, 3);
      clearInterval(watching);
      const jobs = await countJobs(url, token);
      if (jobs !== BRANCHES) throw new Error(`${jobs} jobs were made of ${BRANCHES} branches`);
      const count = BRANCHES.toLocaleString('en');
      return {
        figures: [
          { what: `first scan of ${count} branches`, value: first, unit: 's' },
          { what: 'the next, with a tenth of them moved', value: moved, unit: 's' },
          { what: 'the next, with none', value: same, unit: 's' },
          { what: 'the server’s memory beyond that before the first scan, at most', value: most - idle, unit: 'MB', detail: `${idle.toFixed(0)} MB before` },
        ],
      };
    } finally {
      await program?.stop();
      for (const end of ends.reverse()) await end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function countJobs(url: string, token: string): Promise<number> {
  let count = 0,
    cursor: string | null = null;
  do {
    const page: { entries: unknown[]; next: string | null } = await ask(
      url,
      token,
      `/api/v1/items/app/items?limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    count += page.entries.length;
    cursor = page.next;
  } while (cursor !== null);
  return count;
}

/** Seconds, as the server has them. */
async function scanned(url: string, token: string, nth: number): Promise<number> {
  for (;;) {
    const { runs } = await ask<{ runs: { state: string; startedAt: number; endedAt: number | null }[] }>(url, token, '/api/v1/items/app/scans');
    const [newest] = runs;
    if (runs.length >= nth && newest !== undefined && newest.endedAt !== null) {
      if (newest.state !== 'success') throw new Error(`the scan ended: ${newest.state}`);
      return (newest.endedAt - newest.startedAt) / 1_000;
    }
    await pause(100);
  }
}

/** Branches `b0`, `b1`, … with a commit each, whose message and file tell which. */
function importBranches(cwd: string, count: number, round: string): void {
  const parts = [`blob\nmark :1\ndata 12\necho 'built'\n`];
  const who = 'Ann <ann@example.com> 1700000000 +0000';
  for (let i = 0; i < count; i++) {
    const text = `${round} ${i}\n`;
    const branch = i === 0 ? 'main' : `b${i}`;
    parts.push(
      `commit refs/heads/${branch}\ncommitter ${who}\ndata ${text.length}\n${text}deleteall\nM 100644 :1 Jenkinsfile\nM 100644 inline src/a.txt\ndata ${text.length}\n${text}\n`,
    );
  }
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd, input: parts.join(''), maxBuffer: 1 << 28 });
}
