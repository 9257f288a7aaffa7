/** Folders and jobs of a folder: how each stands, to be found by typing. */
import type { ReactElement, ReactNode } from 'react';
import { useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { ItemSummary } from '../../api/shapes.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { RunningBar } from '../../parts/running-bar.tsx';
import { StatusIcon, statusOfBuild } from '../../parts/status.tsx';
import { Ago, Span } from '../../parts/time.tsx';
import { Weather } from '../../parts/weather.tsx';
import { buildAddress, itemAddress } from '../../paths.ts';
import { StartButton } from '../job/start-button.tsx';
import { Star } from './star.tsx';

/** `made`: a scan makes what is in it. */
export function ItemList({
  folder,
  heading,
  made = false,
}: {
  readonly folder: string | null;
  readonly heading: ReactNode;
  readonly made?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const [wanted, setWanted] = useState('');
  const pages = usePages<ItemSummary>({ key: keys.items(folder), words: folder === null ? ['items'] : ['items', folder, 'items'], limit: 200 });
  const isWanted = ({ name }: ItemSummary): boolean => name.toLowerCase().includes(wanted.toLowerCase());
  return (
    <section>
      <div className="row wrap">
        {heading}
        <span className="space" />
        <SearchField className="search" value={wanted} onChange={setWanted} aria-label={t('items.search')}>
          <Input placeholder={t('items.search')} />
        </SearchField>
        {!made && session.may('developer', folder ?? undefined) && (
          <Link className="button main" href={`/new${folder === null ? '' : `?in=${encodeURIComponent(folder)}`}`}>
            {t('items.new')}
          </Link>
        )}
      </div>
      <Paged pages={pages}>{(all) => <Items shown={all.filter(isWanted)} empty={wanted === '' ? t('items.none') : t('items.noneFound', { wanted })} />}</Paged>
    </section>
  );
}

function Items({ shown, empty }: { readonly shown: readonly ItemSummary[]; readonly empty: string }): ReactElement {
  const { t } = useTranslation();
  if (shown.length === 0) return <p className="quiet">{empty}</p>;
  return <ItemTable caption={t('nav.jobs')} items={shown} />;
}

/** `named`: with the whole path, where they are of several folders. */
export function ItemTable({
  caption,
  items,
  named = 'name',
}: {
  readonly caption: string;
  readonly items: readonly ItemSummary[];
  readonly named?: 'name' | 'path';
}): ReactElement {
  const { t } = useTranslation();
  return (
    <DataTable caption={caption}>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">{t('items.status')}</span>
          </th>
          <th scope="col">
            <span className="hidden">{t('weather.title')}</span>
          </th>
          <th scope="col">{t('items.name')}</th>
          <th scope="col">{t('items.last')}</th>
          <th scope="col">{t('items.duration')}</th>
          <th scope="col">
            <span className="hidden">{t('items.acts')}</span>
          </th>
          <th scope="col">
            <span className="hidden">{t('home.favourite')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.path} item={item} name={item[named]} />
        ))}
      </tbody>
    </DataTable>
  );
}

function Row({ item, name }: { readonly item: ItemSummary; readonly name: string }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { lastBuild: last } = item;
  const isFolder = item.kind !== 'pipeline' && item.kind !== 'freestyle';
  return (
    <tr className={item.disabled ? 'disabled' : ''}>
      <td className="narrow">{isFolder ? <FolderIcon /> : <StatusIcon status={statusOfBuild(last)} />}</td>
      <td className="narrow">
        <Weather health={item.health} />
      </td>
      <th scope="row">
        <Link href={itemAddress(item.path)}>{name}</Link>
        {item.disabled && <span className="tag">{t('items.disabled')}</span>}
        {item.running > 0 && <span className="tag running">{t('items.running', { count: item.running })}</span>}
        {item.queued > 0 && <span className="tag">{t('items.queued', { count: item.queued })}</span>}
        {last?.state === 'running' && (
          <div>
            <RunningBar startedAt={last.startedAt} estimatedMs={item.estimatedMs} />
          </div>
        )}
        {item.description !== '' && <div className="quiet cut">{item.description}</div>}
      </th>
      <td>
        {last !== null && last.number !== null && (
          <>
            <Link href={buildAddress(last.job, last.number)}>{last.displayName}</Link> <Ago at={last.startedAt ?? last.queuedAt} />
          </>
        )}
      </td>
      <td>{item.lastDurationMs !== null && <Span ms={item.lastDurationMs} />}</td>
      <td className="narrow">{!isFolder && !item.disabled && session.may('developer', item.path) && <StartButton path={item.path} kind="plain" />}</td>
      <td className="narrow">{session.isSignedIn && <Star item={item} />}</td>
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
