/** Resolves when something of a build changes, after a while in any case (a wake may be lost), or when nobody wants it any more. */
import type { Store } from '../store/store.ts';

const POLL_MS = 2_000;

export function nextChange(store: Store, build: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      off();
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const off = store.wakes.on('build', (topic) => {
      if (topic === '*' || topic === `build ${build}`) end();
    });
    const timer = setTimeout(end, POLL_MS);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
