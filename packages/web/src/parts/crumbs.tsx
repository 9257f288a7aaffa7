/** Where one is, from the top down. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { buildAddress, itemAddress } from '../paths.ts';

export function Crumbs({ path, number, here }: { readonly path: string; readonly number?: number; readonly here?: string }): ReactElement {
  const { t } = useTranslation();
  const names = path.split('/');
  const isLast = (i: number): boolean => i === names.length - 1 && number === undefined && here === undefined;
  return (
    <nav aria-label={t('nav.crumbs')} className="crumbs">
      <ol>
        <li>
          <Link href="/">{t('nav.jobs')}</Link>
        </li>
        {names.map((name, i) => (
          <li key={names.slice(0, i + 1).join('/')}>
            <Link href={itemAddress(names.slice(0, i + 1).join('/'))} {...(isLast(i) ? { 'aria-current': 'page' as const } : {})}>
              {name}
            </Link>
          </li>
        ))}
        {number !== undefined && (
          <li>
            <Link href={buildAddress(path, number)} {...(here === undefined ? { 'aria-current': 'page' as const } : {})}>{`#${number}`}</Link>
          </li>
        )}
        {here !== undefined && <li aria-current="page">{here}</li>}
      </ol>
    </nav>
  );
}
