import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask, setCsrf } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import type { Whoami } from '../api/shapes.ts';
import { SettingsMenu } from '../frame.tsx';
import { FormBody, useFields } from '../parts/actions.tsx';
import { TextInput } from '../parts/fields.tsx';

/** The address stays: after it one is where one wanted to be. */
export function Login(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [at, navigate] = useLocation();
  const [fields, set] = useFields({ user: '', password: '' });
  return (
    <main className="alone">
      <div className="row end">
        <SettingsMenu />
      </div>
      <section className="card">
        <h1>
          <img src="/icon.svg" alt="" width="32" height="32" /> Millrace
        </h1>
        <FormBody
          yes={t('login.button')}
          run={async () => {
            const who = await ask<Whoami>(['login'], { method: 'POST', body: fields });
            setCsrf(who.csrf);
            client.setQueryData(keys.whoami, who);
            if (at === '/login') navigate('/');
          }}
        >
          <TextInput label={t('login.user')} value={fields.user} onChange={set('user')} required autoComplete="username" autoFocus />
          <TextInput label={t('login.password')} type="password" value={fields.password} onChange={set('password')} required autoComplete="current-password" />
        </FormBody>
        <p className="quiet">{t('login.first')}</p>
      </section>
    </main>
  );
}
