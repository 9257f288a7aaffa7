/** What happened to the machines of a cloud, the newest first. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { keys } from '../../api/keys.ts';
import type { CloudEvent } from '../../api/shapes.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Standing } from '../../parts/ops/sign.tsx';
import { Sign } from '../../parts/ops/sign.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { Ago } from '../../parts/time.tsx';
import { itemAddress } from '../../paths.ts';

const STANDING: Readonly<Record<CloudEvent['kind'], Standing>> = { made: 'well', ended: 'paused', failed: 'bad', refused: 'bad', away: 'bad' };

export function CloudEvents({ name }: { readonly name: string }): ReactElement {
  const { t } = useTranslation();
  const pages = usePages<CloudEvent>({ key: keys.cloudEvents(name), words: ['clouds', name, 'events'], limit: 20 });
  const title = t('cloudEvents.title', { name });
  return (
    <>
      <h3>{title}</h3>
      <Paged pages={pages}>
        {(events) =>
          events.length === 0 ? (
            <p className="quiet">{t('cloudEvents.none')}</p>
          ) : (
            <DataTable caption={title}>
              <thead>
                <tr>
                  <th scope="col">{t('cloudEvents.at')}</th>
                  <th scope="col">{t('cloudEvents.what')}</th>
                  <th scope="col">{t('cloudEvents.node')}</th>
                  <th scope="col">{t('cloudEvents.why')}</th>
                </tr>
              </thead>
              <tbody>
                {events.map(({ id, at, kind, node, job, message }) => (
                  <tr key={id}>
                    <td>
                      <Ago at={at} />
                    </td>
                    <td>
                      <Sign standing={STANDING[kind]} text={t(`cloudEvents.kind.${kind}`)} />
                    </td>
                    <td>
                      {node !== null && <code>{node}</code>}
                      {job !== null && (
                        <div className="quiet">
                          {t('cloudEvents.for')} <Link href={itemAddress(job)}>{job}</Link>
                        </div>
                      )}
                    </td>
                    <td className="words">{message}</td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          )
        }
      </Paged>
    </>
  );
}
