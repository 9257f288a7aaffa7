/** What the build has kept. Files are shown by the server in a sandbox: nothing in them runs here. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { address, ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { ArtifactPage, Build } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ProblemView } from '../../parts/problem-view.tsx';

export function Artifacts({ build }: { readonly build: Build }): ReactElement {
  const { t } = useTranslation();
  const { bytes } = useFormats();
  const { job } = build;
  const words = ['items', job, 'builds', build.number as number] as const;
  const pages = useInfiniteQuery({
    queryKey: keys.buildPart(job, build.number as number, 'artifacts'),
    queryFn: ({ pageParam }) => ask<ArtifactPage>([...words, 'artifacts'], { query: { limit: 200, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  if (pages.error !== null) return <ProblemView error={pages.error} again={() => void pages.refetch()} />;
  if (pages.data === undefined) return <p className="loading">{t('loading')}</p>;
  const files = pages.data.pages.flatMap((page) => page.entries);
  if (files.length === 0) return <p className="quiet">{t('artifacts.none')}</p>;
  return (
    <section>
      <div className="row">
        <h2>{t('artifacts.title')}</h2>
        <span className="space" />
        <a className="button" href={address([...words, 'archive'])} download>
          {t('artifacts.zip')}
        </a>
      </div>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('artifacts.path')}</th>
              <th scope="col">{t('artifacts.size')}</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.path}>
                <th scope="row">
                  <a href={address([...words, 'artifacts', file.path])} target="_blank" rel="noreferrer">
                    {file.path}
                  </a>
                </th>
                <td>{bytes(file.size)}</td>
                <td>
                  <code className="cut">{file.sha256}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages.hasNextPage && (
        <Button className="button" isDisabled={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}
