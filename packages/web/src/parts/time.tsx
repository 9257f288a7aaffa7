/** Points in time and spans, which go on while the page is open. */
import type { ReactElement } from 'react';
import { relative, useFormats, useNow } from '../format.ts';

export function Ago({ at }: { readonly at: number }): ReactElement {
  const { locale, dateTime } = useFormats();
  const now = useNow(10_000);
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTime(at)}>
      {relative(at, Math.max(now, at), locale)}
    </time>
  );
}

/** From `start` to `end`, or until now. */
export function Took({ start, end }: { readonly start: number; readonly end: number | null }): ReactElement {
  return end === null ? <Running start={start} /> : <Span ms={end - start} />;
}

export function Span({ ms }: { readonly ms: number }): ReactElement {
  const { span } = useFormats();
  return <span className="number">{span(ms)}</span>;
}

function Running({ start }: { readonly start: number }): ReactElement {
  const now = useNow();
  return <Span ms={Math.max(0, now - start)} />;
}
