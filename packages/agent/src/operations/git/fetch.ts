/** Brings what a remote has, through the machine's mirror where there is one. Follows GitSCM.fetchFrom of the git plug-in. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { OperationContext } from '../operation.ts';
import type { Extensions } from './extensions.ts';
import type { Git } from './git-process.ts';
import type { Remote } from './remotes.ts';
import { isRemote, usualRefspec } from './remotes.ts';

/** True: it came through the machine's mirror. */
export async function fetchRemote(git: Git, remote: Remote, fresh: boolean, extensions: Extensions, cx: Pick<OperationContext, 'mirrors'>): Promise<boolean> {
  const { name, url, call, depth } = remote;
  const clone = extensions.find('CloneOption');
  const honor = clone?.flag('honorRefspec') === true;
  const refspecs = fresh && !honor ? [...new Set([usualRefspec(name), ...remote.refspecs])] : remote.refspecs;
  const tags = clone?.flag('noTags') !== true;
  const prune = { branches: extensions.has('PruneStaleBranch'), tags: extensions.find('PruneStaleTag')?.flag('pruneTags', true) === true };
  git.print(`Fetching upstream changes from ${url}`);
  const reference = clone?.text('reference') ?? '';
  if (reference !== '' && fresh) await useReference(git, reference);
  const deep = depth === null ? [] : [`--depth=${depth}`];
  if (reference === '' && cx.mirrors !== undefined && isRemote(url)) {
    const told = [tags ? '--tags' : '--no-tags', '--force', ...deep, '--', url, ...refspecs].join(' ');
    git.print(` > git fetch ${told} # timeout=${call.timeout}, through the mirror of this machine`);
    if (await cx.mirrors.fetch({ git, url, credential: remote.fields, depth, refspecs, tags, call, prune })) return true;
  }
  await git.run(
    [
      'fetch',
      tags ? '--tags' : '--no-tags',
      '--force',
      '--progress',
      ...(prune.branches ? ['--prune'] : []),
      ...(prune.tags && tags ? ['--prune-tags'] : []),
      ...deep,
      '--',
      // By its name, where what is gone is to go: git prunes a remote's own refs alone.
      prune.branches || prune.tags ? name : url,
      ...(prune.tags ? [] : refspecs),
    ],
    call,
  );
  return false;
}

async function useReference(git: Git, reference: string): Promise<void> {
  const objects = [join(reference, '.git', 'objects'), join(reference, 'objects')].find((path) => existsSync(path));
  if (objects === undefined) {
    git.print(`[WARNING] Reference path does not exist: ${reference}`);
    return;
  }
  git.print(`Using reference repository: ${reference}`);
  const path = join(git.cwd, '.git', 'objects', 'info');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'alternates'), `${resolve(objects)}\n`);
}
