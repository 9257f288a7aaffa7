/** What waits: which job and build, why, since when, and a way out. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import type { Queue } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { useWhyText } from '../../i18n/why-text.ts';
import { buildAddress, itemAddress } from '../../paths.ts';
import { ConfirmButton, DialogButton, FormBody } from '../actions.tsx';
import { DataTable } from '../data-table.tsx';
import { TextInput } from '../fields.tsx';
import { Took } from '../time.tsx';
import { Timeline } from '../timeline.tsx';

export type QueuedBuild = Queue['builds'][number];
export type NodeRequest = Queue['requests'][number];

/** So many rows at first, and with each press of the button. */
const PORTION = 100;

export function WaitingTable({
  caption,
  builds,
  requests,
}: {
  readonly caption: string;
  readonly builds?: readonly QueuedBuild[];
  readonly requests?: readonly NodeRequest[];
}): ReactElement {
  const { t } = useTranslation();
  const [most, setMost] = useState(PORTION);
  const all = builds ?? requests ?? [];
  return (
    <>
      <DataTable caption={caption}>
        <thead>
          <tr>
            <th scope="col">{t('queue.what')}</th>
            {requests !== undefined && <th scope="col">{t('queue.label')}</th>}
            <th scope="col">{t('queue.why')}</th>
            <th scope="col">{t('queue.since')}</th>
            <th scope="col">
              <span className="hidden">{t('queue.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {builds?.slice(0, most).map((build) => (
            <Row key={build.id} item={build} />
          ))}
          {requests?.slice(0, most).map((request) => (
            <Row key={request.id} item={request} label={request.label ?? t('queue.anyNode')} />
          ))}
        </tbody>
      </DataTable>
      {all.length > most && (
        <Button className="button" onPress={() => setMost(most + PORTION)}>
          {t('queue.moreRows', { rows: Math.min(PORTION, all.length - most) })}
        </Button>
      )}
    </>
  );
}

function Row({ item, label }: { readonly item: QueuedBuild | NodeRequest; readonly label?: string }): ReactElement {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const text = useWhyText();
  const session = useSession();
  return (
    <tr>
      <th scope="row">
        <Link href={itemAddress(item.job)}>{item.job}</Link>{' '}
        {item.number !== null && <Link href={buildAddress(item.job, item.number)}>{`#${item.number}`}</Link>}
        {item.priority !== 0 && <span className="tag">{t('queue.priority', { priority: item.priority })}</span>}
      </th>
      {label !== undefined && (
        <td>
          <code>{label}</code>
        </td>
      )}
      <td className="words">
        {item.why === null ? t('queue.noWhy') : text(item.why)}
        {item.timeline.length > 0 && <Timeline entries={item.timeline} />}
      </td>
      <td>
        <Took start={item.since} end={null} />
        <div className="quiet">{t('queue.from', { time: dateTime(item.since) })}</div>
      </td>
      <td className="narrow">
        {session.may('developer', item.job) && (
          <div className="row">
            <DialogButton
              title={t('queue.setPriority')}
              text={
                <>
                  {t('queue.setPriority')} <span className="hidden">{nameOf(item)}</span>
                </>
              }
            >
              {(close) => <Priority item={item} close={close} />}
            </DialogButton>
            <TakeOut item={item} />
          </div>
        )}
      </td>
    </tr>
  );
}

function nameOf({ job, number }: QueuedBuild | NodeRequest): string {
  return number === null ? job : `${job} #${number}`;
}

/** As the API has it, and a job's form. */
const MOST_PRIORITY = 100;

function Priority({ item, close }: { readonly item: QueuedBuild | NodeRequest; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const [text, setText] = useState(String(item.priority));
  const isNumber = /^-?\d{1,3}$/.test(text.trim()) && Math.abs(Number(text)) <= MOST_PRIORITY;
  return (
    <FormBody
      yes={t('save')}
      close={close}
      run={async () => {
        if (isNumber) await ask(wordsOf(item), { method: 'PATCH', body: { priority: Number(text) } });
      }}
      done={() => {
        if (isNumber) close();
      }}
    >
      <TextInput
        label={t('queue.priorityOf', { what: nameOf(item) })}
        about={t('queue.priorityAbout')}
        error={isNumber ? undefined : t('queue.priorityWrong')}
        value={text}
        onChange={setText}
        required
        autoFocus
      />
    </FormBody>
  );
}

function wordsOf({ id }: QueuedBuild | NodeRequest): readonly (string | number)[] {
  return typeof id === 'string' ? ['queue', 'requests', id] : ['queue', id];
}

function TakeOut({ item }: { readonly item: QueuedBuild | NodeRequest }): ReactElement {
  const { t } = useTranslation();
  const isRequest = typeof item.id === 'string';
  const name = nameOf(item);
  return (
    <ConfirmButton
      kind="plain"
      title={t(isRequest ? 'queue.takeOutRequest' : 'queue.takeOutBuild')}
      question={isRequest ? t('queue.takeOutRequestAbout', { build: name }) : t('queue.takeOutBuildAbout', { job: item.job })}
      yes={t('queue.takeOutYes')}
      run={() => ask(wordsOf(item), { method: 'DELETE' })}
    >
      {t('queue.takeOut')} <span className="hidden">{name}</span>
    </ConfirmButton>
  );
}
