/** The own favourites, of all folders, above everything else. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Favourites } from '../../api/shapes.ts';
import { ItemTable } from './item-list.tsx';

export function FavouriteList(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: keys.favourites, queryFn: () => ask<Favourites>(['favourites']) });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section>
      <h2>{t('home.favourites')}</h2>
      <ItemTable caption={t('home.favourites')} items={data.items} named="path" />
    </section>
  );
}
