import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import type { CreatedToken } from '../../api/shapes.ts';
import { FormBody, useFields } from '../../parts/actions.tsx';
import { CheckInput, TextInput } from '../../parts/fields.tsx';

const SCOPES = ['read', 'build', 'admin'] as const;
const LONGEST_DAYS = 3_650;

/** `done` gets the token with its value, which is told this once. */
export function NewToken({ close, done }: { readonly close: () => void; readonly done: (made: CreatedToken) => void }): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ name: '', days: '90', read: true, build: false, admin: false });
  const scopes = SCOPES.filter((scope) => fields[scope]);
  const days = fields.days.trim() === '' ? null : Number(fields.days);
  const isWrong = days !== null && (!Number.isInteger(days) || days < 1 || days > LONGEST_DAYS);
  return (
    <FormBody
      yes={t('system.own.addYes')}
      close={close}
      run={async () => {
        done(await ask<CreatedToken>(['tokens'], { method: 'POST', body: { name: fields.name.trim(), scopes, days } }));
      }}
    >
      <TextInput
        label={t('system.own.tokenName')}
        about={t('system.own.tokenNameAbout')}
        value={fields.name}
        onChange={set('name')}
        required
        autoFocus
        autoComplete="off"
      />
      <fieldset>
        <legend>{t('system.own.scopes')}</legend>
        {SCOPES.map((scope) => (
          <CheckInput key={scope} label={t(`system.own.scope.${scope}`)} value={fields[scope]} onChange={set(scope)} />
        ))}
        {scopes.length === 0 && (
          <p className="field-error" role="alert">
            {t('system.own.scopesWrong')}
          </p>
        )}
      </fieldset>
      <TextInput
        label={t('system.own.days')}
        about={t('system.own.daysAbout')}
        type="number"
        value={fields.days}
        onChange={set('days')}
        error={isWrong ? t('system.own.daysWrong') : undefined}
      />
    </FormBody>
  );
}
