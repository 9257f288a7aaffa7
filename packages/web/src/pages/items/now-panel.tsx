/** What runs on the executors and what waits, now. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { NodePage, Queue } from '../../api/shapes.ts';
import { useWhyText } from '../../i18n/why-text.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { StatusIcon } from '../../parts/status.tsx';
import { Took } from '../../parts/time.tsx';
import { buildAddress, itemAddress } from '../../paths.ts';

const SHOWN = 10;

export function NowPanel(): ReactElement {
  const { t } = useTranslation();
  const text = useWhyText();
  const queue = useQuery({ queryKey: keys.queue, queryFn: () => ask<Queue>(['queue']) });
  const nodes = useQuery({ queryKey: keys.nodes, queryFn: () => ask<NodePage>(['nodes'], { query: { limit: 500 } }) });
  return (
    <aside aria-label={t('now.label')}>
      <section className="card">
        <h2>{t('now.running')}</h2>
        <Loaded query={nodes}>
          {({ entries }) => {
            const running = entries.flatMap((node) => node.running.map((r) => ({ ...r, node: node.name })));
            if (running.length === 0) return <p className="quiet">{t('now.nothingRuns')}</p>;
            return (
              <ul className="plain">
                {running.slice(0, SHOWN).map((r) => (
                  <li key={r.lease}>
                    <StatusIcon status="running" size={16} />{' '}
                    {r.buildNumber === null ? r.job : <Link href={buildAddress(r.job, r.buildNumber)}>{`${r.job} #${r.buildNumber}`}</Link>}
                    <span className="quiet">
                      {' '}
                      {r.node} {r.since !== null && <Took start={r.since} end={null} />}
                    </span>
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
      </section>
      <section className="card">
        <h2>{t('now.waiting')}</h2>
        <Loaded query={queue}>
          {({ builds, requests }) => {
            const waiting = [
              ...builds.map((b) => ({ key: `b${b.id}`, job: b.job, number: b.number, since: b.since, why: b.why })),
              ...requests.map((r) => ({ key: `r${r.id}`, job: r.job, number: r.number, since: r.since, why: r.why })),
            ];
            if (waiting.length === 0) return <p className="quiet">{t('now.nothingWaits')}</p>;
            return (
              <>
                <ul className="plain">
                  {waiting.slice(0, SHOWN).map((w) => (
                    <li key={w.key}>
                      <StatusIcon status="waiting" size={16} />{' '}
                      <Link href={w.number === null ? itemAddress(w.job) : buildAddress(w.job, w.number)}>
                        {w.number === null ? w.job : `${w.job} #${w.number}`}
                      </Link>
                      <div className="quiet">
                        {w.why === null ? '' : text(w.why)} <Took start={w.since} end={null} />
                      </div>
                    </li>
                  ))}
                </ul>
                {waiting.length > SHOWN && <Link href="/queue">{t('now.all', { count: waiting.length })}</Link>}
              </>
            );
          }}
        </Loaded>
      </section>
    </aside>
  );
}
