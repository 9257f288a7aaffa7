import type { BranchSourceConfig } from '@millrace/protocol';
import { cloneUrlOf } from './forges/registry.ts';
import type { Head } from './head.ts';

/** Where git reads. */
export function urlOf(source: BranchSourceConfig): string {
  return source.kind === 'git' ? source.url : (source.url ?? cloneUrlOf(source, source.repository));
}

export interface FetchPlace {
  readonly url: string;
  readonly ref: string;
}

/** What git fetches a head from: the source's repository, or that of a pull request's branch. */
export function fetchPlaceOf(source: BranchSourceConfig, { ref, change }: Pick<Head, 'ref' | 'change'>): FetchPlace {
  if (change?.fetchedFrom === undefined || source.kind === 'git') return { url: urlOf(source), ref };
  const whole = urlOf(source);
  const url = isSame(change.fetchedFrom, source.repository)
    ? whole
    : (beside(whole, source.repository, change.fetchedFrom) ?? cloneUrlOf(source, change.fetchedFrom));
  return { url, ref: `refs/heads/${change.branch}` };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Another repository at the same server, by the same way: over SSH where the source is read over SSH. Null: the address does not end with its name. */
function beside(url: string, repository: string, other: string): string | null {
  const end = /(\.git)?\/*$/.exec(url)?.[0] ?? '';
  const start = url.length - end.length - repository.length;
  return start > 0 && /[/:]/.test(url.charAt(start - 1)) && isSame(url.slice(start, url.length - end.length), repository)
    ? url.slice(0, start) + other + end
    : null;
}
