/** Which repository of which forge an address is of, as git writes it: over HTTP or SSH. */
import type { ForgeKind } from '@millrace/protocol';
import type { ForgePlace } from './registry.ts';
import { FORGES } from './registry.ts';

export interface KnownForge {
  /** Null: told by the address, at github.com, gitlab.com and bitbucket.org. */
  readonly forge: ForgeKind | null;
  readonly apiUrl: string | null;
}

const BY_HOST: { readonly [host: string]: ForgeKind } = { 'github.com': 'github', 'gitlab.com': 'gitlab', 'bitbucket.org': 'bitbucket' };

/** Null: it cannot be told. A file of this machine is of no forge, unless one was told. */
export function repositoryAt(url: string, { forge, apiUrl }: KnownForge): (ForgePlace & { readonly repository: string }) | null {
  const { host, path } = partsOf(url);
  const kind = forge ?? (Object.hasOwn(BY_HOST, host) ? (BY_HOST[host] as ForgeKind) : null);
  if (kind === null || (apiUrl === null && FORGES[kind].apiUrl === null)) return null;
  const names = path.split('/').filter((part) => part !== '');
  // A server below a path of its own: `https://example/git/owner/name.git` with the API at `https://example/git/api/v1`.
  const below =
    apiUrl === null
      ? []
      : new URL(apiUrl).pathname
          .replace(FORGES[kind].suffix, '')
          .split('/')
          .filter((part) => part !== '');
  const own = below.every((part, i) => names[i] === part) ? names.slice(below.length) : names;
  const wanted = kind === 'gitlab' ? own : own.slice(-2);
  return wanted.length < 2 ? null : { kind, apiUrl, repository: wanted.join('/').replace(/\.git$/, '') };
}

function partsOf(url: string): { readonly host: string; readonly path: string } {
  // git@github.com:acme/app.git
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(url);
  if (scp !== null) return { host: (scp[1] as string).toLowerCase(), path: scp[2] as string };
  if (!URL.canParse(url)) return { host: '', path: url };
  const { hostname, pathname } = new URL(url);
  return { host: hostname.toLowerCase(), path: decodeURIComponent(pathname) };
}
