/** The HTML reports of a job: of each the one of the last build that has it. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { JobReports as Reports } from '../../api/shapes.ts';
import { reportAddress } from '../build/report.tsx';

export function JobReports({ path }: { readonly path: string }): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: keys.reports(path), queryFn: () => ask<Reports>(['items', path, 'reports']) });
  if (data === undefined || data.reports.length === 0) return null;
  return (
    <nav className="row wrap" aria-label={t('reports.title')}>
      <span className="quiet">{t('reports.title')}</span>
      {data.reports.map((report) => (
        <Link key={`${report.number} ${report.id}`} className="button" href={reportAddress(path, report.number, report)}>
          {report.name} <span className="quiet">#{report.number}</span>
        </Link>
      ))}
    </nav>
  );
}
