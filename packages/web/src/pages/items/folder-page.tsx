import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import type { Item } from '../../api/shapes.ts';
import { Crumbs } from '../../parts/crumbs.tsx';
import { useTitle } from '../../parts/title.ts';
import { CredentialList } from '../credentials/credential-list.tsx';
import { Permissions } from '../job/permissions.tsx';
import { ItemActs } from './item-acts.tsx';
import { FolderIcon, ItemList } from './item-list.tsx';

export function FolderPage({ folder }: { readonly folder: Item }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  useTitle(folder.path);
  return (
    <>
      <Crumbs path={folder.path} />
      <ItemList
        folder={folder.path}
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
      {session.may('developer', folder.path) && (
        <section className="card">
          <h2>{t('items.acts')}</h2>
          <ItemActs item={folder} />
        </section>
      )}
    </>
  );
}
