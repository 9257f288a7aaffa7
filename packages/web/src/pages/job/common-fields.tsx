/** What pipelines and freestyle jobs have in common. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { JobConfig } from '../../api/shapes.ts';
import { CheckInput, SelectInput, TextInput } from '../../parts/fields.tsx';
import { VariablesInput } from '../../parts/variables-input.tsx';
import { NotificationFields } from '../notifications/notification-fields.tsx';
import { TriggerFields } from '../triggers/trigger-fields.tsx';

type Common = Pick<JobConfig, 'parameters' | 'environment' | 'quietPeriodSeconds' | 'concurrent' | 'retention' | 'priority' | 'triggers' | 'notifications'>;
type Definition = Common['parameters'][number];

const TYPES = ['string', 'text', 'boolean', 'choice', 'password', 'file', 'run', 'credentials'] as const;

export function CommonFields({ config, onChange }: { readonly config: Common; readonly onChange: (config: Common) => void }): ReactElement {
  const { t } = useTranslation();
  const { retention, parameters } = config;
  const number = (text: string): number | null => (text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text));
  const NO_RETENTION = { builds: null, days: null, artifactBuilds: null, artifactDays: null };
  const retain = (what: keyof typeof NO_RETENTION) => (value: string) =>
    onChange({ ...config, retention: { ...NO_RETENTION, ...retention, [what]: number(value) } });
  const change = (i: number, next: Definition): void => onChange({ ...config, parameters: parameters.map((p, at) => (at === i ? next : p)) });
  return (
    <>
      <fieldset className="card">
        <legend>{t('config.parameters')}</legend>
        {parameters.map((p, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed
          <div key={i} className="card">
            <div className="row wrap">
              <SelectInput
                label={t('config.type')}
                value={p.type}
                choices={TYPES.map((id) => ({ id, text: t(`parameterType.${id}`) }))}
                onChange={(type) =>
                  change(i, { ...p, type: type as Definition['type'], default: type === 'boolean' ? false : typeof p.default === 'string' ? p.default : null })
                }
              />
              <TextInput label={t('items.name')} value={p.name} onChange={(name) => change(i, { ...p, name })} required />
              {p.type === 'boolean' ? (
                <CheckInput label={t('config.default')} value={p.default === true} onChange={(value) => change(i, { ...p, default: value })} />
              ) : (
                p.type !== 'file' &&
                p.type !== 'choice' && (
                  <TextInput
                    label={t('config.default')}
                    type={p.type === 'password' ? 'password' : 'text'}
                    value={typeof p.default === 'string' ? p.default : ''}
                    onChange={(value) => change(i, { ...p, default: value === '' ? null : value })}
                  />
                )
              )}
            </div>
            {p.type === 'choice' && (
              <TextInput
                label={t('config.choices')}
                about={t('config.choicesAbout')}
                lines={4}
                value={(p.choices ?? []).join('\n')}
                onChange={(text) => change(i, { ...p, choices: text.split('\n') })}
              />
            )}
            <TextInput label={t('items.description')} value={p.description} onChange={(description) => change(i, { ...p, description })} />
            <Button className="button" onPress={() => onChange({ ...config, parameters: parameters.filter((_, at) => at !== i) })}>
              {t('config.removeParameter', { name: p.name })}
            </Button>
          </div>
        ))}
        <Button
          className="button"
          onPress={() => onChange({ ...config, parameters: [...parameters, { type: 'string', name: '', description: '', default: null }] })}
        >
          {t('config.addParameter')}
        </Button>
      </fieldset>
      <TriggerFields triggers={config.triggers} onChange={(triggers) => onChange({ ...config, triggers })} />
      <NotificationFields rules={config.notifications} onChange={(notifications) => onChange({ ...config, notifications })} />
      <fieldset className="card">
        <legend>{t('config.running')}</legend>
        <SelectInput
          label={t('config.concurrent')}
          value={config.concurrent}
          choices={(['allow', 'wait', 'abortPrevious'] as const).map((id) => ({ id, text: t(`concurrent.${id}`) }))}
          onChange={(value) => onChange({ ...config, concurrent: value as Common['concurrent'] })}
        />
        <VariablesInput value={config.environment} onChange={(environment) => onChange({ ...config, environment })} />
        <TextInput
          label={t('config.quiet')}
          type="number"
          value={config.quietPeriodSeconds?.toString() ?? ''}
          onChange={(v) => onChange({ ...config, quietPeriodSeconds: number(v) })}
        />
        <TextInput
          label={t('config.priority')}
          type="number"
          value={String(config.priority)}
          onChange={(v) => onChange({ ...config, priority: number(v) ?? 0 })}
        />
        <TextInput label={t('config.keepBuilds')} type="number" value={retention?.builds?.toString() ?? ''} onChange={retain('builds')} />
        <TextInput label={t('config.keepDays')} type="number" value={retention?.days?.toString() ?? ''} onChange={retain('days')} />
      </fieldset>
    </>
  );
}
