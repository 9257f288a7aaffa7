/** What is at the top, and beside it what runs and what waits now. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../parts/title.ts';
import { ItemList } from './items/item-list.tsx';
import { NowPanel } from './items/now-panel.tsx';

export default function Home(): ReactElement {
  const { t } = useTranslation();
  useTitle(t('nav.jobs'));
  return (
    <div className="columns">
      <div>
        <ItemList folder={null} heading={<h1>{t('nav.jobs')}</h1>} />
      </div>
      <NowPanel />
    </div>
  );
}
