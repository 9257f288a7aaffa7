/** What the executors of a node run. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ShownNode } from '../../api/shapes.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Took } from '../../parts/time.tsx';
import { buildAddress, itemAddress } from '../../paths.ts';

type Executor = ShownNode['running'][number];

function BuildLink({ job, buildNumber }: Executor): ReactElement {
  return buildNumber === null ? <Link href={itemAddress(job)}>{job}</Link> : <Link href={buildAddress(job, buildNumber)}>{`${job} #${buildNumber}`}</Link>;
}

/** For a cell of a table. */
export function RunningList({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <span className="number">
        {node.running.length === 0 ? `${t('nodes.idle')} (${node.executors})` : t('nodes.busy', { busy: node.running.length, all: node.executors })}
      </span>
      {node.running.length > 0 && (
        <ul className="plain">
          {node.running.map((executor) => (
            <li key={executor.lease}>
              <BuildLink {...executor} /> <span className="quiet nowrap">{executor.since !== null && <Took start={executor.since} end={null} />}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function RunningTable({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  if (node.running.length === 0) return <p className="quiet">{t('nodes.nothingRuns')}</p>;
  return (
    <DataTable caption={t('nodes.running')}>
      <thead>
        <tr>
          <th scope="col">{t('nodes.number')}</th>
          <th scope="col">{t('nodes.build')}</th>
          <th scope="col">{t('nodes.since')}</th>
          <th scope="col">{t('nodes.workspace')}</th>
        </tr>
      </thead>
      <tbody>
        {node.running.map((executor) => (
          <tr key={executor.lease}>
            <td className="number">{executor.number}</td>
            <th scope="row">
              <BuildLink {...executor} />
            </th>
            <td>{executor.since !== null && <Took start={executor.since} end={null} />}</td>
            <td>{executor.workspace !== null && <code>{executor.workspace}</code>}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
