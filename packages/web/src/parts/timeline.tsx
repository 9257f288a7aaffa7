/** What something that waits has gone through, to unfold. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../api/shapes.ts';
import { useFormats } from '../format.ts';
import { useWhyText } from '../i18n/why-text.ts';

const STATES = {
  queued: 'queued',
  quiet: 'quiet',
  blocked: 'blocked',
  waiting: 'waiting',
  'asked for': 'askedFor',
  scheduled: 'scheduled',
  pulling: 'pulling',
  connecting: 'connecting',
  granted: 'granted',
  cancelled: 'cancelled',
} as const;

export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }): ReactElement {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const text = useWhyText();
  const [isOpen, setOpen] = useState(false);
  const stateText = (state: string): string => (state in STATES ? t(`queue.states.${STATES[state as keyof typeof STATES]}`) : state);
  return (
    <details className="ops-timeline" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('queue.timeline', { entries: entries.length })}</summary>
      {/* Thousands may wait: what is folded is not there. */}
      {isOpen && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('queue.at')}</th>
              <th scope="col">{t('queue.state')}</th>
              <th scope="col">{t('queue.message')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, i) => (
              // The newest entries change in place; their order is what they are.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={i}>
                <td>
                  <time dateTime={new Date(entry.at).toISOString()}>{dateTime(entry.at)}</time>
                </td>
                <td>{stateText(entry.state)}</td>
                <td className="words">{text(entry)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
