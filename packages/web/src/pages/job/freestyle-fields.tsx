/** What a freestyle job does: shell steps, then artifacts and test reports. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { FreestyleConfig } from '../../api/shapes.ts';
import { TextInput } from '../../parts/fields.tsx';

export function FreestyleFields({
  config,
  onChange,
}: {
  readonly config: FreestyleConfig;
  readonly onChange: (config: FreestyleConfig) => void;
}): ReactElement {
  const { t } = useTranslation();
  const { steps, artifacts, tests, scm } = config;
  return (
    <>
      <fieldset className="card">
        <legend>{t('config.steps')}</legend>
        <TextInput
          label={t('config.label')}
          about={t('config.labelAbout')}
          value={config.label ?? ''}
          onChange={(label) => onChange({ ...config, label: label === '' ? null : label })}
        />
        <TextInput
          label={t('config.url')}
          about={t('config.urlAbout')}
          value={scm?.url ?? ''}
          onChange={(url) =>
            onChange({ ...config, scm: url === '' ? null : { kind: 'git', branch: scm?.branch ?? 'main', credentialsId: scm?.credentialsId ?? null, url } })
          }
        />
        {scm !== null && (
          <TextInput label={t('config.branch')} value={scm.branch} onChange={(branch) => onChange({ ...config, scm: { ...scm, branch } })} required />
        )}
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <div key={i}>
            <TextInput
              label={t('config.shell', { n: i + 1 })}
              lines={6}
              value={step.shell}
              onChange={(shell) => onChange({ ...config, steps: steps.map((s, at) => (at === i ? { shell } : s)) })}
            />
            <Button className="button" onPress={() => onChange({ ...config, steps: steps.filter((_, at) => at !== i) })}>
              {t('config.removeStep', { n: i + 1 })}
            </Button>
          </div>
        ))}
        <Button className="button" onPress={() => onChange({ ...config, steps: [...steps, { shell: '' }] })}>
          {t('config.addStep')}
        </Button>
      </fieldset>
      <fieldset className="card">
        <legend>{t('config.after')}</legend>
        <TextInput
          label={t('config.artifacts')}
          about={t('config.patternAbout')}
          value={artifacts?.includes ?? ''}
          onChange={(includes) =>
            onChange({
              ...config,
              artifacts: includes === '' ? null : { excludes: null, allowEmpty: false, fingerprint: false, onlyIfSuccessful: false, ...artifacts, includes },
            })
          }
        />
        <TextInput
          label={t('config.tests')}
          about={t('config.patternAbout')}
          value={tests?.includes ?? ''}
          onChange={(includes) =>
            onChange({ ...config, tests: includes === '' ? null : { allowEmptyResults: false, keepLongStdio: false, ...tests, includes } })
          }
        />
      </fieldset>
    </>
  );
}
