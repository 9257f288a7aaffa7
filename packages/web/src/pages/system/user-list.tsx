/** All users. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { User } from '../../api/shapes.ts';
import { DialogButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { AddUser } from './add-user.tsx';
import { GrantList, RoleText, UserState, userAddress } from './user-words.tsx';

export function UserList(): ReactElement {
  const { t } = useTranslation();
  const { who } = useSession();
  const pages = usePages<User>({ key: [...keys.users, 'list'], words: ['users'], limit: 200, untold: true });
  return (
    <>
      <PageHead title={t('system.users')}>
        <DialogButton kind="main" text={t('system.user.add')} title={t('system.user.add')}>
          {(close) => <AddUser close={close} />}
        </DialogButton>
      </PageHead>
      <p className="quiet">{t('system.user.rolesAbout')}</p>
      <Paged pages={pages}>
        {(all) => (
          <DataTable caption={t('system.users')}>
            <thead>
              <tr>
                <th scope="col">{t('system.user.id')}</th>
                <th scope="col">{t('system.user.fullName')}</th>
                <th scope="col">{t('system.user.email')}</th>
                <th scope="col">{t('system.user.role')}</th>
                <th scope="col">{t('system.user.grants')}</th>
                <th scope="col">{t('system.user.state')}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((user) => (
                <tr key={user.id}>
                  <th scope="row">
                    <Link href={userAddress(user.id)}>{user.id}</Link> {user.id === who.user && <span className="tag">{t('system.user.you')}</span>}
                  </th>
                  <td>{user.fullName}</td>
                  <td>{user.email}</td>
                  <td>
                    <RoleText role={user.role} />
                  </td>
                  <td>
                    <GrantList grants={user.grants} />
                  </td>
                  <td>
                    <UserState user={user} />
                  </td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        )}
      </Paged>
    </>
  );
}
