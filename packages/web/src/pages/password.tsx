import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, setCsrf } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import type { Whoami } from '../api/shapes.ts';
import { FormBody, useFields } from '../parts/actions.tsx';
import { TextInput } from '../parts/fields.tsx';

export function NewPassword({ isFirst = false, done }: { readonly isFirst?: boolean; readonly done?: () => void }): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [fields, set] = useFields({ old: '', new: '' });
  const form = (
    <FormBody
      yes={t('password.change')}
      run={async () => {
        const who = await ask<Whoami>(['password'], { method: 'POST', body: fields });
        setCsrf(who.csrf);
        client.setQueryData(keys.whoami, who);
        done?.();
      }}
    >
      <TextInput label={t('password.old')} type="password" value={fields.old} onChange={set('old')} required autoComplete="current-password" />
      <TextInput label={t('password.new')} type="password" value={fields.new} onChange={set('new')} required autoComplete="new-password" />
    </FormBody>
  );
  if (!isFirst) return form;
  return (
    <main className="alone">
      <section className="card">
        <h1>{t('password.title')}</h1>
        <p>{t('password.why')}</p>
        {form}
      </section>
    </main>
  );
}
