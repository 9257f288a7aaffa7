/**
 * `checkout` of git with the machine's own git, in the way and the words of Jenkins' git plug-in. It may be made again after
 * a crash: it ends at the same commit.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GitScm, OperationRequest, ScmChange, Variables } from '@millrace/protocol';
import { inheritedEnvironment } from '../tasks/environment.ts';
import type { Operation, OperationContext } from './operation.ts';
import { failed, unsupported } from './operation.ts';

type Options = GitScm['extensions'][number]['options'];

export const checkout: Operation<'checkout'> = async (request, cx) => {
  const { scm } = request;
  if (scm.kind !== 'git') throw unsupported(`checkout of ${scm.type} is not there; git is`);
  const extension = (type: string): Options | null => scm.extensions.find((e) => e.type === type)?.options ?? null;
  const remote = scm.remotes[0];
  if (remote === undefined) throw failed('No remotes configured', 'hudson.plugins.git.GitException');
  const cwd = resolve(request.cwd, String(extension('RelativeTargetDirectory')?.['relativeTargetDir'] ?? ''));
  const git = new Git(cwd, cx, request, await credentialsFor(remote.credentialsId, request.credentials ?? {}, cx));
  if (remote.credentialsId === null) cx.print('No credentials specified\n');
  else cx.print(`using credential ${remote.credentialsId}\n`);

  const name = remote.name ?? 'origin';
  if (extension('WipeWorkspace') !== null) await rm(cwd, { recursive: true, force: true });
  await mkdir(cwd, { recursive: true });
  if (!existsSync(join(cwd, '.git'))) {
    cx.print('Cloning the remote Git repository\n');
    cx.print(`Cloning repository ${remote.url}\n`);
    await git.run(['init', cwd]);
  } else cx.print('Fetching changes from the remote Git repository\n');
  await git.quiet(['config', `remote.${name}.url`, remote.url]);
  if (extension('CleanBeforeCheckout') !== null) await git.clean();
  const clone = extension('CloneOption');
  const refspecs = (remote.refspec ?? `+refs/heads/*:refs/remotes/${name}/*`).split(/\s+/);
  cx.print(`Fetching upstream changes from ${remote.url}\n`);
  await git.run([
    'fetch',
    ...(clone?.['noTags'] === true ? ['--no-tags'] : ['--tags']),
    '--force',
    '--progress',
    ...(clone?.['shallow'] === true ? [`--depth=${Number(clone['depth'] ?? 1) || 1}`] : []),
    '--',
    remote.url,
    ...refspecs,
  ]);

  const { commit, ref } = await revision(git, scm.branches, name, remote.url);
  cx.print(`Checking out Revision ${commit}${ref === null ? '' : ` (${ref})`}\n`);
  const sparse = extension('SparseCheckoutPaths')?.['sparseCheckoutPaths'];
  if (Array.isArray(sparse)) await git.quiet(['sparse-checkout', 'set', '--no-cone', ...sparse.map((p) => String((p as { path?: string }).path ?? p))]);
  await git.run(['checkout', '-f', commit]);
  const local = extension('LocalBranch')?.['localBranch'];
  if (typeof local === 'string' && local !== '' && local !== '**') await git.run(['checkout', '-B', local, commit]);
  if (extension('CleanCheckout') !== null) await git.clean();
  const submodules = extension('SubmoduleOption');
  if (submodules !== null && submodules['disableSubmodules'] !== true) {
    await git.run(['submodule', 'update', '--init', ...(submodules['recursiveSubmodules'] === true ? ['--recursive'] : [])]);
  }
  cx.print(`Commit message: "${(await git.quiet(['log', '-1', '--format=%s', commit])).trim()}"\n`);
  const branch = ref?.replace(/^refs\/(remotes|heads)\//, '') ?? 'detached';
  const changes = await changesUpTo(git, cwd, commit);
  return {
    ...(changes.length === 0 ? {} : { changes }),
    variables: {
      GIT_COMMIT: commit,
      GIT_BRANCH: branch,
      GIT_URL: remote.url,
      ...(typeof local === 'string' && local !== '' ? { GIT_LOCAL_BRANCH: local === '**' ? branch.slice(branch.indexOf('/') + 1) : local } : {}),
    },
  };
};

/**
 * What came since the checkout before this one in the same clone, newest first; nothing where there was none. The clone
 * remembers what was checked out, as its HEAD may be moved by the build.
 */
async function changesUpTo(git: Git, cwd: string, commit: string): Promise<ScmChange[]> {
  const memory = resolve(cwd, (await git.quiet(['rev-parse', '--git-path', 'millrace-checked-out'])).trim());
  const before = await readFile(memory, 'utf8').catch(() => '');
  await writeFile(memory, commit);
  if (before === '' || before === commit) return [];
  const format = '--format=%x1e%H%x1f%an%x1f%at%x1f%B%x1f';
  const log = await git.quiet(['log', '--no-merges', '--name-only', '-z', '--max-count=1024', format, `${before}..${commit}`], true);
  return log
    .split('\x1e')
    .slice(1)
    .map((entry) => {
      const [id = '', author = '', at = '0', message = '', paths = ''] = entry.split('\x1f');
      const comment = `${message.trimEnd()}\n`;
      const names = paths.split(/[\0\n]/).filter((path) => path !== '');
      return { title: comment.slice(0, comment.indexOf('\n')), comment, paths: names, commit: id, author, at: Number(at) * 1_000 };
    });
}

