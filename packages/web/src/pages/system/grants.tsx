/** The roles of a user in folders and on jobs: all of them at once, as the API replaces them. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import type { Role } from '../../api/session.ts';
import type { User } from '../../api/shapes.ts';
import { FormBody } from '../../parts/actions.tsx';
import { TextInput } from '../../parts/fields.tsx';
import { RoleInput } from './role-input.tsx';

interface Line {
  readonly key: number;
  readonly scope: string;
  readonly role: Role;
}

export function Grants({ user }: { readonly user: User }): ReactElement {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly Line[]>(() => user.grants.map(({ scope, role }, key) => ({ key, scope, role })));
  const change = (key: number, to: Partial<Line>): void => setLines(lines.map((line) => (line.key === key ? { ...line, ...to } : line)));
  return (
    <FormBody
      yes={t('save')}
      run={() =>
        ask(['users', user.id, 'grants'], {
          method: 'PUT',
          body: { grants: lines.map(({ scope, role }) => ({ scope: scope.trim().replace(/^\/+|\/+$/g, ''), role })) },
          headers: { 'if-match': `"${user.revision}"` },
        })
      }
    >
      <p className="quiet">{t('system.user.grantsAbout')}</p>
      {lines.map(({ key, scope, role }) => (
        <fieldset key={key} className="row grant">
          <legend className="hidden">{scope === '' ? t('system.user.scope') : scope}</legend>
          <TextInput label={t('system.user.scope')} value={scope} onChange={(to) => change(key, { scope: to })} required placeholder="team/app" />
          <RoleInput label={t('system.user.scopeRole')} value={role} onChange={(to) => to !== null && change(key, { role: to })} />
          <Button className="button" onPress={() => setLines(lines.filter((line) => line.key !== key))}>
            {t('system.user.removeGrant')} <span className="hidden">{scope}</span>
          </Button>
        </fieldset>
      ))}
      <Button className="button" onPress={() => setLines([...lines, { key: Math.max(-1, ...lines.map((line) => line.key)) + 1, scope: '', role: 'viewer' }])}>
        {t('system.user.addGrant')}
      </Button>
    </FormBody>
  );
}
