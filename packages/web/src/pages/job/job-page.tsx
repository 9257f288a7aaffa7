/** A job: how its builds went, as a chart and as a table, and what can be done. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { BuildPage, BuildSummary, Item } from '../../api/shapes.ts';
import { Crumbs } from '../../parts/crumbs.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { StatusIcon, statusOfBuild } from '../../parts/status.tsx';
import { Ago, Took } from '../../parts/time.tsx';
import { useTitle } from '../../parts/title.ts';
import { buildAddress, itemAddress } from '../../paths.ts';
import { ItemActs } from '../items/item-acts.tsx';
import { JobTriggers } from '../triggers/job-triggers.tsx';
import { BuildsChart } from './builds-chart.tsx';
import { JobReports } from './job-reports.tsx';
import { Permissions } from './permissions.tsx';
import { StageTable } from './stage-table.tsx';
import { StartButton } from './start-button.tsx';
import { TestTrend } from './test-trend.tsx';

export function JobPage({ job }: { readonly job: Item }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const may = session.may('developer', job.path);
  useTitle(job.path);
  return (
    <>
      <Crumbs path={job.path} />
      <div className="row wrap">
        <h1>{job.name}</h1>
        {job.disabled && <span className="tag">{t('items.disabled')}</span>}
        <span className="space" />
        {may && (
          <>
            {!job.disabled && <StartButton path={job.path} />}
            {job.branch === null && (
              <Link className="button" href={`${itemAddress(job.path)}/configure`}>
                {t('job.configure')}
              </Link>
            )}
          </>
        )}
      </div>
      {job.branch !== null && <BranchLine branch={job.branch} />}
      {job.description !== '' && <p className="text">{job.description}</p>}
      <JobReports path={job.path} />
      <Builds job={job} />
      <JobTriggers path={job.path} />
      {job.kind === 'pipeline' && <StageTable path={job.path} />}
      {may && <Permissions path={job.path} />}
      {may && (
        <section className="card">
          <h2>{t('items.acts')}</h2>
          <ItemActs item={job} />
        </section>
      )}
    </>
  );
}

function BranchLine({ branch }: { readonly branch: NonNullable<Item['branch']> }): ReactElement {
  const { t } = useTranslation();
  const { kind, name, title, url, author, target, commit, goneAt } = branch;
  const words = t(`branches.of.${kind}`, { name, title });
  return (
    <p className="quiet">
      {url === null ? words : <a href={url}>{words}</a>} {author !== null && t('branches.by', { author, target })}{' '}
      {commit !== null && <code>{commit.slice(0, 10)}</code>} {goneAt !== null && <span className="tag">{t('branches.gone')}</span>}
    </p>
  );
}

/** A page of them, and so many bars. */
const CHARTED = 50;

function Builds({ job }: { readonly job: Item }): ReactElement {
  const pages = usePages<BuildSummary>({ key: keys.builds(job.path), words: ['items', job.path, 'builds'], limit: CHARTED });
  const waiting = useWaiting(job.path);
  return <Paged pages={pages}>{(builds) => <BuildTable builds={builds} waiting={waiting} />}</Paged>;
}

function BuildTable({ builds, waiting }: { readonly builds: readonly BuildSummary[]; readonly waiting: readonly BuildSummary[] }): ReactElement {
  const { t } = useTranslation();
  if (builds.length + waiting.length === 0) return <p className="quiet">{t('job.noBuilds')}</p>;
  return (
    <section>
      <h2>{t('job.builds')}</h2>
      {builds.length > 1 && <BuildsChart builds={builds.slice(0, CHARTED)} />}
      <TestTrend builds={builds.slice(0, CHARTED)} />
      <DataTable caption={t('job.builds')}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">{t('items.status')}</span>
            </th>
            <th scope="col">{t('job.build')}</th>
            <th scope="col">{t('job.started')}</th>
            <th scope="col">{t('items.duration')}</th>
            <th scope="col">{t('build.tests')}</th>
          </tr>
        </thead>
        <tbody>
          {waiting.map((b) => (
            <tr key={`q${b.id}`}>
              <td className="narrow">
                <StatusIcon status="waiting" />
              </td>
              <th scope="row">
                <Link href="/queue">{t('job.waiting')}</Link>
              </th>
              <td>
                <Ago at={b.queuedAt} />
              </td>
              <td />
              <td />
            </tr>
          ))}
          {builds.map((b) => (
            <Row key={b.id} build={b} />
          ))}
        </tbody>
      </DataTable>
    </section>
  );
}

function useWaiting(path: string): readonly BuildSummary[] {
  const { data } = useQuery({
    queryKey: keys.builds(path, { state: 'queued' }),
    queryFn: () => ask<BuildPage>(['items', path, 'builds'], { query: { limit: 50, state: 'queued' } }),
  });
  return data?.entries ?? [];
}

function Row({ build }: { readonly build: BuildSummary }): ReactElement {
  const { t } = useTranslation();
  const { tests } = build;
  return (
    <tr>
      <td className="narrow">
        <StatusIcon status={statusOfBuild(build)} />
      </td>
      <th scope="row">
        {build.number === null ? build.displayName : <Link href={buildAddress(build.job, build.number)}>{build.displayName}</Link>}
        {build.kept && <span className="tag">{t('build.kept')}</span>}
        {build.description !== null && <div className="quiet cut">{build.description}</div>}
      </th>
      <td>{build.startedAt !== null && <Ago at={build.startedAt} />}</td>
      <td>{build.startedAt !== null && <Took start={build.startedAt} end={build.endedAt} />}</td>
      <td>{tests !== null && t('build.testCounts', { total: tests.total, failed: tests.failed, skipped: tests.skipped })}</td>
    </tr>
  );
}
