/** How far something that runs is, by how long it usually takes. Where nobody knows nothing is guessed. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats, useNow } from '../format.ts';

/** Never whole before the end. */
const MOST = 0.98;

export function RunningBar({ startedAt, estimatedMs }: { readonly startedAt: number | null; readonly estimatedMs: number | null }): ReactElement | null {
  const { t } = useTranslation();
  const { span } = useFormats();
  const now = useNow();
  if (startedAt === null || estimatedMs === null || estimatedMs === 0) return null;
  const left = estimatedMs - (now - startedAt);
  const text = left > 0 ? t('build.left', { time: span(left) }) : t('build.longer', { time: span(-left) });
  return (
    <span className="quiet running-bar">
      <progress value={Math.min(MOST, Math.max(0, now - startedAt) / estimatedMs)} aria-label={text} /> {text}
    </span>
  );
}
