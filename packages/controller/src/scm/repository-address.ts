/**
 * One name for a repository, however its address is written: `https://user@Host:8443/Owner/name.git`, `git@host:owner/name` and
 * `ssh://host/owner/name` are `host/owner/name`. Ports and capitals are left out: forges hear SSH and HTTPS at different
 * ones. What is taken for the same by mistake is looked at once too often, and nothing starts.
 */

/** Null: it is no address. */
export function repositoryAddress(url: string): string | null {
  const text = url.trim();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]*)(?::\d*)?\/(.*)$/i.exec(text);
  const scp = scheme === null ? /^(?:[^/@:]*@)?([^/:]+):(?!\/\/)(.*)$/.exec(text) : null;
  const [host = '', path = ''] = scheme !== null ? [scheme[1], scheme[2]] : scp !== null ? [scp[1], scp[2]] : ['', text];
  const clean = path
    .replace(/[?#].*$/, '')
    .replace(/^\/+|\/+$/g, '')
    .replace(/\/+/g, '/')
    .replace(/\.git$/i, '');
  return clean === '' ? null : `${host}/${clean}`.toLowerCase();
}

export function sameRepository(a: string, b: string): boolean {
  const first = repositoryAddress(a);
  return first !== null && first === repositoryAddress(b);
}

/** Of whoever may own it: `host/a/b/c` → `host/a/b`, `host/a`. */
export function ownersOf(address: string): string[] {
  const parts = address.split('/');
  return parts.slice(2).map((_, i) => parts.slice(0, parts.length - 1 - i).join('/'));
}
