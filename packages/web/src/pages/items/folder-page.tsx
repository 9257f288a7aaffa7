import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '../../api/session.ts';
import type { Item } from '../../api/shapes.ts';
import { Crumbs } from '../../parts/crumbs.tsx';
import { useTitle } from '../../parts/title.ts';
import { itemAddress } from '../../paths.ts';
import { ScansPanel } from '../branches/scans-panel.tsx';
import { CredentialList } from '../credentials/credential-list.tsx';
import { Permissions } from '../job/permissions.tsx';
import { ItemActs } from './item-acts.tsx';
import { FolderIcon, ItemList } from './item-list.tsx';

export function FolderPage({ folder }: { readonly folder: Item }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const isScanned = folder.kind === 'multibranch' || folder.kind === 'organization';
  useTitle(folder.path);
  return (
    <>
      <Crumbs path={folder.path} />
      <ItemList
        folder={folder.path}
        made={isScanned}
        heading={
          <h1>
            <FolderIcon /> {folder.name}
          </h1>
        }
      />
      {folder.description !== '' && <p className="text">{folder.description}</p>}
      {session.may('developer', folder.path) && <Permissions path={folder.path} />}
      {session.may('developer', folder.path) && (
        <section>
          <CredentialList
            folder={folder.path}
            heading={(add) => (
              <div className="row wrap">
                <h2>{t('credentials.title')}</h2>
                <span className="space" />
                {add}
              </div>
            )}
          />
        </section>
      )}
      {isScanned && <ScansPanel path={folder.path} disabled={folder.disabled} />}
      {session.may('developer', folder.path) && (
        <section className="card">
          <h2>{t('items.acts')}</h2>
          {folder.branch === null && (
            <Link className="button" href={`${itemAddress(folder.path)}/configure`}>
              {t('job.configure')}
            </Link>
          )}
          <ItemActs item={folder} />
        </section>
      )}
    </>
  );
}
