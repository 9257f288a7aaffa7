/** What is at the top, favourites first, and beside it what runs and what waits now. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { useTitle } from '../parts/title.ts';
import { FavouriteList } from './items/favourite-list.tsx';
import { Guide } from './items/guide.tsx';
import { ItemList } from './items/item-list.tsx';
import { NowPanel } from './items/now-panel.tsx';

export default function Home(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  useTitle(t('nav.jobs'));
  return (
    <div className="columns">
      <div>
        {/* Its steps are those of who may do all of them. */}
        {session.isSignedIn && session.may('administrator') && <Guide />}
        {session.isSignedIn && <FavouriteList />}
        <ItemList folder={null} heading={<h1>{t('nav.jobs')}</h1>} />
      </div>
      <NowPanel />
    </div>
  );
}
