/** What a folder gives the jobs below it: variables, shared libraries, who is told, and its share where executors are scarce. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask } from '../../api/client.ts';
import type { FolderConfig, Item } from '../../api/shapes.ts';
import { FormBody } from '../../parts/actions.tsx';
import { Crumbs } from '../../parts/crumbs.tsx';
import { TextInput } from '../../parts/fields.tsx';
import { VariablesInput } from '../../parts/variables-input.tsx';
import { itemAddress } from '../../paths.ts';
import { NotificationFields } from '../notifications/notification-fields.tsx';
import { LibraryFields } from './library-fields.tsx';

export default function FolderConfigure({ folder }: { readonly folder: Item }): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  // As it was when the page came: who saves over another's change is told (412).
  const [{ config: start, revision }] = useState(folder);
  const [config, setConfig] = useState(start as FolderConfig);
  const [weight, setWeight] = useState(String(config.weight));
  return (
    <>
      <Crumbs path={folder.path} here={t('job.configure')} />
      <h1>{t('job.configureTitle', { name: folder.name })}</h1>
      <FormBody
        yes={t('save')}
        close={() => navigate(itemAddress(folder.path))}
        run={() =>
          ask(['items', folder.path, 'config'], { method: 'PUT', body: { ...config, weight: Number(weight) }, headers: { 'if-match': `"${revision}"` } })
        }
      >
        <LibraryFields libraries={config.libraries} onChange={(libraries) => setConfig({ ...config, libraries })} />
        <NotificationFields rules={config.notifications} onChange={(notifications) => setConfig({ ...config, notifications })} />
        <fieldset className="card">
          <legend>{t('config.running')}</legend>
          <VariablesInput value={config.environment} onChange={(environment) => setConfig({ ...config, environment })} />
          <TextInput label={t('folder.weight')} about={t('folder.weightAbout')} type="number" value={weight} onChange={setWeight} required />
        </fieldset>
      </FormBody>
    </>
  );
}
