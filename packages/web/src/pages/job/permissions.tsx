/** Who may do what on a folder or job, and where from. Administrators give and take roles here; the users' pages have all of them. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Role } from '../../api/session.ts';
import { useSession } from '../../api/session.ts';
import type { ItemPermissions } from '../../api/shapes.ts';
import { ConfirmButton, DialogButton, FormBody, useFields } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { TextInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { RoleInput } from '../system/role-input.tsx';
import { RoleText, userAddress } from '../system/user-words.tsx';

/** Closed at first: what few look for is not read for all. */
export function Permissions({ path }: { readonly path: string }): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{t('permissions.title')}</h2>
      </summary>
      {isOpen && <List path={path} />}
    </details>
  );
}

function List({ path }: { readonly path: string }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const isAdministrator = session.may('administrator');
  const query = useQuery({ queryKey: keys.permissions(path), queryFn: () => ask<ItemPermissions>(['items', path, 'permissions']), staleTime: 0 });
  return (
    <>
      <p className="quiet">{t('permissions.about')}</p>
      {isAdministrator && (
        <DialogButton text={t('permissions.give')} title={t('permissions.giveTitle', { path })}>
          {(close) => <Give path={path} close={close} />}
        </DialogButton>
      )}
      <Loaded query={query}>
        {({ entries, more }) => (
          <>
            <DataTable caption={t('permissions.title')}>
              <thead>
                <tr>
                  <th scope="col">{t('permissions.user')}</th>
                  <th scope="col">{t('permissions.role')}</th>
                  <th scope="col">{t('permissions.from')}</th>
                  {isAdministrator && (
                    <th scope="col">
                      <span className="hidden">{t('items.acts')}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <tr key={entry.user}>
                    <th scope="row">
                      {isAdministrator ? <Link href={userAddress(entry.user)}>{entry.user}</Link> : entry.user}
                      {entry.fullName !== entry.user && <span className="quiet"> {entry.fullName}</span>}
                    </th>
                    <td>
                      <RoleText role={entry.role} />
                    </td>
                    <td>
                      <Origin entry={entry} />
                    </td>
                    {isAdministrator && <td className="narrow">{entry.here !== null && <TakeAway path={path} user={entry.user} />}</td>}
                  </tr>
                ))}
              </tbody>
            </DataTable>
            {more && <p className="quiet">{t('permissions.more')}</p>}
          </>
        )}
      </Loaded>
    </>
  );
}

function Origin({ entry: { here, above, everywhere } }: { readonly entry: ItemPermissions['entries'][number] }): ReactElement {
  const { t } = useTranslation();
  const from = [
    ...(here === null ? [] : [{ where: t('permissions.here'), role: here }]),
    ...(above === null ? [] : [{ where: t('permissions.above', { scope: above.scope }), role: above.role }]),
    ...(everywhere === null ? [] : [{ where: t('permissions.everywhere'), role: everywhere }]),
  ];
  return (
    <>
      {from.map(({ where, role }) => (
        <div key={where}>
          {where}: <RoleText role={role} />
        </div>
      ))}
    </>
  );
}

function Give({ path, close }: { readonly path: string; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ user: '', role: 'developer' as Role });
  return (
    <FormBody
      yes={t('permissions.give')}
      close={close}
      run={() => ask(['items', path, 'permissions', fields.user.trim()], { method: 'PUT', body: { role: fields.role } })}
    >
      <TextInput label={t('permissions.user')} value={fields.user} onChange={set('user')} required autoFocus />
      <RoleInput label={t('permissions.role')} about={t('permissions.giveAbout')} value={fields.role} onChange={(role) => role !== null && set('role')(role)} />
    </FormBody>
  );
}

function TakeAway({ path, user }: { readonly path: string; readonly user: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <ConfirmButton
      kind="plain"
      title={t('permissions.takeAwayTitle')}
      question={t('permissions.takeAwayAbout', { user })}
      yes={t('permissions.takeAway')}
      run={() => ask(['items', path, 'permissions', user], { method: 'PUT', body: { role: null } })}
    >
      {t('permissions.takeAway')} <span className="hidden">{user}</span>
    </ConfirmButton>
  );
}
