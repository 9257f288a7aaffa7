/** Changing what a multibranch job or an organization folder says. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask } from '../../api/client.ts';
import type { Item, MultibranchConfig, OrganizationConfig } from '../../api/shapes.ts';
import { FormBody } from '../../parts/actions.tsx';
import { Crumbs } from '../../parts/crumbs.tsx';
import { itemAddress } from '../../paths.ts';
import { BranchesFields, cleaned } from './branches-fields.tsx';

export default function BranchesConfigure({ item }: { readonly item: Item }): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  // As it was when the page came: who saves over another's change is told (412).
  const [{ config: start, revision }] = useState(item);
  const [config, setConfig] = useState(start as MultibranchConfig | OrganizationConfig);
  return (
    <>
      <Crumbs path={item.path} here={t('job.configure')} />
      <h1>{t('job.configureTitle', { name: item.name })}</h1>
      <FormBody
        yes={t('save')}
        close={() => navigate(itemAddress(item.path))}
        run={() => ask(['items', item.path, 'config'], { method: 'PUT', body: cleaned(config), headers: { 'if-match': `"${revision}"` } })}
      >
        <BranchesFields config={config} onChange={setConfig} />
      </FormBody>
    </>
  );
}
