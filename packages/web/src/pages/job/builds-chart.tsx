/** Durations and results of the last builds, the newest at the right; the table beside it says the same in words. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { BuildSummary } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { statusOfBuild } from '../../parts/status.tsx';
import { buildAddress } from '../../paths.ts';

const HEIGHT = 72,
  BAR = 12,
  GAP = 4;

export function BuildsChart({ builds }: { readonly builds: readonly BuildSummary[] }): ReactElement {
  const { t } = useTranslation();
  const { span } = useFormats();
  const [, navigate] = useLocation();
  const shown = builds.filter((b) => b.startedAt !== null && b.number !== null).reverse();
  const took = (b: BuildSummary): number => (b.endedAt ?? Date.now()) - (b.startedAt ?? 0);
  const longest = Math.max(1, ...shown.map(took));
  return (
    <figure className="chart">
      <svg width={shown.length * (BAR + GAP)} height={HEIGHT} role="img" aria-label={t('job.chart', { count: shown.length, longest: span(longest) })}>
        {shown.map((b, i) => {
          const height = Math.max(3, (took(b) / longest) * (HEIGHT - 4));
          return (
            // The same link is in the table, for keyboards.
            // biome-ignore lint/a11y/noStaticElementInteractions: the table has it
            <rect
              key={b.id}
              className={`bar status-${statusOfBuild(b)}`}
              x={i * (BAR + GAP)}
              y={HEIGHT - height}
              width={BAR}
              height={height}
              rx="2"
              onClick={() => navigate(buildAddress(b.job, b.number as number))}
            >
              <title>{`${b.displayName}: ${t(`status.${statusOfBuild(b)}`)}, ${span(took(b))}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="quiet">{t('job.chartCaption', { longest: span(longest) })}</figcaption>
    </figure>
  );
}
