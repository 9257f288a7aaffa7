/** The repositories of a checkout, with what the network needs for each. */
import type { GitScm, OperationRequest } from '@millrace/protocol';
import { expandedSpec } from '@millrace/protocol/git';
import type { OperationContext } from '../operation.ts';
import { failed } from '../operation.ts';
import { accessTo } from './access.ts';
import type { Extensions } from './extensions.ts';
import { DEFAULT_TIMEOUT } from './extensions.ts';
import { GIT_EXCEPTION } from './git-process.ts';
import type { Mirrored } from './mirrors.ts';
import type { RemoteName } from './revisions.ts';

export interface Remote extends RemoteName {
  readonly refspecs: readonly string[];
  readonly fields: Mirrored['credential'];
}

/** `refs/heads/*` of the repository as branches of that remote. */
export function usualRefspec(name: string): string {
  return `+refs/heads/*:refs/remotes/${name}/*`;
}

export function remotesOf(
  scm: GitScm,
  request: OperationRequest<'checkout'>,
  extensions: Extensions,
  cx: OperationContext,
): {
  readonly remotes: readonly Remote[];
  readonly network: { readonly own: Record<string, string>; readonly without: Record<string, string> };
  readonly secrets: readonly string[];
} {
  const timeout = extensions.find('CloneOption')?.count('timeout', DEFAULT_TIMEOUT) ?? DEFAULT_TIMEOUT;
  const clone = extensions.find('CloneOption');
  const depth = clone?.flag('shallow') === true ? clone.count('depth', 1) : null;
  const secrets: string[] = [];
  const taken = new Set<string>();
  const remotes = scm.remotes.map((remote, i): Remote => {
    const access = accessTo(remote.url, remote.credentialsId, request, cx);
    secrets.push(...access.secrets);
    // As git-plugin: origin, origin1, …
    const name = remote.name ?? (i === 0 || !taken.has('origin') ? 'origin' : `origin${i}`);
    if (!/^[\w.-][\w./-]*$/.test(name) || remote.url.startsWith('-')) throw failed(`"${name}" with ${remote.url} is no remote`, GIT_EXCEPTION);
    taken.add(name);
    const refspecs = (remote.refspec ?? usualRefspec(name))
      .split(/\s+/)
      .filter((r) => r !== '')
      .map((r) => expandedSpec(r, request.env));
    // What a variable holds may come from anybody.
    const wrong = refspecs.find((r) => /^-|\s/.test(r));
    if (wrong !== undefined) throw failed(`"${wrong}" is no refspec`, GIT_EXCEPTION);
    return { name, url: remote.url, refspecs, fields: access.fields, depth, call: { timeout, env: access.env } };
  });
  const own = { ...(remotes[0] as Remote).call.env };
  const without = { ...accessTo((remotes[0] as Remote).url, null, request, cx).env };
  return { remotes, network: { own, without }, secrets: [...new Set(secrets)] };
}

/** A path is as near as a mirror. */
export function isRemote(url: string): boolean {
  return /^(https?|ssh|git|git\+ssh|ssh\+git):\/\//i.test(url) || /^[^/:]+:/.test(url);
}
