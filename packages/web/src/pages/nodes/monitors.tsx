/** What a node's agent tells of its machine, what is beyond its threshold marked. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownNode } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { Sign } from '../../parts/ops/sign.tsx';

export const MONITORS = ['freeDiskBytes', 'freeTempBytes', 'clockOffsetMs', 'latencyMs'] as const;
export type Monitor = (typeof MONITORS)[number];

/** Less is nothing that somebody would call a difference. */
const IN_STEP_MS = 100;

export function MonitorValue({ node, monitor }: { readonly node: ShownNode; readonly monitor: Monitor }): ReactElement {
  const { t } = useTranslation();
  const { bytes, span } = useFormats();
  const value = node.monitors[monitor];
  if (typeof value !== 'number') return <span className="quiet">–</span>;
  const offset = (): string => {
    if (Math.abs(value) < IN_STEP_MS) return t('nodes.inStep');
    return t(value > 0 ? 'nodes.ahead' : 'nodes.behind', { span: span(Math.abs(value)) });
  };
  const text = monitor === 'clockOffsetMs' ? offset() : monitor === 'latencyMs' ? span(value) : bytes(value);
  if (!node.below.includes(monitor)) return <span className="number">{text}</span>;
  return <Sign standing="bad" text={`${text} (${t('nodes.below')})`} />;
}
