/** What a node is and how it stands, in words. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownNode } from '../../api/shapes.ts';
import { Sign } from '../../parts/ops/sign.tsx';
import { Ago } from '../../parts/time.tsx';

export function NodeKind({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  const text = { 'built-in': t('nodes.kinds.builtIn'), permanent: t('nodes.kinds.permanent'), cloud: t('nodes.kinds.cloud', { cloud: node.cloud ?? '' }) };
  return <span className="tag">{text[node.kind]}</span>;
}

export function NodeState({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  if (node.offline !== null) {
    const { by, message, at } = node.offline;
    return (
      <>
        <Sign standing="paused" text={t('nodes.states.offline')} />
        {message !== '' && <div className="words">{message}</div>}
        <div className="quiet">
          {by !== null && t('nodes.offlineBy', { by })} {at !== null && <Ago at={at} />}
        </div>
      </>
    );
  }
  if (node.online) return <Sign standing="well" text={t('nodes.states.online')} />;
  return (
    <>
      <Sign standing="away" text={t(node.seenAt === null ? 'nodes.states.never' : 'nodes.states.away')} />
      {node.seenAt !== null && (
        <div className="quiet">
          {t('nodes.lastSeen')} <Ago at={node.seenAt} />
        </div>
      )}
    </>
  );
}
