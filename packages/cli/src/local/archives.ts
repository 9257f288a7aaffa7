/** zip and tar files, through the machine's own programs. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { findFiles, pathAt } from '@millrace/agent';
import type { Ask, Json, Place } from '@millrace/pipeline';
import { Failure, unsupported } from './handler.ts';

const call = promisify(execFile);
const LIMIT = { maxBuffer: 256 * 1024 * 1024 };

async function program(name: string, args: readonly string[], cwd: string, input?: string): Promise<string> {
  try {
    const running = call(name, [...args], { ...LIMIT, cwd });
    if (input !== undefined) running.child.stdin?.end(input);
    return (await running).stdout;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') throw unsupported(`this needs the program ${name} on the machine`);
    throw e;
  }
}

export async function serve(ask: Ask, at: (place: Place, path: string) => string): Promise<Json> {
  switch (ask.kind) {
    case 'zip':
    case 'tar': {
      const archive = at(ask.request, ask.request.archive),
        dir = at(ask.request, ask.request.dir);
      if (existsSync(archive)) {
        if (!ask.request.overwrite) throw new Failure({ code: 'MR_HOST', message: `${ask.request.archive} exists.` });
        await rm(archive, { recursive: true });
      }
      await mkdir(dirname(archive), { recursive: true });
      const files = (await findFiles(dir, ask.request.selection)).filter((f) => pathAt(dir, f.path) !== archive);
      const list = files.map((f) => f.path).join('\n');
      if (ask.kind === 'zip') await program('zip', ['-q', archive, '-@'], dir, list);
      else await program('tar', [ask.request.compress ? '-czf' : '-cf', archive, '-T', '-'], dir, list);
      return { count: files.length };
    }
    case 'unzip': {
      const { glob, mode, dir } = ask.request;
      const archive = at(ask.request, ask.request.archive);
      if (mode === 'test')
        return {
          count: 0,
          ok: await program('unzip', ['-tqq', archive], '/').then(
            () => true,
            () => false,
          ),
        };
      const all = (await program('unzip', ['-Z1', archive], '/')).split('\n').filter((n) => n !== '' && !n.endsWith('/'));
      const { antMatcher } = await import('@millrace/agent');
      const wanted = glob === null ? all : all.filter((n) => antMatcher(glob).matches(n));
      if (mode === 'read') {
        const contents: Record<string, string> = {};
        for (const name of wanted) contents[name] = await program('unzip', ['-p', archive, name.replace(/[[\]*?]/g, '\\$&')], '/');
        return { count: wanted.length, ok: true, contents };
      }
      const target = at(ask.request, dir);
      await mkdir(target, { recursive: true });
      if (wanted.length > 0) await program('unzip', ['-qo', archive, ...(glob === null ? [] : wanted.map((n) => n.replace(/[[\]*?]/g, '\\$&')))], target);
      return { count: wanted.length, ok: true };
    }
    case 'untar': {
      const { glob, mode, dir } = ask.request;
      const archive = at(ask.request, ask.request.archive);
      if (mode === 'test')
        return {
          count: 0,
          ok: await program('tar', ['-tf', archive], '/').then(
            () => true,
            () => false,
          ),
        };
      const target = at(ask.request, dir);
      await mkdir(target, { recursive: true });
      const all = (await program('tar', ['-tf', archive], '/')).split('\n').filter((n) => n !== '' && !n.endsWith('/'));
      const { antMatcher } = await import('@millrace/agent');
      const wanted = glob === null ? all : all.filter((n) => antMatcher(glob).matches(n.replace(/^\.\//, '')));
      if (wanted.length > 0) await program('tar', ['-xf', archive, '-C', target, '-T', '-'], '/', wanted.join('\n'));
      return { count: wanted.length, ok: true };
    }
    default:
      throw unsupported(`this command cannot do ${ask.kind}`);
  }
}
