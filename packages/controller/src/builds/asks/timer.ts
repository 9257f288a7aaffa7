/** `timer`: due by the ask's own time, so that it is the same after a crash. */
import type { AskContext } from '../ask-context.ts';

/** What setTimeout can wait for. */
const LONGEST = 2 ** 31 - 1;

export function timer(cx: AskContext<'timer'>): void {
  const due = cx.ask.at + cx.request.ms;
  let handle: NodeJS.Timeout | null = null;
  const wait = (): void => {
    const left = due - cx.services.now();
    if (left <= 0) {
      cx.answer(null);
      return;
    }
    handle = setTimeout(wait, Math.min(left, LONGEST));
  };
  cx.onGone(() => {
    if (handle !== null) clearTimeout(handle);
  });
  wait();
}
