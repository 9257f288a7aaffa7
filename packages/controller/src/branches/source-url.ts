import type { BranchSourceConfig } from '@millrace/protocol';
import { cloneUrlOf } from './forges/registry.ts';

/** Where git reads. */
export function urlOf(source: BranchSourceConfig): string {
  return source.kind === 'git' ? source.url : (source.url ?? cloneUrlOf(source, source.repository));
}
