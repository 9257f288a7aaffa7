/** A build: how it stands and why, its stages, log, tests and artifacts, and what can be done. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Build, Reports } from '../../api/shapes.ts';
import { Crumbs } from '../../parts/crumbs.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { StatusIcon, StatusText, statusOfBuild } from '../../parts/status.tsx';
import { Ago, Took } from '../../parts/time.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { useTitle } from '../../parts/title.ts';
import { WhyText } from '../../parts/why.tsx';
import { buildAddress } from '../../paths.ts';
import { Artifacts } from './artifacts.tsx';
import { BuildActs } from './build-acts.tsx';
import { BuildInfo } from './build-info.tsx';
import { Changes } from './changes.tsx';
import { Inputs } from './inputs.tsx';
import { LogView } from './log-view.tsx';
import { Overview } from './overview.tsx';
import { Progress } from './progress.tsx';
import { ReportView, reportAddress } from './report.tsx';
import { Tests } from './tests.tsx';

const VIEWS = ['', 'console', 'changes', 'tests', 'artifacts', 'info'] as const;

interface Props {
  readonly path: string;
  readonly number: number;
  readonly view: string;
  readonly rest: string;
}

export default function BuildPage({ path, number, view, rest }: Props): ReactElement {
  const build = useQuery({ queryKey: keys.build(path, number), queryFn: () => ask<Build>(['items', path, 'builds', number]) });
  return <Loaded query={build}>{(data) => <Page build={data} view={view} rest={rest} />}</Loaded>;
}

function Page({ build, view, rest }: { readonly build: Build; readonly view: string; readonly rest: string }): ReactElement {
  const { t } = useTranslation();
  const { job } = build;
  const number = build.number as number;
  const status = statusOfBuild(build);
  useTitle(`${job} ${build.displayName}`, t(`status.${status}`));
  const shown = view === 'consoleFull' || view === 'consoleText' ? 'console' : view === 'testReport' ? 'tests' : view === 'artifact' ? 'artifacts' : view;
  const list = useQuery({ queryKey: keys.buildPart(job, number, 'reports'), queryFn: () => ask<Reports>(['items', job, 'builds', number, 'reports']) });
  const reports = list.data?.reports ?? [];
  // Also by the address that Jenkins gives it, where the page has none of its own there.
  const isOwn = VIEWS.some((one) => one === shown);
  const report = reports.find((one) => (view === 'reports' ? encodeURIComponent(one.id) === rest || one.id === rest : !isOwn && one.urlName === view));
  return (
    <>
      <Crumbs path={job} number={number} />
      <div className="row wrap build-head">
        <h1>
          <StatusIcon status={status} size={28} /> {build.displayName}
        </h1>
        <span>
          <StatusText status={status} />
        </span>
        <span className="quiet">
          {build.startedAt !== null && (
            <>
              <Ago at={build.startedAt} /> · <Took start={build.startedAt} end={build.endedAt} />
            </>
          )}
          {build.nodes.length > 0 && ` · ${build.nodes.join(', ')}`}
        </span>
        {build.state === 'running' && <Progress build={build} />}
        <span className="space" />
        <BuildActs build={build} />
      </div>
      {build.description !== null && <p className="text">{build.description}</p>}
      {build.failure !== null && (
        <div className="problem" role="alert">
          <strong className="pre">{build.failure.message}</strong> <code>{build.failure.code}</code>
        </div>
      )}
      {build.abort !== null && (
        <p className="quiet">
          {build.abort.by === null ? t('build.aborted') : t('build.abortedBy', { user: build.abort.by })} {build.abort.because}
        </p>
      )}
      {build.why !== null && build.state !== 'ended' && (
        <section className="card waits">
          <WhyText why={build.why} />
          <Timeline entries={build.timeline} />
        </section>
      )}
      {build.waitingInputs > 0 && <Inputs build={build} />}
      <nav className="tabs" aria-label={t('build.views')}>
        {VIEWS.map((one) => (
          <Link key={one} href={buildAddress(job, number, one)} className="tab" {...(one === shown ? { 'aria-current': 'page' as const } : {})}>
            {t(`build.view.${one === '' ? 'overview' : one}`)}
            {one === 'tests' && build.tests !== null && build.tests.failed > 0 && <span className="tag failed">{build.tests.failed}</span>}
          </Link>
        ))}
        {reports.map((one) => (
          <Link key={one.id} href={reportAddress(job, number, one)} className="tab" {...(one === report ? { 'aria-current': 'page' as const } : {})}>
            {one.name}
          </Link>
        ))}
      </nav>
      {report !== undefined ? (
        <ReportView build={build} report={report} />
      ) : shown === 'reports' ? (
        <Loaded query={list}>{() => <p className="quiet">{t('reports.gone')}</p>}</Loaded>
      ) : shown === 'console' ? (
        <LogView build={build} />
      ) : shown === 'changes' ? (
        <Changes build={build} />
      ) : shown === 'tests' ? (
        <Tests build={build} />
      ) : shown === 'artifacts' ? (
        <Artifacts build={build} />
      ) : shown === 'info' ? (
        <BuildInfo build={build} />
      ) : (
        <Overview build={build} />
      )}
    </>
  );
}
