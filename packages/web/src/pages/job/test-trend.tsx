/** Tests over the last builds that had any: how many passed, failed and were skipped, the newest at the right. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { BuildSummary } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { buildAddress } from '../../paths.ts';

const HEIGHT = 96,
  BAR = 12,
  GAP = 4;
const KINDS = ['failed', 'skipped', 'passed'] as const;

/** The table of builds says the same in words. */
export function TestTrend({ builds }: { readonly builds: readonly BuildSummary[] }): ReactElement | null {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [, navigate] = useLocation();
  const tested = builds
    .flatMap((build) => (build.tests === null || build.tests.total === 0 || build.number === null ? [] : [{ build, ...countsOf(build.tests) }]))
    .reverse();
  const last = tested.at(-1);
  if (last === undefined || tested.length < 2) return null;
  const most = Math.max(...tested.map(({ total }) => total));
  const label = t('trend.chart', { count: tested.length, passed: number(last.passed), failed: number(last.failed), skipped: number(last.skipped) });
  return (
    <figure className="chart">
      <svg width={tested.length * (BAR + GAP)} height={HEIGHT} role="img" aria-label={label}>
        {tested.map((one, i) => {
          let below = 0;
          const title = t('trend.point', {
            build: one.build.displayName,
            passed: number(one.passed),
            failed: number(one.failed),
            skipped: number(one.skipped),
          });
          return (
            // The same link is in the table, for keyboards.
            // biome-ignore lint/a11y/noStaticElementInteractions: the table has it
            <g key={one.build.id} className="bar-stack" onClick={() => navigate(buildAddress(one.build.job, one.build.number as number, 'tests'))}>
              <title>{title}</title>
              {KINDS.map((kind) => {
                // What is there is seen, be it one of thousands.
                const height = one[kind] === 0 ? 0 : Math.max(2, (one[kind] / most) * (HEIGHT - 6));
                below += height;
                return <rect key={kind} className={`test-${kind}`} x={i * (BAR + GAP)} y={HEIGHT - below} width={BAR} height={height} />;
              })}
            </g>
          );
        })}
      </svg>
      <figcaption className="quiet">
        {t('trend.caption', { most: number(most) })}{' '}
        {KINDS.map((kind) => (
          <span key={kind} className={`test-key test-key-${kind}`}>
            {t(`trend.${kind}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function countsOf({ total, failed, skipped }: NonNullable<BuildSummary['tests']>) {
  return { total, failed, skipped, passed: Math.max(0, total - failed - skipped) };
}
