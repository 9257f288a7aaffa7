/** What starts builds of a job by itself: on its page. Nothing where there is none. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { JobTriggers as Shape } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ActButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Ago } from '../../parts/time.tsx';

export function JobTriggers({ path }: { readonly path: string }): ReactElement | null {
  const { t, i18n } = useTranslation();
  const { dateTime } = useFormats();
  const session = useSession();
  const { data } = useQuery({ queryKey: [...keys.item(path), 'triggers'], queryFn: () => ask<Shape>(['items', path, 'triggers']) });
  if (data === undefined || data.triggers.length === 0) return null;
  const isPolled = data.triggers.some((one) => one.kind === 'poll');
  return (
    <section>
      <div className="row wrap">
        <h2>{t('triggers.title')}</h2>
        <span className="space" />
        {isPolled && session.may('developer', path) && (
          <ActButton run={() => ask(['items', path, 'poll'], { method: 'POST', body: {} })}>{t('triggers.pollNow')}</ActButton>
        )}
      </div>
      <DataTable caption={t('triggers.title')}>
        <thead>
          <tr>
            <th scope="col">{t('triggers.kind')}</th>
            <th scope="col">{t('triggers.spec')}</th>
            <th scope="col">{t('triggers.from')}</th>
            <th scope="col">{t('triggers.next')}</th>
            <th scope="col">{t('triggers.last')}</th>
          </tr>
        </thead>
        <tbody>
          {data.triggers.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no names
            <tr key={i}>
              <td>{i18n.exists(`triggers.kinds.${one.kind}`) ? t(`triggers.kinds.${one.kind}` as 'triggers.kinds.cron') : one.kind}</td>
              <td className="words">{one.text}</td>
              <td>{one.from === 'configuration' ? t('triggers.configuration') : one.from}</td>
              <td>{one.nextAt !== null && dateTime(one.nextAt)}</td>
              <td className="words">
                {one.lastAt !== null && <Ago at={one.lastAt} />} {one.last}
                {one.problem !== null && one.problem !== one.last && <strong> {one.problem}</strong>}
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </section>
  );
}
