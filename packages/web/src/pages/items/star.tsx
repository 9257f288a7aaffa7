/** A favourite of the own, or none. */
import type { ReactElement } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import type { ItemSummary } from '../../api/shapes.ts';
import { useAct } from '../../parts/actions.tsx';

export function Star({ item }: { readonly item: Pick<ItemSummary, 'path' | 'favourite'> }): ReactElement {
  const { t } = useTranslation();
  const act = useAct((wanted: boolean) => ask(['favourites', item.path], wanted ? { method: 'PUT', body: {} } : { method: 'DELETE' }));
  const isOne = act.isPending ? act.variables : item.favourite;
  return (
    <ToggleButton
      className="star"
      isSelected={isOne}
      onChange={(wanted) => act.mutate(wanted)}
      aria-label={t(isOne ? 'home.unstar' : 'home.star', { name: item.path })}
    >
      <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
        <path d="M8 1.8l1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6z" />
      </svg>
    </ToggleButton>
  );
}
