/** What waits and why: builds, and requests of running builds for a node. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useSession } from '../api/session.ts';
import type { Queue as Waiting } from '../api/shapes.ts';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/ops/page-head.tsx';
import { WaitingTable } from '../parts/ops/waiting-table.tsx';
import '../parts/ops/ops.css';

export default function Queue(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const queue = useQuery({ queryKey: keys.queue, queryFn: () => ask<Waiting>(['queue']) });
  return (
    <>
      <PageHead title={t('queue.title')} />
      {!session.may('viewer') && <p className="quiet">{t('queue.noRole')}</p>}
      <Loaded query={queue}>
        {({ builds, requests }) =>
          builds.length + requests.length === 0 ? (
            <p className="card">{t('queue.empty')}</p>
          ) : (
            <>
              <section>
                <h2>{`${t('queue.builds')} (${builds.length})`}</h2>
                <p className="quiet">{builds.length === 0 ? t('queue.noBuilds') : t('queue.buildsAbout')}</p>
                {builds.length > 0 && <WaitingTable caption={t('queue.builds')} builds={builds} />}
              </section>
              <section>
                <h2>{`${t('queue.requests')} (${requests.length})`}</h2>
                <p className="quiet">{requests.length === 0 ? t('queue.noRequests') : t('queue.requestsAbout')}</p>
                {requests.length > 0 && <WaitingTable caption={t('queue.requests')} requests={requests} />}
              </section>
            </>
          )
        }
      </Loaded>
    </>
  );
}
