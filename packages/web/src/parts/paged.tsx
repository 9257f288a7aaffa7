/** Lists that come page by page: what is there, that it is on its way or why not, and a button for more. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Request } from '../api/client.ts';
import { ask } from '../api/client.ts';
import { ProblemView } from './problem-view.tsx';

interface Page<T> {
  readonly entries: readonly T[];
  readonly next: string | null;
}

export interface PagesOptions {
  readonly key: readonly unknown[];
  readonly words: readonly (string | number)[];
  readonly query?: Request['query'];
  readonly limit: number;
  /** Of what no event tells: read anew whenever it is looked at. */
  readonly untold?: boolean;
}

export function usePages<T>({ key, words, query = {}, limit, untold = false }: PagesOptions) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask<Page<T>>(words, { query: { ...query, limit, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...(untold ? { staleTime: 0 } : {}),
  });
}

/** What was there before stays while it is read anew, and where that fails. */
export function Paged<T>({
  pages,
  children,
}: {
  readonly pages: ReturnType<typeof usePages<T>>;
  readonly children: (entries: readonly T[]) => ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {pages.error !== null && <ProblemView error={pages.error} again={() => void pages.refetch()} />}
      {pages.isPending && (
        <p className="loading" role="status">
          {t('loading')}
        </p>
      )}
      {pages.data !== undefined && children(pages.data.pages.flatMap((page) => page.entries))}
      {pages.hasNextPage && (
        <Button className="button" isDisabled={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
