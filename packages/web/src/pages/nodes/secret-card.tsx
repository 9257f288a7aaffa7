/** The secret of an agent, this once, what to do with it on the agent's machine, and that the agent has come. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { NodeSecret } from '../../api/shapes.ts';
import { CopyText } from '../../parts/ops/copy-text.tsx';
import { Sign } from '../../parts/ops/sign.tsx';
import { useNode } from './node-queries.ts';

const SECRET_FILE = 'agent.secret';
const INSTALLED = 'millrace agent';

export function SecretCard({
  made,
  connectedBefore,
  close,
}: {
  readonly made: NodeSecret;
  /** When the agent connected last, before there was this secret. */
  readonly connectedBefore: number | null;
  readonly close: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const { data: node } = useNode(made.name);
  const isConnected = node?.online === true && node.connectedAt !== connectedBefore;
  const url = /--url (\S+)/.exec(made.command)?.[1] ?? window.location.origin;
  return (
    <section className="card" aria-labelledby="agent-secret">
      <h2 id="agent-secret">{t('nodes.secretTitle', { name: made.name })}</h2>
      <p>{t('nodes.secretOnce')}</p>
      <CopyText text={made.secret} what={t('nodes.secret')} />
      <ol className="ops-steps">
        <li>
          {t('nodes.stepFile')}
          <CopyText text={`(umask 077; cat > ${SECRET_FILE})`} what={t('nodes.fileCommand')} />
        </li>
        <li>
          {t('nodes.stepStart')}
          <CopyText text={made.command} what={t('nodes.startCommand')} />
          {t('nodes.stepStartFile')}
          <CopyText text={`curl -fO ${url}/agent/v1/agent.cjs && ${made.command.replace(INSTALLED, 'node agent.cjs')}`} what={t('nodes.programCommand')} />
        </li>
        <li>
          {t('nodes.stepDone')}{' '}
          <span role="status">
            {isConnected ? (
              <Sign standing="well" text={t('nodes.connected', { name: made.name })} />
            ) : (
              <Sign standing="away" text={t('nodes.waitsFor', { name: made.name })} />
            )}
          </span>
        </li>
      </ol>
      <div className="row end">
        <Button className="button main" onPress={close}>
          {t('nodes.done')}
        </Button>
      </div>
    </section>
  );
}
