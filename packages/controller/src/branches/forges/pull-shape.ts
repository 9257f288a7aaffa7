/** Pull requests and repositories in the shapes that GitHub and Gitea share. Only what is used is named. */
import { z } from 'zod';
import type { ForgeChange, ForgeRepository } from './forge.ts';

export const hash = z.string().regex(/^[0-9a-f]{40,64}$/, 'a commit');
const branchName = z.string().min(1).max(1_000);

export const pull = z.object({
  number: z.int().min(1),
  state: z.string(),
  title: z.string(),
  html_url: z.string(),
  user: z.object({ login: z.string(), full_name: z.string().nullish(), email: z.string().nullish() }).nullable(),
  head: z.object({ ref: branchName, sha: hash, repo: z.object({ full_name: z.string() }).nullish() }),
  base: z.object({ ref: branchName }),
});

/** `repository`: `owner/name`. A fork that was deleted is a fork still. */
export function changeOf({ number, title, html_url: url, user, head, base }: z.infer<typeof pull>, repository: string): ForgeChange {
  const author = user?.login ?? 'ghost';
  return {
    id: String(number),
    number,
    url,
    title,
    author,
    authorKey: author,
    authorDisplayName: user?.full_name || null,
    authorEmail: user?.email || null,
    target: base.ref,
    branch: head.ref,
    fork: forkOf(head.repo?.full_name ?? `${author}/`, repository),
    ref: `refs/pull/${number}/head`,
    hash: head.sha,
  };
}

/** Null: the repository itself. The owner alone says enough where the name is the same. */
export function forkOf(fork: string, repository: string): string | null {
  if (fork.toLowerCase() === repository.toLowerCase()) return null;
  const at = fork.lastIndexOf('/');
  const name = fork.slice(at + 1);
  const same = name === '' || name.toLowerCase() === repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();
  return same ? fork.slice(0, at) : fork;
}

export const repositoryShape = z.object({
  full_name: z.string(),
  name: z.string(),
  clone_url: z.string(),
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
  fork: z.boolean().nullish(),
  pushed_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});

export function repositoryOf(r: z.infer<typeof repositoryShape>): ForgeRepository {
  return {
    fullName: r.full_name,
    name: r.name,
    cloneUrl: r.clone_url,
    defaultBranch: r.default_branch ?? null,
    archived: r.archived === true,
    fork: r.fork === true,
    marker: r.pushed_at ?? r.updated_at ?? null,
  };
}

export const permissionShape = z.object({ permission: z.string() });
