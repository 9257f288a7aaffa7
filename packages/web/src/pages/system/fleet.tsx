/** The controllers, and who holds which duty. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { Fleet as FleetShape, Version } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ConfirmButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Labels } from '../../parts/ops/labels.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Sign } from '../../parts/ops/sign.tsx';
import { Ago } from '../../parts/time.tsx';

type Controller = FleetShape['controllers'][number];
const STANDING = { up: 'well', draining: 'paused', down: 'away' } as const;

export function Fleet(): ReactElement {
  const { t } = useTranslation();
  const fleet = useQuery({ queryKey: keys.fleet, queryFn: () => ask<FleetShape>(['fleet']) });
  const version = useQuery({ queryKey: keys.version, queryFn: () => ask<Version>(['version']) });
  return (
    <>
      <PageHead title={t('system.title')} />
      {version.data !== undefined && <p>{t('system.version', { version: version.data.version, api: version.data.api })}</p>}
      <p className="quiet">{t('system.configuration')}</p>
      <Loaded query={fleet}>
        {(all) => (
          <>
            <section>
              <h2>{t('system.controllers.title')}</h2>
              <Controllers fleet={all} />
            </section>
            <section>
              <h2>{t('system.dutyList.title')}</h2>
              <p className="quiet">{t('system.dutyList.about')}</p>
              <Duties fleet={all} />
            </section>
          </>
        )}
      </Loaded>
    </>
  );
}

function Controllers({ fleet: { self, controllers } }: { readonly fleet: FleetShape }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { number } = useFormats();
  const mayDrain = session.may('administrator');
  const isLast = controllers.filter(({ state }) => state === 'up').length === 1;
  return (
    <DataTable caption={t('system.controllers.title')}>
      <thead>
        <tr>
          <th scope="col">{t('system.controllers.name')}</th>
          <th scope="col">{t('system.controllers.state')}</th>
          <th scope="col">{t('system.controllers.version')}</th>
          <th scope="col">{t('system.controllers.builds')}</th>
          <th scope="col">{t('system.controllers.labels')}</th>
          <th scope="col">{t('system.controllers.duties')}</th>
          <th scope="col">{t('system.controllers.started')}</th>
          {mayDrain && (
            <th scope="col">
              <span className="hidden">{t('system.acts')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {controllers.map((controller) => (
          <tr key={controller.id}>
            <th scope="row">
              {controller.name}{' '}
              {controller.id === self && (
                <span className="tag" title={t('system.controllers.selfAbout')}>
                  {t('system.controllers.self')}
                </span>
              )}
              <div className="quiet">{controller.url}</div>
            </th>
            <td>
              <Sign standing={STANDING[controller.state]} text={t(`system.controllers.states.${controller.state}`)} />
              {controller.state === 'down' && (
                <div className="quiet">
                  {t('system.controllers.seen')} <Ago at={controller.seenAt} />
                </div>
              )}
            </td>
            <td>{controller.version}</td>
            <td className="number">{number(controller.builds)}</td>
            <td>
              <Labels labels={controller.labels} none={t('system.controllers.noLabels')} />
            </td>
            <td>
              <Labels labels={controller.duties} none={t('system.controllers.noDuties')} />
            </td>
            <td>
              <Ago at={controller.startedAt} />
            </td>
            {mayDrain && <td className="narrow">{controller.state === 'up' && <Drain controller={controller} isLast={isLast} />}</td>}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function Drain({ controller: { id, name }, isLast }: { readonly controller: Controller; readonly isLast: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <ConfirmButton
      kind="plain"
      title={t('system.controllers.drainTitle', { name })}
      question={
        <>
          {t('system.controllers.drainAbout')} {isLast && <strong>{t('system.controllers.drainLast')}</strong>}
        </>
      }
      yes={t('system.controllers.drain')}
      run={() => ask(['fleet', id, 'drain'], { method: 'POST', body: {} })}
    >
      {t('system.controllers.drain')} <span className="hidden">{name}</span>
    </ConfirmButton>
  );
}

function Duties({ fleet: { duties, controllers } }: { readonly fleet: FleetShape }): ReactElement {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <DataTable caption={t('system.dutyList.title')}>
      <thead>
        <tr>
          <th scope="col">{t('system.dutyList.name')}</th>
          <th scope="col">{t('system.dutyList.holder')}</th>
          <th scope="col">{t('system.dutyList.since')}</th>
          <th scope="col">{t('system.dutyList.fence')}</th>
        </tr>
      </thead>
      <tbody>
        {duties.map(({ name, holder, since, fence }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {holder === null ? <span className="quiet">{t('system.dutyList.nobody')}</span> : (controllers.find(({ id }) => id === holder)?.name ?? holder)}
            </td>
            <td>{holder !== null && <Ago at={since} />}</td>
            <td className="number">{number(fence)}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