/** The commit that the branch specs mean: the first that is found. */
async function revision(git: Git, specs: readonly string[], remote: string, url: string): Promise<{ commit: string; ref: string | null }> {
  const refs = (await git.quiet(['for-each-ref', '--format=%(refname)', `refs/remotes/${remote}`])).split('\n').filter((r) => r !== '');
  for (const spec of specs.length === 0 ? ['**'] : specs) {
    const plain = spec
      .trim()
      .replace(/^refs\/heads\//, '')
      .replace(/^\*\//, '')
      .replace(new RegExp(`^(refs/remotes/)?${remote}/`), '');
    const candidates: (string | null)[] = [];
    if (/[*?:]/.test(plain)) {
      const pattern = plain.startsWith(':')
        ? new RegExp(plain.slice(1))
        : new RegExp(
            `^${plain
              .replace(/[.+^${}()|[\]\\]/g, '\\$&')
              .replaceAll('**', '\0')
              .replaceAll('*', '[^/]*')
              .replaceAll('\0', '.*')}$`,
          );
      candidates.push(refs.find((r) => pattern.test(r.slice(`refs/remotes/${remote}/`.length))) ?? null);
    } else candidates.push(`refs/remotes/${remote}/${plain}`, spec.startsWith('refs/') ? spec : null, `refs/tags/${plain.replace(/^tags\//, '')}`, plain);
    for (const ref of candidates) {
      if (ref === null) continue;
      const commit = (await git.quiet(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], true)).trim();
      if (commit !== '') return { commit, ref: ref.startsWith('refs/') ? ref : null };
    }
    // A commit or a reference that the refspec did not bring.
    if (/^([0-9a-f]{40}|refs\/.+)$/.test(spec)) {
      await git.run(['fetch', '--force', '--', url, spec]);
      return { commit: (await git.quiet(['rev-parse', 'FETCH_HEAD^{commit}'])).trim(), ref: null };
    }
  }
  throw failed("Couldn't find any revision to build. Verify the repository and branch configuration for this job.");
}

/** How git gets a credential: by variables of its process alone. A key for SSH needs a file, which goes with the operation. */
async function credentialsFor(id: string | null, known: { readonly [id: string]: Variables }, cx: OperationContext): Promise<Record<string, string>> {
  if (id === null) return {};
  const fields = Object.hasOwn(known, id) ? known[id] : undefined;
  if (fields === undefined) throw failed(`CredentialId "${id}" could not be found.`);
  if (fields['privateKey'] !== undefined) {
    const key = join(cx.scratch(), 'key');
    await writeFile(key, fields['privateKey'].endsWith('\n') ? fields['privateKey'] : `${fields['privateKey']}\n`, { mode: 0o600 });
    return { GIT_SSH_COMMAND: `ssh -i '${key}' -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new` };
  }
  const ask = join(cx.scratch(), 'askpass');
  await writeFile(ask, '#!/bin/sh\ncase "$1" in Username*) printf %s "$MILLRACE_GIT_USER";; *) printf %s "$MILLRACE_GIT_WORD";; esac\n', { mode: 0o700 });
  return { GIT_ASKPASS: ask, MILLRACE_GIT_USER: fields['username'] ?? 'git', MILLRACE_GIT_WORD: fields['password'] ?? fields['secret'] ?? '' };
}

class Git {
  private readonly cwd: string;
  private readonly cx: OperationContext;
  private readonly env: NodeJS.ProcessEnv;
  private readonly children = new Set<ReturnType<typeof spawn>>();

  constructor(cwd: string, cx: OperationContext, request: OperationRequest<'checkout'>, secrets: Record<string, string>) {
    this.cwd = cwd;
    this.cx = cx;
    this.env = { ...inheritedEnvironment(), ...request.env, ...secrets, GIT_TERMINAL_PROMPT: '0' };
    cx.signal.addEventListener('abort', () => {
      for (const child of this.children) child.kill('SIGTERM');
    });
  }
  /** Shown in the console. */
  run(args: readonly string[]): Promise<string> {
    this.cx.print(` > git ${args.join(' ')} # timeout=10\n`);
    return this.quiet(args);
  }
  async clean(): Promise<void> {
    this.cx.print('Cleaning workspace\n');
    await this.run(['reset', '--hard']);
    await this.run(['clean', '-ffdx']);
  }
  quiet(args: readonly string[], mayFail = false): Promise<string> {
    return new Promise((done, fail) => {
      const child = spawn('git', args, { cwd: this.cwd, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
      this.children.add(child);
      let out = '',
        err = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      child.on('error', (e: NodeJS.ErrnoException) => {
        fail(e.code === 'ENOENT' ? unsupported('checkout needs the program git on the machine') : e);
      });
      child.on('close', (code) => {
        this.children.delete(child);
        if (code === 0 || mayFail) done(out);
        else fail(failed(`Command "git ${args.join(' ')}" returned status code ${code}:\nstdout: ${out}\nstderr: ${err}`, 'hudson.plugins.git.GitException'));
      });
    });
  }
}
