/** What a job is: its script or where it is read from, its parameters, and how its builds run. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask } from '../../api/client.ts';
import type { FreestyleConfig, Item, PipelineConfig } from '../../api/shapes.ts';
import { FormBody } from '../../parts/actions.tsx';
import { Crumbs } from '../../parts/crumbs.tsx';
import { itemAddress } from '../../paths.ts';
import { CommitStatusFields } from './commit-status-fields.tsx';
import { CommonFields } from './common-fields.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import { FreestyleFields } from './freestyle-fields.tsx';

export default function ConfigurePage({ job }: { readonly job: Item }): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  // As it was when the page came: who saves over another's change is told (412).
  const [{ config: start, revision }] = useState(job);
  const [config, setConfig] = useState(start as PipelineConfig | FreestyleConfig);
  return (
    <>
      <Crumbs path={job.path} here={t('job.configure')} />
      <h1>{t('job.configureTitle', { name: job.name })}</h1>
      <FormBody
        yes={t('save')}
        close={() => navigate(itemAddress(job.path))}
        run={() => ask(['items', job.path, 'config'], { method: 'PUT', body: config, headers: { 'if-match': `"${revision}"` } })}
      >
        {'definition' in config ? (
          <DefinitionFields
            folder={job.path.includes('/') ? job.path.slice(0, job.path.lastIndexOf('/')) : null}
            definition={config.definition}
            onChange={(definition) => setConfig({ ...config, definition })}
          />
        ) : (
          <FreestyleFields config={config} onChange={setConfig} />
        )}
        {readsGit(config) && <CommitStatusFields status={config.commitStatus ?? null} onChange={(commitStatus) => setConfig({ ...config, commitStatus })} />}
        <CommonFields config={config} onChange={(common) => setConfig({ ...config, ...common } as typeof config)} />
      </FormBody>
    </>
  );
}

function readsGit(config: PipelineConfig | FreestyleConfig): boolean {
  return 'definition' in config ? config.definition.kind === 'git' : config.scm !== null;
}
