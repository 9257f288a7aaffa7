/** What the controller that answers was started with. It is changed in its configuration file, and read at its start. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { ServerSettings } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { FactsList } from '../../parts/ops/facts-list.tsx';
import { Labels } from '../../parts/ops/labels.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';

export function Settings(): ReactElement {
  const { t } = useTranslation();
  const settings = useQuery({ queryKey: keys.settings, queryFn: () => ask<ServerSettings>(['settings']), staleTime: 0 });
  return (
    <>
      <PageHead title={t('system.settings')} />
      <Loaded query={settings}>
        {(data) => (
          <>
            <p className="quiet">{t('settings.about', { name: data.controller.name })}</p>
            <Server settings={data} />
            <Builds settings={data} />
            <Lists settings={data} />
          </>
        )}
      </Loaded>
    </>
  );
}

interface Props {
  readonly settings: ServerSettings;
}

function Server({ settings: { controller, storage } }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <section className="card">
        <h2>{t('settings.controller')}</h2>
        <FactsList
          facts={[
            [t('settings.name'), controller.name],
            [t('settings.labels'), controller.labels.length > 0 && <Labels labels={controller.labels} none="" />],
            [t('settings.version'), t('settings.versions', { version: controller.version, node: controller.node })],
            [t('settings.url'), <code key="url">{controller.url}</code>],
            [t('settings.listen'), <code key="listen">{controller.listen}</code>],
            [t('settings.advertise'), controller.advertise !== null && <code>{controller.advertise}</code>],
            [t('settings.tls'), t(controller.tls ? 'settings.on' : 'settings.off')],
            [t('settings.timeZone'), controller.timeZone],
            [t('settings.anonymous'), t(`settings.anonymousMay.${controller.anonymous}`)],
          ]}
        />
      </section>
      <section className="card">
        <h2>{t('settings.storage')}</h2>
        <FactsList
          facts={[
            [t('settings.database'), t(`settings.databases.${storage.database}`)],
            [t('settings.databaseAt'), storage.databaseAt !== null && <code>{storage.databaseAt}</code>],
            [t('settings.blobs'), t(`settings.blobKinds.${storage.blobs}`)],
            [t('settings.blobsAt'), storage.blobsAt !== null && <code>{storage.blobsAt}</code>],
          ]}
        />
      </section>
    </>
  );
}

function Builds({ settings: { builds, caches, monitors, imageBuilder } }: Props): ReactElement {
  const { t } = useTranslation();
  const { number, span, bytes } = useFormats();
  const limit = (value: number | null, text: (value: number) => string): string => (value === null ? t('settings.noLimit') : text(value));
  return (
    <>
      <section className="card">
        <h2>{t('settings.builds')}</h2>
        <FactsList
          facts={[
            [t('settings.quiet'), span(builds.quietPeriodSeconds * 1_000)],
            [t('settings.executors'), number(builds.builtInExecutors)],
            [t('settings.workers'), t('settings.workersOf', { count: builds.workers, memory: bytes(builds.workerMemoryMb * 1e6) })],
            [t('settings.park'), span(builds.parkAfterMs)],
            [t('settings.variables'), builds.variables.length > 0 && builds.variables.map((name) => <code key={name}>{name} </code>)],
            [t('settings.imageBuilder'), imageBuilder !== null && `${imageBuilder.kind}${imageBuilder.image === null ? '' : ` (${imageBuilder.image})`}`],
          ]}
        />
      </section>
      <section className="card">
        <h2>{t('settings.limits')}</h2>
        <FactsList
          facts={[
            [t('settings.cacheJob'), bytes(caches.jobBytes)],
            [t('settings.cacheTotal'), limit(caches.totalBytes, bytes)],
            [t('settings.cacheUnused'), span(caches.unusedMs)],
            [t('settings.freeDisk'), limit(monitors.freeDiskBytes, bytes)],
            [t('settings.freeTemp'), limit(monitors.freeTempBytes, bytes)],
            [t('settings.clock'), limit(monitors.clockOffsetMs, span)],
            [t('settings.latency'), limit(monitors.latencyMs, span)],
          ]}
        />
      </section>
    </>
  );
}

function Lists({ settings: { clouds, tools, libraries } }: Props): ReactElement {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <>
      <List
        title={t('settings.clouds')}
        heads={[t('settings.name'), t('settings.kind'), t('settings.cap')]}
        rows={clouds.map(({ name, kind, cap }) => [name, kind, cap === null ? t('settings.noLimit') : number(cap)])}
      />
      <List
        title={t('settings.tools')}
        heads={[t('settings.name'), t('settings.kind'), t('settings.home')]}
        rows={tools.map(({ name, type, home }) => [name, type ?? '–', <code key="home">{home}</code>])}
      />
      <List
        title={t('settings.libraries')}
        heads={[t('settings.name'), t('settings.from'), t('settings.libraryVersion'), t('settings.implicit')]}
        rows={libraries.map(({ name, at, version, implicit }) => [
          name,
          <code key="at">{at}</code>,
          version ?? '–',
          t(implicit ? 'settings.yes' : 'settings.no'),
        ])}
      />
    </>
  );
}

function List({
  title,
  heads,
  rows,
}: {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}): ReactElement {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{t('settings.none')}</p>
      ) : (
        <DataTable caption={title}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...rest]) => (
              <tr key={String(name)}>
                <th scope="row">{name}</th>
                {rest.map((cell, i) => (
                  <td key={heads[i + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </section>
  );
}
