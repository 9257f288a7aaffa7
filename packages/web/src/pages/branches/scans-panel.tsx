/** How the scans of a multibranch job or organization folder went, with their logs, and a button for another. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask, send } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { Scans } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ActButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Ago, Took } from '../../parts/time.tsx';

type Run = Scans['runs'][number];

export function ScansPanel({ path, disabled }: { readonly path: string; readonly disabled: boolean }): ReactElement {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const session = useSession();
  const scans = useQuery({ queryKey: keys.scans(path), queryFn: () => ask<Scans>(['items', path, 'scans']) });
  return (
    <section className="card">
      <div className="row wrap">
        <h2>{t('branches.scans')}</h2>
        <span className="space" />
        {session.may('developer', path) && !disabled && (
          <ActButton run={() => ask(['items', path, 'scan'], { method: 'POST' })}>{t('branches.scanNow')}</ActButton>
        )}
      </div>
      <Loaded query={scans}>
        {({ dueAt, waitingEvents, waitingBuilds, runs }) => (
          <>
            <p className="quiet">
              {dueAt === null ? t('branches.noNext') : t('branches.next', { time: dateTime(dueAt) })}{' '}
              {waitingEvents > 0 && `${t('branches.waitingEvents', { count: waitingEvents })} `}
              {waitingBuilds > 0 && t('branches.waitingBuilds', { count: waitingBuilds })}
            </p>
            {runs.length === 0 ? <p className="quiet">{t('branches.never')}</p> : <Runs path={path} runs={runs} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Runs({ path, runs }: { readonly path: string; readonly runs: readonly Run[] }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const shown = runs.find((r) => r.id === open);
  return (
    <>
      <DataTable caption={t('branches.scans')}>
        <thead>
          <tr>
            <th scope="col">{t('branches.when')}</th>
            <th scope="col">{t('branches.why')}</th>
            <th scope="col">{t('branches.outcome')}</th>
            <th scope="col">{t('branches.took')}</th>
            <th scope="col">{t('branches.log')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <Ago at={run.startedAt} />
              </th>
              <td className="cut">{run.causes.join(', ')}</td>
              <td>
                {t(`branches.states.${run.state}`)}
                {run.failure !== null && (
                  <div className="quiet">
                    {run.failure.code}: {run.failure.message}
                  </div>
                )}
              </td>
              <td>
                <Took start={run.startedAt} end={run.endedAt} />
              </td>
              <td>
                <Button className="button" aria-expanded={open === run.id} onPress={() => setOpen(open === run.id ? null : run.id)}>
                  {open === run.id ? t('branches.close') : t('branches.log')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      {shown !== undefined && <RunLog path={path} run={shown} />}
    </>
  );
}

function RunLog({ path, run }: { readonly path: string; readonly run: Run }): ReactElement {
  const { t } = useTranslation();
  const log = useQuery({
    queryKey: [...keys.scans(path), run.id, run.logBytes],
    queryFn: async () => (await send(['items', path, 'scans', run.id, 'log'])).text(),
  });
  return (
    <section aria-label={t('branches.showLog')}>
      <Loaded query={log}>
        {(text) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
          <pre className="scan-log" tabIndex={0}>
            {text}
          </pre>
        )}
      </Loaded>
    </section>
  );
}
