/** `lease.end`: ends the processes that a lease's steps have left behind. */
import type { Operation } from './operation.ts';

export const endLease: Operation<'lease.end'> = async ({ cookie }, cx) => ({ ended: await cx.leftOvers.end(cookie) });
