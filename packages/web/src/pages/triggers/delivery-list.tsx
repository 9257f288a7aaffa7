/** Webhooks that came, the newest first. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { Delivery, DeliveryPage } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ActButton, DialogButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { itemAddress } from '../../paths.ts';

type Entry = DeliveryPage['entries'][number];
const SHOWN = 3;

export function DeliveryList(): ReactElement {
  const { t } = useTranslation();
  const pages = usePages<Entry>({ key: keys.deliveries, words: ['deliveries'], limit: 50, untold: true });
  return (
    <>
      <PageHead title={t('deliveries.title')} />
      <p className="quiet">{t('deliveries.about')}</p>
      <Paged pages={pages}>{(all) => (all.length === 0 ? <p className="card">{t('deliveries.none')}</p> : <Table all={all} />)}</Paged>
    </>
  );
}

function Table({ all }: { readonly all: readonly Entry[] }): ReactElement {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  return (
    <DataTable caption={t('deliveries.title')}>
      <thead>
        <tr>
          <th scope="col">{t('deliveries.at')}</th>
          <th scope="col">{t('deliveries.provider')}</th>
          <th scope="col">{t('deliveries.name')}</th>
          <th scope="col">{t('deliveries.repository')}</th>
          <th scope="col">{t('deliveries.state')}</th>
          <th scope="col">{t('deliveries.outcome')}</th>
          <th scope="col">
            <span className="hidden">{t('deliveries.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={one.id}>
            <td>{dateTime(one.at)}</td>
            <td>{one.provider}</td>
            <td>{one.name}</td>
            <td className="words">{one.repository}</td>
            <td>{t(`deliveries.states.${one.state}`)}</td>
            <td className="words">
              <Outcomes all={one.outcomes.slice(0, SHOWN)} />
              {one.outcomes.length > SHOWN && t('deliveries.more')}
            </td>
            <td className="narrow">
              <DialogButton
                text={
                  <>
                    {t('deliveries.show')} <span className="hidden">{one.id}</span>
                  </>
                }
                title={t('deliveries.showTitle', { id: one.id })}
                wide
              >
                {() => <Whole id={one.id} />}
              </DialogButton>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function Outcomes({ all }: { readonly all: Entry['outcomes'] }): ReactElement {
  return (
    <ul className="plain">
      {all.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one job may stand twice
        <li key={i}>
          {one.item !== '' && <Link href={itemAddress(one.item)}>{one.item}</Link>} {one.what}
        </li>
      ))}
    </ul>
  );
}

function Whole({ id }: { readonly id: number }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const query = useQuery({ queryKey: [...keys.deliveries, id], queryFn: () => ask<Delivery>(['deliveries', id]) });
  return (
    <Loaded query={query}>
      {(one) => (
        <>
          <Outcomes all={one.outcomes} />
          <h3>{t('deliveries.body')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
          <pre className="text" tabIndex={0}>
            {pretty(one.body)}
          </pre>
          {session.may('administrator') && (
            <ActButton run={() => ask(['deliveries', id, 'redeliver'], { method: 'POST', body: {} })}>{t('deliveries.again')}</ActButton>
          )}
        </>
      )}
    </Loaded>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
