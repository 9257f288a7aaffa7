/** Nodes: all of them, or one at /nodes/NAME. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { useSession } from '../api/session.ts';
import { NotForYou } from '../parts/ops/not-for-you.tsx';
import { NodeList } from './nodes/node-list.tsx';
import { NodePage } from './nodes/node-page.tsx';
import '../parts/ops/ops.css';

export default function Nodes(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { '*': name = '' } = useParams<{ '*'?: string }>();
  if (!session.may('viewer')) return <NotForYou title={t('nodes.title')} text={t('nodes.forbidden')} />;
  return name === '' ? <NodeList /> : <NodePage key={name} name={name.replace(/\/$/, '')} />;
}
