/** All users. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { User, UserPage } from '../../api/shapes.ts';
import { DialogButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/ops/data-table.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { AddUser } from './add-user.tsx';
import { GrantList, RoleText, UserState, userAddress } from './user-words.tsx';

export function UserList(): ReactElement {
  const { t } = useTranslation();
  const { who } = useSession();
  const pages = useInfiniteQuery({
    queryKey: [...keys.users, 'list'],
    queryFn: ({ pageParam }) => ask<UserPage>(['users'], { query: { limit: 200, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // No event tells of users.
    staleTime: 0,
  });
  const all: readonly User[] = (pages.data?.pages ?? []).flatMap((page) => page.entries);
  return (
    <>
      <PageHead title={t('system.users')}>
        <DialogButton kind="main" text={t('system.user.add')} title={t('system.user.add')}>
          {(close) => <AddUser close={close} />}
        </DialogButton>
      </PageHead>
      <p className="quiet">{t('system.user.rolesAbout')}</p>
      {pages.error !== null && <ProblemView error={pages.error} again={() => void pages.refetch()} />}
      {pages.isPending && (
        <p className="loading" role="status">
          {t('loading')}
        </p>
      )}
      {all.length > 0 && (
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
      {pages.hasNextPage && (
        <Button className="button" isDisabled={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
