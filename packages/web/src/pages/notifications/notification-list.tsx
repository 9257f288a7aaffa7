/** Messages to people, the newest first, and the channels that they take. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { NotificationChannels, NotificationPage } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ActButton, DialogButton, FormBody } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { SelectInput, TextInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { itemAddress } from '../../paths.ts';

type Entry = NotificationPage['entries'][number];
const STATES = ['waiting', 'sending', 'sent', 'failed', 'skipped'] as const;

export function NotificationList(): ReactElement {
  const { t } = useTranslation();
  const [state, setState] = useState('all');
  const query = state === 'all' ? {} : { state };
  const pages = usePages<Entry>({ key: keys.notifications(query), words: ['notifications'], query, limit: 50, untold: true });
  const again = (): void => void pages.refetch();
  return (
    <>
      <PageHead title={t('notifications.title')} />
      <p className="quiet">{t('notifications.about')}</p>
      <Channels sent={again} />
      <SelectInput
        label={t('notifications.state')}
        value={state}
        choices={[{ id: 'all', text: t('notifications.allStates') }, ...STATES.map((id) => ({ id, text: t(`notifications.states.${id}`) }))]}
        onChange={setState}
      />
      <Paged pages={pages}>{(all) => (all.length === 0 ? <p className="card">{t('notifications.none')}</p> : <Table all={all} again={again} />)}</Paged>
    </>
  );
}

function Table({ all, again }: { readonly all: readonly Entry[]; readonly again: () => void }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { dateTime } = useFormats();
  return (
    <DataTable caption={t('notifications.title')}>
      <thead>
        <tr>
          <th scope="col">{t('notifications.at')}</th>
          <th scope="col">{t('notifications.channel')}</th>
          <th scope="col">{t('notifications.target')}</th>
          <th scope="col">{t('notifications.message')}</th>
          <th scope="col">{t('notifications.state')}</th>
          <th scope="col">{t('notifications.error')}</th>
          <th scope="col">
            <span className="hidden">{t('notifications.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={one.id}>
            <td>{dateTime(one.createdAt)}</td>
            <td>{one.channel}</td>
            <td className="words">{one.target}</td>
            <td className="words">
              {one.title}
              {one.job !== null && (
                <>
                  {' '}
                  <Link href={itemAddress(one.job)}>
                    {one.job}
                    {one.number !== null && ` #${one.number}`}
                  </Link>
                </>
              )}
            </td>
            <td>
              {t(`notifications.states.${one.state}`)}
              {one.nextAt !== null && one.tries > 0 && <div className="quiet">{t('notifications.next', { time: dateTime(one.nextAt) })}</div>}
            </td>
            <td className="words">{one.error}</td>
            <td className="narrow">
              {session.may('administrator') && one.endedAt !== null && (
                <ActButton
                  run={async () => {
                    await ask(['notifications', one.id, 'send-again'], { method: 'POST', body: {} });
                    again();
                  }}
                >
                  {t('notifications.again')} <span className="hidden">{one.id}</span>
                </ActButton>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function Channels({ sent }: { readonly sent: () => void }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const query = useQuery({ queryKey: keys.channels, queryFn: () => ask<NotificationChannels>(['notification-channels']) });
  return (
    <section aria-label={t('notifications.channels')}>
      <h2>{t('notifications.channels')}</h2>
      <Loaded query={query}>
        {({ channels }) =>
          channels.length === 0 ? (
            <p className="card">{t('notifications.noChannels')}</p>
          ) : (
            <DataTable caption={t('notifications.channels')}>
              <thead>
                <tr>
                  <th scope="col">{t('notifications.channel')}</th>
                  <th scope="col">{t('notifications.kind')}</th>
                  <th scope="col">{t('notifications.language')}</th>
                  <th scope="col">
                    <span className="hidden">{t('notifications.acts')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {channels.map(({ name, kind, language }) => (
                  <tr key={name}>
                    <td>{name}</td>
                    <td>{kind}</td>
                    <td>{t(`notifications.languages.${language}`)}</td>
                    <td className="narrow">
                      {session.may('administrator') && (
                        <DialogButton
                          text={
                            <>
                              {t('notifications.test')} <span className="hidden">{name}</span>
                            </>
                          }
                          title={t('notifications.test')}
                        >
                          {(close) => <Test name={name} close={close} sent={sent} />}
                        </DialogButton>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          )
        }
      </Loaded>
    </section>
  );
}

function Test({ name, close, sent }: { readonly name: string; readonly close: () => void; readonly sent: () => void }): ReactElement {
  const { t } = useTranslation();
  const [to, setTo] = useState('');
  return (
    <FormBody
      run={() => ask(['notification-channels', name, 'test'], { method: 'POST', body: { to: to.trim() === '' ? null : to } })}
      done={() => {
        sent();
        close();
      }}
      close={close}
      yes={t('notifications.send')}
    >
      <TextInput label={t('notifications.testTo')} about={t('notifications.testToAbout')} value={to} onChange={setTo} autoFocus />
    </FormBody>
  );
}
