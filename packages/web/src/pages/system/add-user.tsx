import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import type { Role } from '../../api/session.ts';
import { FormBody, useFields } from '../../parts/actions.tsx';
import { CheckInput, TextInput } from '../../parts/fields.tsx';
import { RoleInput } from './role-input.tsx';

export function AddUser({ close }: { readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ id: '', fullName: '', email: '', role: 'viewer' as Role | null, password: '', mustChange: true });
  return (
    <FormBody
      yes={t('system.user.addYes')}
      close={close}
      run={() =>
        ask(['users'], {
          method: 'POST',
          body: {
            ...fields,
            id: fields.id.trim(),
            email: fields.email.trim() === '' ? null : fields.email.trim(),
            password: fields.password === '' ? null : fields.password,
          },
        })
      }
    >
      <TextInput label={t('system.user.id')} about={t('system.user.idAbout')} value={fields.id} onChange={set('id')} required autoFocus autoComplete="off" />
      <TextInput label={t('system.user.fullName')} value={fields.fullName} onChange={set('fullName')} autoComplete="off" />
      <TextInput label={t('system.user.email')} type="email" value={fields.email} onChange={set('email')} autoComplete="off" />
      <RoleInput label={t('system.user.role')} about={t('system.user.rolesAbout')} value={fields.role} onChange={set('role')} none />
      <TextInput
        label={t('system.user.password')}
        about={t('system.user.passwordAbout')}
        type="password"
        value={fields.password}
        onChange={set('password')}
        autoComplete="new-password"
      />
      <CheckInput label={t('system.user.mustChangeField')} value={fields.mustChange} onChange={set('mustChange')} />
    </FormBody>
  );
}
