/** Where a pipeline's script is: here, or a Jenkinsfile in a git repository. */
import type { ReactElement } from 'react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PipelineConfig } from '../../api/shapes.ts';
import { SelectInput, TextInput } from '../../parts/fields.tsx';
import { TemplateFields } from './template-fields.tsx';

const ScriptEditor = lazy(() => import('../../parts/script-editor.tsx'));
type Definition = PipelineConfig['definition'];

export const FIRST_SCRIPT = `pipeline {
    agent any
    stages {
        stage('Build') {
            steps {
                sh 'echo Hello'
            }
        }
    }
}
`;
const FIRST_GIT: Definition = { kind: 'git', url: '', branch: 'main', credentialsId: null, path: 'Jenkinsfile', lightweight: true };

const FIRST_TEMPLATE: Definition = { kind: 'template', library: '', template: '', version: null, parameters: {} };

function firstOf(kind: string): Definition {
  return kind === 'git' ? FIRST_GIT : kind === 'template' ? FIRST_TEMPLATE : { kind: 'inline', script: FIRST_SCRIPT };
}

export function DefinitionFields({
  definition,
  onChange,
  folder,
}: {
  readonly definition: Definition;
  /** Where the job is: its libraries are offered. */
  readonly folder: string | null;
  readonly onChange: (definition: Definition) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <fieldset className="card">
      <legend>{t('config.definition')}</legend>
      <SelectInput
        label={t('config.from')}
        value={definition.kind}
        choices={[
          { id: 'inline', text: t('config.inline') },
          { id: 'git', text: t('config.git') },
          { id: 'template', text: t('config.template') },
        ]}
        onChange={(kind) => {
          if (kind !== definition.kind) onChange(firstOf(kind));
        }}
      />
      {definition.kind === 'template' ? (
        <TemplateFields definition={definition} folder={folder} onChange={onChange} />
      ) : definition.kind === 'inline' ? (
        <Suspense fallback={<p className="loading">{t('loading')}</p>}>
          <ScriptEditor value={definition.script} label={t('config.script')} onChange={(script) => onChange({ ...definition, script })} />
        </Suspense>
      ) : (
        <>
          <TextInput label={t('config.url')} value={definition.url} onChange={(url) => onChange({ ...definition, url })} required />
          <TextInput label={t('config.branch')} value={definition.branch} onChange={(branch) => onChange({ ...definition, branch })} required />
          <TextInput label={t('config.path')} value={definition.path} onChange={(path) => onChange({ ...definition, path })} required />
          <TextInput
            label={t('config.credentials')}
            about={t('config.credentialsAbout')}
            value={definition.credentialsId ?? ''}
            onChange={(id) => onChange({ ...definition, credentialsId: id === '' ? null : id })}
          />
        </>
      )}
    </fieldset>
  );
}
