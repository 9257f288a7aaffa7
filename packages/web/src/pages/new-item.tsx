/** A new folder or job. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { ask } from '../api/client.ts';
import type { Item, MultibranchConfig, OrganizationConfig, PipelineConfig } from '../api/shapes.ts';
import { FormBody, useFields } from '../parts/actions.tsx';
import { Crumbs } from '../parts/crumbs.tsx';
import { SelectInput, TextInput } from '../parts/fields.tsx';
import { itemAddress } from '../paths.ts';
import { BranchesFields, cleaned } from './branches/branches-fields.tsx';
import { FIRST_MULTIBRANCH, FIRST_ORGANIZATION } from './branches/first-configs.ts';
import { DefinitionFields, FIRST_SCRIPT } from './job/definition-fields.tsx';

const KINDS = ['pipeline', 'multibranch', 'organization', 'freestyle', 'folder'] as const;
type ItemKind = (typeof KINDS)[number];

export default function NewItem(): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const folder = search.get('in');
  const [library, template] = [search.get('library'), search.get('template')];
  const [fields, set] = useFields({ name: '', kind: 'pipeline' as ItemKind, description: '' });
  const [definition, setDefinition] = useState<PipelineConfig['definition']>(
    library === null || template === null
      ? { kind: 'inline', script: FIRST_SCRIPT }
      : { kind: 'template', library, template, version: search.get('version'), parameters: {} },
  );
  const [multibranch, setMultibranch] = useState(FIRST_MULTIBRANCH);
  const [organization, setOrganization] = useState(FIRST_ORGANIZATION);
  const config = {
    pipeline: { definition },
    multibranch: cleaned(multibranch),
    organization: cleaned(organization),
    freestyle: { steps: [] },
    folder: {},
  }[fields.kind];
  return (
    <>
      {folder !== null && <Crumbs path={folder} here={t('items.new')} />}
      <h1>{t('items.newTitle')}</h1>
      <FormBody
        yes={t('items.create')}
        close={() => navigate(folder === null ? '/' : itemAddress(folder))}
        run={() => ask<Item>(['items'], { method: 'POST', body: { ...fields, folder, config } })}
        done={(made) => navigate(`${itemAddress((made as Item).path)}${fields.kind === 'freestyle' ? '/configure' : ''}`)}
      >
        <TextInput label={t('items.name')} value={fields.name} onChange={set('name')} required autoFocus />
        <SelectInput
          label={t('items.kind')}
          value={fields.kind}
          choices={KINDS.map((id) => ({ id, text: t(`kind.${id}`) }))}
          onChange={(kind) => set('kind')(kind as ItemKind)}
        />
        <TextInput label={t('items.description')} value={fields.description} onChange={set('description')} />
        {fields.kind === 'multibranch' && <BranchesFields config={multibranch} onChange={(next) => setMultibranch(next as MultibranchConfig)} />}
        {fields.kind === 'organization' && <BranchesFields config={organization} onChange={(next) => setOrganization(next as OrganizationConfig)} />}
        {fields.kind === 'pipeline' && <DefinitionFields folder={folder} definition={definition} onChange={setDefinition} />}
      </FormBody>
    </>
  );
}
