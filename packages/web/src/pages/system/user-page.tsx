/** One user: name and role, roles in folders, and the ways in. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { ask, Problem } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { User } from '../../api/shapes.ts';
import { ActButton, ConfirmButton, DialogButton, FormBody, useFields } from '../../parts/actions.tsx';
import { CheckInput, TextInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { FactsList } from '../../parts/ops/facts-list.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Ago } from '../../parts/time.tsx';
import { Grants } from './grants.tsx';
import { RoleInput } from './role-input.tsx';
import { UserState } from './user-words.tsx';

export function UserPage({ id }: { readonly id: string }): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: [...keys.users, 'one', id], queryFn: () => ask<User>(['users', id]), staleTime: 0 });
  return (
    <>
      <nav className="crumbs" aria-label={t('nav.crumbs')}>
        <ol>
          <li>
            <Link href="/system/users">{t('system.users')}</Link>
          </li>
          <li aria-current="page">{id}</li>
        </ol>
      </nav>
      <PageHead title={id} />
      {query.error instanceof Problem && query.error.status === 404 ? (
        <section className="card">
          <p>{t('system.user.unknown', { id })}</p>
          <Link href="/system/users">{t('system.user.all')}</Link>
        </section>
      ) : (
        <Loaded query={query}>{(user) => <Shown user={user} />}</Loaded>
      )}
    </>
  );
}

function Shown({ user }: { readonly user: User }): ReactElement {
  const { t } = useTranslation();
  const { who } = useSession();
  return (
    <>
      <FactsList
        facts={[
          [t('system.user.state'), <UserState key="state" user={user} />],
          [t('system.user.created'), <Ago key="created" at={user.createdAt} />],
        ]}
      />
      <div className="cards">
        <section className="card">
          <h2>{t('system.user.details')}</h2>
          {/* A change of somebody else’s is seen: the fields begin anew with it. */}
          <Details key={user.revision} user={user} />
        </section>
        <section className="card">
          <h2>{t('system.user.grantsTitle')}</h2>
          <Grants key={user.revision} user={user} />
        </section>
      </div>
      <section className="card">
        <h2>{t('system.user.access')}</h2>
        <p className="quiet">{user.id === who.user ? t('system.user.own') : t('system.user.ended')}</p>
        {user.id === who.user ? <Link href="/system/account">{t('system.account')}</Link> : <Access user={user} />}
      </section>
    </>
  );
}

function change(user: User, body: object): Promise<unknown> {
  return ask(['users', user.id], { method: 'PATCH', body, headers: { 'if-match': `"${user.revision}"` } });
}

function Details({ user }: { readonly user: User }): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ fullName: user.fullName, email: user.email ?? '', role: user.role });
  return (
    <FormBody yes={t('save')} run={() => change(user, { ...fields, email: fields.email.trim() === '' ? null : fields.email.trim() })}>
      <TextInput label={t('system.user.fullName')} value={fields.fullName} onChange={set('fullName')} autoComplete="off" />
      <TextInput label={t('system.user.email')} type="email" value={fields.email} onChange={set('email')} autoComplete="off" />
      <RoleInput label={t('system.user.role')} about={t('system.user.rolesAbout')} value={fields.role} onChange={set('role')} none />
    </FormBody>
  );
}

function Access({ user }: { readonly user: User }): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { id } = user;
  return (
    <div className="row wrap">
      <DialogButton text={t('system.user.newPassword')} title={t('system.user.newPasswordTitle', { id })}>
        {(close) => <Password user={user} close={close} />}
      </DialogButton>
      <DialogButton text={t('system.user.signOut')} title={t('system.user.signOutTitle', { id })}>
        {(close) => <SignOut user={user} close={close} />}
      </DialogButton>
      {user.disabled ? (
        <ActButton run={() => change(user, { disabled: false })}>{t('system.user.enable')}</ActButton>
      ) : (
        <ConfirmButton
          title={t('system.user.disableTitle', { id })}
          question={t('system.user.disableAbout')}
          yes={t('system.user.disable')}
          run={() => change(user, { disabled: true })}
        >
          {t('system.user.disable')}
        </ConfirmButton>
      )}
      <ConfirmButton
        title={t('system.user.deleteTitle', { id })}
        question={t('system.user.deleteAbout')}
        yes={t('system.user.delete')}
        run={async () => {
          await ask(['users', id], { method: 'DELETE', headers: { 'if-match': `"${user.revision}"` } });
          navigate('/system/users');
          client.removeQueries({ queryKey: [...keys.users, 'one', id] });
        }}
      >
        {t('system.user.delete')}
      </ConfirmButton>
    </div>
  );
}

function Password({ user, close }: { readonly user: User; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ password: '' });
  const [from] = useState(user);
  return (
    <FormBody yes={t('system.user.setPassword')} close={close} run={() => change(from, fields)}>
      <TextInput
        label={t('system.user.newPassword')}
        about={t('system.user.newPasswordAbout')}
        type="password"
        value={fields.password}
        onChange={set('password')}
        required
        autoFocus
        autoComplete="new-password"
      />
    </FormBody>
  );
}

function SignOut({ user, close }: { readonly user: User; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ tokens: false });
  return (
    <FormBody yes={t('system.user.signOut')} close={close} run={() => ask(['users', user.id, 'logout'], { method: 'POST', body: fields })}>
      <CheckInput label={t('system.user.signOutTokens')} value={fields.tokens} onChange={set('tokens')} />
    </FormBody>
  );
}
