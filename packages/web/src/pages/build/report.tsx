/** An HTML report that the build has published: its pages, each in a frame that is a sandbox. Its links lead around in there. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearch } from 'wouter';
import { address } from '../../api/client.ts';
import type { Build, Report } from '../../api/shapes.ts';
import { buildAddress } from '../../paths.ts';

/** What the answer's own policy says as well: nothing of it runs. */
const SANDBOX = 'allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox';

export function reportAddress(job: string, number: number, report: Pick<Report, 'id'>, page?: string): string {
  return `${buildAddress(job, number, `reports/${encodeURIComponent(report.id)}`)}${page === undefined ? '' : `?${new URLSearchParams({ page })}`}`;
}

export function ReportView({ build, report }: { readonly build: Build; readonly report: Report }): ReactElement {
  const { t } = useTranslation();
  const asked = new URLSearchParams(useSearch()).get('page');
  const number = build.number as number;
  const { pages } = report;
  const page = pages.find((one) => one.path === asked) ?? pages[0];
  if (page === undefined) return <p className="quiet">{t('reports.none')}</p>;
  const file = `${address(['items', build.job, 'builds', number, 'reports', report.id, 'files'])}/${page.path.split('/').map(encodeURIComponent).join('/')}`;
  return (
    <section aria-label={report.name}>
      <div className="row wrap report-head">
        {pages.length > 1 && (
          <nav className="row wrap" aria-label={t('reports.pages', { report: report.name })}>
            {pages.map((one) => (
              <Link
                key={one.path}
                href={reportAddress(build.job, number, report, one.path)}
                className="tab"
                {...(one === page ? { 'aria-current': 'page' as const } : {})}
              >
                {one.title}
              </Link>
            ))}
          </nav>
        )}
        <span className="space" />
        <a className="button" href={file} target="_blank" rel="noreferrer">
          {t('reports.alone')}
        </a>
      </div>
      <iframe key={file} className="report-frame" title={`${report.name}: ${page.title}`} src={file} sandbox={SANDBOX} />
    </section>
  );
}
