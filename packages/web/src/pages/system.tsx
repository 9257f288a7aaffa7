/** The server and who uses it. What the role may not see is not offered. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useParams } from 'wouter';
import type { Session } from '../api/session.ts';
import { useSession } from '../api/session.ts';
import { PageHead } from '../parts/ops/page-head.tsx';
import { CredentialList } from './credentials/credential-list.tsx';
import { KeyList } from './credentials/key-list.tsx';
import { NotFound } from './not-found.tsx';
import { NotificationList } from './notifications/notification-list.tsx';
import { Account } from './system/account.tsx';
import { AuditLog } from './system/audit-log.tsx';
import { Fleet } from './system/fleet.tsx';
import { Settings } from './system/settings.tsx';
import { UserList } from './system/user-list.tsx';
import { UserPage } from './system/user-page.tsx';
import { DeliveryList } from './triggers/delivery-list.tsx';
import '../parts/ops/ops.css';

const SECTIONS = [
  { name: 'fleet', to: '/system', isFor: (session: Session) => session.may('viewer') },
  { name: 'users', to: '/system/users', isFor: (session: Session) => session.may('administrator') },
  { name: 'credentials', to: '/system/credentials', isFor: (session: Session) => session.may('developer') },
  { name: 'webhooks', to: '/system/webhooks', isFor: (session: Session) => session.may('developer') },
  { name: 'notifications', to: '/system/notifications', isFor: (session: Session) => session.may('developer') },
  { name: 'audit', to: '/system/audit', isFor: (session: Session) => session.may('administrator') },
  { name: 'settings', to: '/system/settings', isFor: (session: Session) => session.may('administrator') },
  { name: 'account', to: '/system/account', isFor: () => true },
] as const;

export default function System(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { '*': rest = '' } = useParams<{ '*'?: string }>();
  const [first = '', second = ''] = rest.split('/');
  const here = SECTIONS.find((section) => section.to === (first === '' ? '/system' : `/system/${first}`));
  const offered = SECTIONS.filter((section) => section.isFor(session));
  if (here === undefined) return <NotFound />;
  if (!here.isFor(session)) return <Redirect to="/system/account" replace />;
  return (
    <>
      {offered.length > 1 && (
        <nav className="tabs" aria-label={t('system.sections')}>
          {offered.map(({ name, to }) => (
            <Link key={name} href={to} className="tab" {...(name === here.name ? { 'aria-current': 'page' as const } : {})}>
              {t(`system.${name}`)}
            </Link>
          ))}
        </nav>
      )}
      {here.name === 'fleet' && <Fleet />}
      {here.name === 'users' && (second === '' ? <UserList /> : <UserPage key={second} id={second} />)}
      {here.name === 'credentials' && (
        <>
          <CredentialList folder={null} heading={(add) => <PageHead title={t('credentials.title')}>{add}</PageHead>} />
          {session.may('administrator') && <KeyList />}
        </>
      )}
      {here.name === 'webhooks' && <DeliveryList />}
      {here.name === 'notifications' && <NotificationList />}
      {here.name === 'audit' && <AuditLog />}
      {here.name === 'settings' && <Settings />}
      {here.name === 'account' && <Account />}
    </>
  );
}
