/** What the build has kept. Files are shown by the server in a sandbox: nothing in them runs here. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { address } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { ArtifactPage, Build } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';

export function Artifacts({ build }: { readonly build: Build }): ReactElement {
  const { t } = useTranslation();
  const { bytes } = useFormats();
  const { job } = build;
  const words = ['items', job, 'builds', build.number as number] as const;
  const pages = usePages<ArtifactPage['entries'][number]>({
    key: keys.buildPart(job, build.number as number, 'artifacts'),
    words: [...words, 'artifacts'],
    limit: 200,
  });
  return (
    <section>
      <div className="row">
        <h2>{t('artifacts.title')}</h2>
        <span className="space" />
        <a className="button" href={address([...words, 'archive'])} download>
          {t('artifacts.zip')}
        </a>
      </div>
      <Paged pages={pages}>
        {(files) =>
          files.length === 0 ? (
            <p className="quiet">{t('artifacts.none')}</p>
          ) : (
            <DataTable caption={t('artifacts.title')}>
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
            </DataTable>
          )
        }
      </Paged>
    </section>
  );
}
