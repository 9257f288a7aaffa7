/**
 * The guide of the first visit: four steps from the password to the first own pipeline. What is done is seen from what exists,
 * on the server; who wants no guide puts it away, there too.
 */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Guide as GuideShape } from '../../api/shapes.ts';
import { ActButton } from '../../parts/actions.tsx';
import { StatusIcon } from '../../parts/status.tsx';
import { itemAddress } from '../../paths.ts';
import { StartButton } from '../job/start-button.tsx';

type StepName = 'example' | 'agent' | 'pipeline';

export function Guide(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: keys.guide, queryFn: () => ask<GuideShape>(['guide']) });
  if (data === undefined || data.dismissed) return null;
  const { example, agent, pipeline } = data;
  const steps: readonly { readonly name: StepName; readonly isDone: boolean; readonly act: ReactElement }[] = [
    ...(example === null
      ? []
      : [
          {
            name: 'example' as const,
            isDone: example.succeeded,
            act: (
              <>
                <StartButton path={example.path} kind="plain" /> <Link href={itemAddress(example.path)}>{t('guide.lookAtIt')}</Link>
              </>
            ),
          },
        ]),
    {
      name: 'agent',
      isDone: agent.online,
      act: <Link href={agent.added ? '/nodes' : '/nodes?add=yes'}>{t(agent.added ? 'guide.nodes' : 'guide.addAgent')}</Link>,
    },
    { name: 'pipeline', isDone: pipeline.built, act: <Link href="/new">{t('guide.newJob')}</Link> },
  ];
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <section className="card guide" aria-labelledby="guide-title">
      <div className="row wrap">
        <h2 id="guide-title">{t('guide.title')}</h2>
        <span className="quiet">{t('guide.progress', { done: done + 1, all: steps.length + 1 })}</span>
        <span className="space" />
        <ActButton run={() => ask(['guide', 'dismiss'], { method: 'POST', body: {} })}>{t('guide.dismiss')}</ActButton>
      </div>
      {done === steps.length && <p>{t('guide.allDone')}</p>}
      <ol className="guide-steps">
        <Step title={t('guide.step.password')} isDone />
        {steps.map(({ name, isDone, act }) => (
          <Step key={name} title={t(`guide.step.${name}`)} about={t(`guide.about.${name}`)} isDone={isDone}>
            {act}
          </Step>
        ))}
      </ol>
    </section>
  );
}

function Step({
  title,
  about,
  isDone,
  children,
}: {
  readonly title: string;
  readonly about?: string;
  readonly isDone: boolean;
  readonly children?: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <li className={isDone ? 'done' : ''}>
      <StatusIcon status={isDone ? 'success' : 'none'} size={18} label={false} />
      <div>
        <strong>{title}</strong> {isDone && <span className="tag">{t('guide.done')}</span>}
        {!isDone && about !== undefined && <div className="quiet">{about}</div>}
        {!isDone && <div className="row wrap">{children}</div>}
      </div>
    </li>
  );
}
