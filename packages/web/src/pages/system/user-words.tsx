/** What a user is, in words. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/session.ts';
import type { User } from '../../api/shapes.ts';
import { Sign } from '../../parts/ops/sign.tsx';

export const ROLES = ['viewer', 'developer', 'administrator'] as const;

export function RoleText({ role }: { readonly role: Role | null }): ReactElement {
  const { t } = useTranslation();
  return <>{t(`system.user.roles.${role ?? 'none'}`)}</>;
}

export function GrantList({ grants }: { readonly grants: User['grants'] }): ReactElement {
  const { t } = useTranslation();
  if (grants.length === 0) return <span className="quiet">{t('system.user.noGrants')}</span>;
  return (
    <ul className="plain">
      {grants.map(({ scope, role }) => (
        <li key={scope}>
          <code>{scope}</code> <RoleText role={role} />
        </li>
      ))}
    </ul>
  );
}

export function UserState({ user }: { readonly user: User }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Sign standing={user.disabled ? 'paused' : 'well'} text={t(user.disabled ? 'system.user.disabled' : 'system.user.active')} />
      {!user.hasPassword && <div className="quiet">{t('system.user.noPassword')}</div>}
      {user.mustChange && <div className="quiet">{t('system.user.mustChange')}</div>}
    </>
  );
}

export function userAddress(id: string): string {
  return `/system/users/${encodeURIComponent(id)}`;
}
