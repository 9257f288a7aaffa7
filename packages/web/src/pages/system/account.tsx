/** What everybody has: who one is, the password, sessions, API tokens. */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask, setCsrf } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import { ConfirmButton, DialogButton } from '../../parts/actions.tsx';
import { FactsList } from '../../parts/ops/facts-list.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { NewPassword } from '../password.tsx';
import { Tokens } from './tokens.tsx';
import { GrantList, RoleText } from './user-words.tsx';

export function Account(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { who, isSignedIn } = useSession();
  if (!isSignedIn)
    return (
      <section className="card">
        <PageHead title={t('system.own.title')} />
        <p>{t('system.own.noAccount')}</p>
        <Link href="/login">{t('system.own.signIn')}</Link>
      </section>
    );
  return (
    <>
      <PageHead title={t('system.own.title')} />
      <section className="card">
        <FactsList
          facts={[
            [t('system.own.name'), who.fullName],
            [t('system.own.id'), who.user],
            [t('system.own.role'), <RoleText key="role" role={who.role} />],
            [t('system.own.grants'), who.grants.length > 0 && <GrantList key="grants" grants={who.grants} />],
          ]}
        />
        <p className="quiet">{t('system.own.nameAbout')}</p>
        <div className="row wrap">
          <DialogButton text={t('system.own.password')} title={t('system.own.passwordTitle')}>
            {(close) => <NewPassword done={close} />}
          </DialogButton>
          <ConfirmButton
            title={t('system.own.signOutTitle')}
            question={t('system.own.signOutAbout')}
            yes={t('system.own.signOut')}
            run={async () => {
              await ask(['logout-everywhere'], { method: 'POST', body: {} });
              setCsrf(null);
              client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.whoami[0] });
            }}
          >
            {t('system.own.signOut')}
          </ConfirmButton>
        </div>
      </section>
      <Tokens />
    </>
  );
}
