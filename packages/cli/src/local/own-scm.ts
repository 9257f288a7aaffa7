/** The repository that a Jenkinsfile lies in, for `checkout scm`: read from its files, without starting git. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ScmSpec } from '@millrace/pipeline';

export interface OwnScm {
  readonly spec: ScmSpec;
  readonly branch: string | null;
}

export function scmOf(folder: string): OwnScm | null {
  for (let at = folder; ; at = dirname(at)) {
    const git = join(at, '.git');
    if (existsSync(git)) return specOf(at, git);
    if (dirname(at) === at) return null;
  }
}

function specOf(root: string, git: string): OwnScm | null {
  try {
    // A work tree of another repository names its folder in a file.
    const folder = statSync(git).isDirectory()
      ? git
      : resolve(
          root,
          readFileSync(git, 'utf8')
            .replace(/^gitdir:/, '')
            .trim(),
        );
    const head = readFileSync(join(folder, 'HEAD'), 'utf8').trim();
    const branch = head.startsWith('ref: refs/heads/') ? head.slice('ref: refs/heads/'.length) : null;
    return {
      spec: { kind: 'git', remotes: [{ url: root, name: 'origin', refspec: null, credentialsId: null }], branches: [branch ?? head], extensions: [] },
      branch,
    };
  } catch {
    return null;
  }
}
