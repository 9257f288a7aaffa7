/** How a build, a stage or a step stands: a sign of its own shape for each, so that colour is not needed to tell them apart. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { BuildState, Result } from '../api/shapes.ts';

export type Status = 'success' | 'unstable' | 'failed' | 'aborted' | 'skipped' | 'running' | 'waiting' | 'none';

const OF_RESULT: Readonly<Record<Result, Status>> = { SUCCESS: 'success', UNSTABLE: 'unstable', FAILURE: 'failed', ABORTED: 'aborted', NOT_BUILT: 'skipped' };

export function statusOfBuild(build: { readonly state: BuildState; readonly result: Result | null } | null): Status {
  if (build === null) return 'none';
  if (build.state === 'queued') return 'waiting';
  if (build.state === 'running') return 'running';
  return build.result === null ? 'aborted' : OF_RESULT[build.result];
}

const PATHS: Readonly<Record<Status, ReactElement>> = {
  success: <path d="M5 8.4l2.2 2.2L11.2 6" />,
  unstable: <path d="M8 4.6v4.2M8 11.2v.1" />,
  failed: <path d="M5.5 5.5l5 5M10.5 5.5l-5 5" />,
  aborted: <path d="M5.2 8h5.6" />,
  skipped: <path d="M5.5 5.2L9 8l-3.5 2.8M10.8 5.2v5.6" />,
  running: <path d="M8 4.6V8l2.4 1.5" />,
  waiting: <path d="M6.4 5.4v5.2M9.6 5.4v5.2" />,
  none: <path d="M8 8h.01" />,
};

export function StatusIcon({ status, size = 20, label }: { readonly status: Status; readonly size?: number; readonly label?: boolean }): ReactElement {
  const { t } = useTranslation();
  const text = t(`status.${status}`);
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has one where it is not hidden
    <svg
      className={`status status-${status}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      {...(label === false ? { 'aria-hidden': true } : { role: 'img', 'aria-label': text })}
    >
      {label !== false && <title>{text}</title>}
      <circle cx="8" cy="8" r="7" className="status-disc" />
      {status === 'running' && <circle cx="8" cy="8" r="7" className="status-turn" />}
      <g className="status-sign">{PATHS[status]}</g>
    </svg>
  );
}

export function StatusText({ status }: { readonly status: Status }): ReactElement {
  const { t } = useTranslation();
  return (
    <span className={`status-text status-${status}`}>
      <StatusIcon status={status} size={16} label={false} /> {t(`status.${status}`)}
    </span>
  );
}
