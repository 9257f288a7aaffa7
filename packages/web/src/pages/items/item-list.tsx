/** Folders and jobs of a folder: how each stands, to be found by typing. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useState } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { ItemPage, ItemSummary } from '../../api/shapes.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { StatusIcon, statusOfBuild } from '../../parts/status.tsx';
import { Ago, Took } from '../../parts/time.tsx';
import { buildAddress, itemAddress } from '../../paths.ts';
import { StartButton } from '../job/start-button.tsx';

export function ItemList({ folder, heading }: { readonly folder: string | null; readonly heading: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const [wanted, setWanted] = useState('');
  const pages = useInfiniteQuery({
    queryKey: keys.items(folder),
    queryFn: ({ pageParam }) => ask<ItemPage>(folder === null ? ['items'] : ['items', folder, 'items'], { query: { limit: 200, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const all = (pages.data?.pages ?? []).flatMap((page) => page.entries) as ItemSummary[];
  const words = wanted.toLowerCase();
  const shown = all.filter((item) => item.name.toLowerCase().includes(words));
  return (
    <section>
      <div className="row wrap">
        {heading}
        <span className="space" />
        <SearchField className="search" value={wanted} onChange={setWanted} aria-label={t('items.search')}>
          <Input placeholder={t('items.search')} />
        </SearchField>
        {session.may('developer', folder ?? undefined) && (
          <Link className="button main" href={`/new${folder === null ? '' : `?in=${encodeURIComponent(folder)}`}`}>
            {t('items.new')}
          </Link>
        )}
      </div>
      {pages.error !== null && <ProblemView error={pages.error} again={() => void pages.refetch()} />}
      {pages.isPending && <p className="loading">{t('loading')}</p>}
      {pages.data !== undefined && shown.length === 0 && <p className="quiet">{wanted === '' ? t('items.none') : t('items.noneFound', { wanted })}</p>}
      {shown.length > 0 && (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="hidden">{t('items.status')}</span>
                </th>
                <th scope="col">{t('items.name')}</th>
                <th scope="col">{t('items.last')}</th>
                <th scope="col">{t('items.duration')}</th>
                <th scope="col">
                  <span className="hidden">{t('items.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((item) => (
                <Row key={item.path} item={item} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages.hasNextPage && (
        <Button className="button" isDisabled={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Row({ item }: { readonly item: ItemSummary }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { lastBuild: last } = item;
  const isFolder = item.kind === 'folder';
  return (
    <tr className={item.disabled ? 'disabled' : ''}>
      <td className="narrow">{isFolder ? <FolderIcon /> : <StatusIcon status={statusOfBuild(last)} />}</td>
      <th scope="row">
        <Link href={itemAddress(item.path)}>{item.name}</Link>
        {item.disabled && <span className="tag">{t('items.disabled')}</span>}
        {item.running > 0 && <span className="tag running">{t('items.running', { count: item.running })}</span>}
        {item.queued > 0 && <span className="tag">{t('items.queued', { count: item.queued })}</span>}
        {item.description !== '' && <div className="quiet cut">{item.description}</div>}
      </th>
      <td>
        {last !== null && last.number !== null && (
          <>
            <Link href={buildAddress(last.job, last.number)}>{last.displayName}</Link> <Ago at={last.startedAt ?? last.queuedAt} />
          </>
        )}
      </td>
      <td>{last?.startedAt != null && <Took start={last.startedAt} end={last.endedAt} />}</td>
      <td className="narrow">{!isFolder && !item.disabled && session.may('developer', item.path) && <StartButton path={item.path} kind="plain" />}</td>
    </tr>
  );
}

export function FolderIcon(): ReactElement {
  const { t } = useTranslation();
  return (
    <svg viewBox="0 0 16 16" width="20" height="20" className="folder" role="img" aria-label={t('items.folder')}>
      <path d="M1.5 4a1 1 0 0 1 1-1h3.4l1.4 1.6h6.2a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1z" />
    </svg>
  );
}
