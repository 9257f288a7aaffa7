/** All nodes: how each stands and what it runs. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { useSession } from '../../api/session.ts';
import type { NodeSecret, ShownNode } from '../../api/shapes.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Labels } from '../../parts/ops/labels.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Paged } from '../../parts/paged.tsx';
import { AddAgent } from './add-agent.tsx';
import { MONITORS, MonitorValue } from './monitors.tsx';
import { nodeAddress } from './node-address.ts';
import { useNodes } from './node-queries.ts';
import { NodeKind, NodeState } from './node-words.tsx';
import { OnOffline } from './on-offline.tsx';
import { RunningList } from './running.tsx';
import { SecretCard } from './secret-card.tsx';

export function NodeList(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const [search] = useSearchParams();
  const [isAdding, setAdding] = useState(search.has('add'));
  const [made, setMade] = useState<NodeSecret | null>(null);
  const pages = useNodes();
  const cloud = search.get('cloud');
  const mayChange = session.may('administrator');
  return (
    <>
      <PageHead title={t('nodes.title')}>
        {mayChange && !isAdding && made === null && (
          <Button className="button main" onPress={() => setAdding(true)}>
            {t('nodes.add')}
          </Button>
        )}
      </PageHead>
      {isAdding && (
        <AddAgent
          close={() => setAdding(false)}
          done={(secret) => {
            setAdding(false);
            setMade(secret);
          }}
        />
      )}
      {made !== null && <SecretCard key={made.name} made={made} connectedBefore={null} close={() => setMade(null)} />}
      {cloud !== null && (
        <p>
          <span className="tag">{t('nodes.kinds.cloud', { cloud })}</span> <Link href="/nodes">{t('nodes.all')}</Link>
        </p>
      )}
      <Paged pages={pages}>
        {(all) => (
          <Nodes shown={cloud === null ? all : all.filter((node) => node.cloud === cloud)} empty={cloud === null ? t('nodes.empty') : t('clouds.noNodes')} />
        )}
      </Paged>
    </>
  );
}

function Nodes({ shown, empty }: { readonly shown: readonly ShownNode[]; readonly empty: string }): ReactElement {
  const { t } = useTranslation();
  const mayChange = useSession().may('administrator');
  if (shown.length === 0) return <p className="card">{empty}</p>;
  return (
    <DataTable caption={t('nodes.title')}>
      <thead>
        <tr>
          <th scope="col">{t('nodes.name')}</th>
          <th scope="col">{t('nodes.state')}</th>
          <th scope="col">{t('nodes.labels')}</th>
          <th scope="col">{t('nodes.executors')}</th>
          {MONITORS.map((monitor) => (
            <th key={monitor} scope="col">
              {t(`nodes.monitor.${monitor}`)}
            </th>
          ))}
          {mayChange && (
            <th scope="col">
              <span className="hidden">{t('nodes.acts')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {shown.map((node) => (
          <tr key={node.name}>
            <th scope="row">
              <Link href={nodeAddress(node.name)}>{node.name}</Link> {node.kind !== 'permanent' && <NodeKind node={node} />}
              {node.description !== '' && <div className="quiet cut">{node.description}</div>}
            </th>
            <td>
              <NodeState node={node} />
            </td>
            <td>
              <Labels labels={node.labels} none={t('nodes.noLabels')} />
            </td>
            <td>
              <RunningList node={node} />
            </td>
            {MONITORS.map((monitor) => (
              <td key={monitor}>
                <MonitorValue node={node} monitor={monitor} />
              </td>
            ))}
            {mayChange && (
              <td className="narrow">
                <OnOffline node={node} named />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
