/** What makes machines on demand: how many it has, who waits for them, and whether it can be reached. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useSession } from '../api/session.ts';
import type { CloudCheck, Clouds as CloudList, Queue } from '../api/shapes.ts';
import { useFormats } from '../format.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { CopyText } from '../parts/ops/copy-text.tsx';
import { FactsList } from '../parts/ops/facts-list.tsx';
import { NotForYou } from '../parts/ops/not-for-you.tsx';
import { PageHead } from '../parts/ops/page-head.tsx';
import { Sign } from '../parts/ops/sign.tsx';
import { WaitingTable } from '../parts/ops/waiting-table.tsx';
import { ProblemView } from '../parts/problem-view.tsx';
import { Span } from '../parts/time.tsx';
import '../parts/ops/ops.css';
import { CloudChart } from './clouds/cloud-chart.tsx';
import { CloudEvents } from './clouds/cloud-events.tsx';

type Cloud = CloudList['clouds'][number];

/** As docs/kubernetes.md has it, the least of it. */
const EXAMPLE = `server:
  url: https://ci.example.com
clouds:
  - kind: kubernetes
    name: kubernetes
    kubeconfig: kube/config
    namespace: builds
    agentImage: registry.example.com/millrace:1
    cap: 50
`;

export default function Clouds(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  if (!session.may('viewer')) return <NotForYou title={t('clouds.title')} text={t('clouds.forbidden')} />;
  return (
    <>
      <PageHead title={t('clouds.title')} />
      <CloudCards />
    </>
  );
}

function CloudCards(): ReactElement {
  const { t } = useTranslation();
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: () => ask<CloudList>(['clouds']) });
  const queue = useQuery({ queryKey: keys.queue, queryFn: () => ask<Queue>(['queue']) });
  const told = (queue.data?.requests ?? []).filter(({ why }) => why?.code.startsWith('cloud-') === true);
  return (
    <Loaded query={clouds}>
      {({ clouds: all }) =>
        all.length === 0 ? (
          <NoCloud />
        ) : (
          <>
            <p className="quiet">{t('clouds.config')}</p>
            {all.map((cloud) => (
              <CloudCard key={cloud.name} cloud={cloud} requests={told.filter(({ why }) => why?.fields['cloud'] === cloud.name)} />
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function NoCloud(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card">
      <p>
        <strong>{t('clouds.empty')}</strong>
      </p>
      <p>{t('clouds.emptyAbout')}</p>
      <CopyText text={EXAMPLE} what="millrace.yaml" />
      <p>{t('clouds.emptyMore')}</p>
    </section>
  );
}

function CloudCard({ cloud, requests }: { readonly cloud: Cloud; readonly requests: Queue['requests'] }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { number } = useFormats();
  const { name, kind, cap, nodes, waiting, placeholders } = cloud;
  return (
    <section className="card">
      <h2>{name}</h2>
      <FactsList
        tiles
        facts={[
          [t('clouds.kind'), kind],
          [t('clouds.cap'), cap === null ? t('clouds.noCap') : number(cap)],
          [t('clouds.nodes'), number(nodes.all)],
          [t('clouds.online'), number(nodes.online)],
          [t('clouds.ending'), number(nodes.ending)],
          [t('clouds.waiting'), number(waiting)],
          [t('clouds.placeholders'), placeholders !== null && placeholders.wanted > 0 && t('clouds.placeholdersOf', placeholders)],
        ]}
      />
      {cloud.problem !== null && (
        <p>
          <Sign standing="bad" text={cloud.problem} />
        </p>
      )}
      <p>
        <Link href={`/nodes?cloud=${encodeURIComponent(name)}`}>{t('clouds.show')}</Link>
      </p>
      {session.may('administrator') && <Check name={name} />}
      {cloud.imageCaches.map((cache) => (
        <ImageCache key={cache.kind} cache={cache} />
      ))}
      <CloudChart name={name} />
      <h3>{t('clouds.requests', { name })}</h3>
      {requests.length === 0 ? (
        <p className="quiet">{t('clouds.nothingWaits')}</p>
      ) : (
        <WaitingTable caption={t('clouds.requests', { name })} requests={requests} />
      )}
      <CloudEvents name={name} />
    </section>
  );
}

function ImageCache({ cache }: { readonly cache: Cloud['imageCaches'][number] }): ReactElement {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  const title = t('clouds.images', { kind: cache.kind });
  return (
    <>
      <h3>{title}</h3>
      <p className="quiet">
        {cache.phase} · {cache.detail}
      </p>
      {cache.images.length > 0 && (
        <DataTable caption={title}>
          <thead>
            <tr>
              <th scope="col">{t('clouds.image')}</th>
              <th scope="col">{t('clouds.uses')}</th>
              <th scope="col">{t('clouds.lastUsed')}</th>
              <th scope="col">{t('clouds.imageProblem')}</th>
            </tr>
          </thead>
          <tbody>
            {cache.images.map((image) => (
              <tr key={image.image}>
                <th scope="row">
                  <code>{image.image}</code>
                </th>
                <td>{number(image.uses)}</td>
                <td>{image.lastUsedAt === null ? '–' : dateTime(image.lastUsedAt)}</td>
                <td className="words">{image.problem}</td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </>
  );
}

function Check({ name }: { readonly name: string }): ReactElement {
  const { t } = useTranslation();
  // It changes nothing: nothing is read anew after it.
  const check = useMutation({ mutationFn: () => ask<CloudCheck>(['clouds', name, 'check'], { method: 'POST', body: {} }) });
  return (
    <div className="check-cloud">
      <Button className="button" isDisabled={check.isPending} onPress={() => check.mutate()}>
        {t('clouds.check')} <span className="hidden">{name}</span>
      </Button>
      <div role="status">
        {check.isPending && <span className="quiet">{t('clouds.checking')}</span>}
        {check.data !== undefined && !check.isPending && (
          <>
            <Sign standing={check.data.ok ? 'well' : 'bad'} text={t(check.data.ok ? 'clouds.works' : 'clouds.fails')} />{' '}
            <span className="quiet">
              {t('clouds.took')} <Span ms={check.data.milliseconds} />
            </span>
            {!check.data.ok && (
              <p className="words">
                <code>{check.data.code}</code> {check.data.message}
              </p>
            )}
          </>
        )}
      </div>
      {check.error !== null && <ProblemView error={check.error} />}
    </div>
  );
}
