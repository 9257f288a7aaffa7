/** A point in time to come, as time goes on. */
import type { ReactElement } from 'react';
import { relative, useFormats, useNow } from '../../format.ts';

export function Until({ at, past }: { readonly at: number; readonly past: string }): ReactElement {
  const { locale, dateTime } = useFormats();
  const now = useNow(10_000);
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTime(at)}>
      {at <= now ? past : relative(at, now, locale)}
    </time>
  );
}
