import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { keys } from '../../api/keys.ts';
import type { CredentialUses as Uses } from '../../api/shapes.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { Ago } from '../../parts/time.tsx';
import { buildAddress, itemAddress } from '../../paths.ts';

type Use = Uses['entries'][number];

export function CredentialUses({ id }: { readonly id: string }): ReactElement {
  const { t } = useTranslation();
  const pages = usePages<Use>({ key: [...keys.credentials(null), 'uses', id], words: ['credentials', id, 'uses'], limit: 50, untold: true });
  return (
    <Paged pages={pages}>
      {(all) =>
        all.length === 0 ? (
          <p>{t('credentials.usesNone')}</p>
        ) : (
          <DataTable caption={t('credentials.uses')}>
            <thead>
              <tr>
                <th scope="col">{t('credentials.useAt')}</th>
                <th scope="col">{t('credentials.useItem')}</th>
                <th scope="col">{t('credentials.usePurpose')}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((use) => (
                <tr key={`${use.at} ${use.item} ${use.build} ${use.purpose}`}>
                  <td>
                    <Ago at={use.at} />
                  </td>
                  <td className="words">
                    {use.item !== null && (
                      <Link href={use.build === null ? itemAddress(use.item) : buildAddress(use.item, use.build)}>
                        {use.build === null ? use.item : `${use.item} #${use.build}`}
                      </Link>
                    )}
                  </td>
                  <td>{use.purpose}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        )
      }
    </Paged>
  );
}
