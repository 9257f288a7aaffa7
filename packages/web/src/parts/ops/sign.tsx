/** How something that is there or not stands, in words, with a sign of its own shape for each. */
import type { ReactElement } from 'react';

export type Standing = 'well' | 'paused' | 'away' | 'bad';

const PATHS: Readonly<Record<Standing, ReactElement>> = {
  well: <path d="M5 8.4l2.2 2.2L11.2 6" />,
  paused: <path d="M6.4 5.4v5.2M9.6 5.4v5.2" />,
  away: <path d="M5.2 8h5.6" />,
  bad: <path d="M8 4.6v4.2M8 11.2v.1" />,
};

export function Sign({ standing, text }: { readonly standing: Standing; readonly text: string }): ReactElement {
  return (
    <span className={`sign sign-${standing}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" className="sign-disc" />
        <g className="sign-mark">{PATHS[standing]}</g>
      </svg>{' '}
      {text}
    </span>
  );
}
