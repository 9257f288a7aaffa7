/** The last builds and how long each of their stages took, as Pipeline Stage View shows it: builds below each other, stages beside. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { StageTimes } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { StatusIcon, statusOfBuild } from '../../parts/status.tsx';
import { Took } from '../../parts/time.tsx';
import { buildAddress } from '../../paths.ts';

const BUILDS = 10;

export function StageTable({ path }: { readonly path: string }): ReactElement | null {
  const { t } = useTranslation();
  const { span } = useFormats();
  const { data } = useQuery({ queryKey: keys.stageTimes(path), queryFn: () => ask<StageTimes>(['items', path, 'stage-times'], { query: { builds: BUILDS } }) });
  if (data === undefined || data.stages.length === 0) return null;
  const { stages, builds } = data;
  return (
    <section>
      <h2>{t('stageTimes.title')}</h2>
      <p className="quiet">{t('stageTimes.about')}</p>
      <DataTable caption={t('stageTimes.title')}>
        <thead>
          <tr>
            <th scope="col">{t('job.build')}</th>
            <th scope="col">{t('stageTimes.total')}</th>
            {stages.map(({ name, above }) => (
              <th scope="col" key={JSON.stringify([...above, name])} className="stage-column">
                {above.length > 0 && (
                  <span className="quiet cut" title={t('stageTimes.in', { above: above.join(' › ') })}>
                    {above.join(' › ')} ›{' '}
                  </span>
                )}
                {name}
              </th>
            ))}
          </tr>
          <tr className="averages">
            <th scope="row">{t('stageTimes.average')}</th>
            <td />
            {stages.map(({ name, above, averageMs }) => (
              <td key={JSON.stringify([...above, name])} className="number">
                {averageMs === null ? '–' : span(averageMs)}
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {builds.map((build) => (
            <tr key={build.number}>
              <th scope="row">
                <StatusIcon status={statusOfBuild(build)} size={16} /> <Link href={buildAddress(path, build.number)}>{build.displayName}</Link>
              </th>
              <td>
                {build.startedAt !== null && <Took start={build.startedAt} end={build.durationMs === null ? null : build.startedAt + build.durationMs} />}
              </td>
              {stages.map(({ name, above, averageMs }, i) => (
                <Cell key={JSON.stringify([...above, name])} path={path} build={build} name={name} averageMs={averageMs} time={build.times[i] ?? null} />
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
      {data.more && <p className="quiet">{t('stageTimes.more')}</p>}
    </section>
  );
}

interface CellProps {
  readonly path: string;
  readonly build: StageTimes['builds'][number];
  readonly name: string;
  readonly averageMs: number | null;
  readonly time: StageTimes['builds'][number]['times'][number];
}

/** Beyond these shares of the usual time a stage is shown longer or shorter. */
const SLOW = 1.5;

function Cell({ path, build, name, averageMs, time }: CellProps): ReactElement {
  const { t } = useTranslation();
  const { span } = useFormats();
  if (time === null) return <td className="stage-cell" />;
  const status = time.status;
  const text = time.durationMs === null ? t('stageTimes.runs') : span(time.durationMs);
  const isSlow = averageMs !== null && time.durationMs !== null && time.durationMs > 1_000 && time.durationMs > averageMs * SLOW;
  return (
    <td className={`stage-cell stage-${status}${isSlow ? ' slow' : ''}`}>
      <Link
        className="stage-link"
        href={`${buildAddress(path, build.number)}?stage=${encodeURIComponent(time.node)}`}
        aria-label={t('stageTimes.open', { stage: name, build: build.displayName, status: t(`status.${status}`), time: text })}
      >
        <StatusIcon status={status} size={14} label={false} /> <span className="number">{status === 'skipped' ? '–' : text}</span>
      </Link>
    </td>
  );
}
