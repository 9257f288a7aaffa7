/** Whether the builds of a job that reads a repository are told at the commit, as fields of its form. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobConfig } from '../../api/shapes.ts';
import { CheckInput, SelectInput, TextInput } from '../../parts/fields.tsx';

type Status = NonNullable<JobConfig['commitStatus']>;
const FORGES = ['github', 'gitlab', 'gitea', 'bitbucket', 'bitbucketServer'] as const;
const FIRST: Status = { forge: null, apiUrl: null, credentialsId: null, context: null };

export function CommitStatusFields({ status, onChange }: { readonly status: Status | null; readonly onChange: (status: Status | null) => void }): ReactElement {
  const { t } = useTranslation();
  const orNull = (text: string): string | null => (text === '' ? null : text);
  return (
    <fieldset className="card">
      <legend>{t('commitStatus.title')}</legend>
      <CheckInput label={t('commitStatus.on')} value={status !== null} onChange={(on) => onChange(on ? FIRST : null)} />
      {status !== null && (
        <>
          <SelectInput
            label={t('branches.host')}
            value={status.forge ?? ''}
            choices={[{ id: '', text: t('commitStatus.byAddress') }, ...FORGES.map((id) => ({ id, text: t(`branches.hosts.${id}`) }))]}
            onChange={(forge) => onChange({ ...status, forge: FORGES.find((known) => known === forge) ?? null })}
          />
          <TextInput
            label={t('branches.apiUrl')}
            about={t('branches.apiUrlAbout')}
            value={status.apiUrl ?? ''}
            onChange={(text) => onChange({ ...status, apiUrl: orNull(text) })}
          />
          <TextInput
            label={t('config.credentials')}
            about={t('commitStatus.credentialsAbout')}
            value={status.credentialsId ?? ''}
            onChange={(text) => onChange({ ...status, credentialsId: orNull(text) })}
          />
          <TextInput label={t('branches.context')} value={status.context ?? ''} onChange={(text) => onChange({ ...status, context: orNull(text) })} />
        </>
      )}
    </fieldset>
  );
}
