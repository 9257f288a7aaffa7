/** Kinds of items: what has builds, and what holds other items. */
import type { Row } from '../store/schema.ts';

type Kind = Row<'items'>['kind'];

export const JOBS = ['pipeline', 'freestyle'] as const satisfies readonly Kind[];
/** What holds others, by itself or by people. */
export const CONTAINERS = ['folder', 'multibranch', 'organization'] as const satisfies readonly Kind[];

export function isJob(kind: Kind): boolean {
  return (JOBS as readonly Kind[]).includes(kind);
}
