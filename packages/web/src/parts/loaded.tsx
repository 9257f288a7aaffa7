/** What a query answered, or that it is on its way, or why not. What was there before stays while it is read anew. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from './problem-view.tsx';

export function Loaded<T>({ query, children }: { readonly query: UseQueryResult<T>; readonly children: (data: T) => ReactNode }): ReactElement {
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) return <ProblemView error={query.error} again={() => void query.refetch()} />;
  return (
    <p className="loading" role="status">
      {t('loading')}
    </p>
  );
}
