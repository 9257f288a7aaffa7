/** The keys that seal secrets. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { SealingKeys } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ConfirmButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';

export function KeyList(): ReactElement {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  const query = useQuery({ queryKey: keys.sealingKeys, queryFn: () => ask<SealingKeys>(['keys']) });
  return (
    <section>
      <div className="row wrap">
        <h2>{t('credentials.keys.title')}</h2>
        <span className="space" />
        <ConfirmButton
          kind="plain"
          title={t('credentials.keys.rotateTitle')}
          question={t('credentials.keys.rotateAbout')}
          yes={t('credentials.keys.rotate')}
          run={() => ask(['keys'], { method: 'POST', body: {} })}
        >
          {t('credentials.keys.rotate')}
        </ConfirmButton>
      </div>
      <p className="quiet">{t('credentials.keys.about')}</p>
      <Loaded query={query}>
        {(all) => (
          <DataTable caption={t('credentials.keys.title')}>
            <thead>
              <tr>
                <th scope="col">{t('credentials.keys.id')}</th>
                <th scope="col">{t('credentials.keys.created')}</th>
                <th scope="col">{t('credentials.keys.active')}</th>
                <th scope="col">{t('credentials.keys.count')}</th>
              </tr>
            </thead>
            <tbody>
              {all.keys.map((key) => (
                <tr key={key.id}>
                  <th scope="row">
                    {key.id} {key.current && <span className="tag">{t('credentials.keys.current')}</span>}
                  </th>
                  <td>{dateTime(key.createdAt)}</td>
                  <td>{key.activeAt > Date.now() ? t('credentials.keys.soon') : dateTime(key.activeAt)}</td>
                  <td className="number">{number(key.credentials)}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        )}
      </Loaded>
    </section>
  );
}
