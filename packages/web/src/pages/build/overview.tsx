/** The stages as a graph, and of the one that is chosen its steps with their logs. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Build, StageStep, Stages } from '../../api/shapes.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { firstToShow, stageOf } from './graph-layout.ts';
import { StageGraph } from './stage-graph.tsx';
import { StepRow } from './step-row.tsx';

export function Overview({ build }: { readonly build: Build }): ReactElement {
  const { job } = build;
  const number = build.number as number;
  const stages = useQuery({ queryKey: keys.buildPart(job, number, 'stages'), queryFn: () => ask<Stages>(['items', job, 'builds', number, 'stages']) });
  return <Loaded query={stages}>{(data) => <Graph build={build} data={data} />}</Loaded>;
}

function Graph({ build, data }: { readonly build: Build; readonly data: Stages }): ReactElement {
  const { t } = useTranslation();
  // Who comes from a table of stages has chosen one.
  const asked = new URLSearchParams(useSearch()).get('stage');
  const [chosen, choose] = useState<string | null>(asked);
  const shown = stageOf(data.stages, chosen) ?? firstToShow(data.stages);
  const all = shown === null ? data.steps : shown.steps;
  return (
    <>
      {data.stages.length > 0 && <StageGraph stages={data.stages} selected={shown?.node ?? null} onSelect={choose} />}
      <section>
        <h2>{shown === null ? t('build.steps') : shown.name}</h2>
        {shown?.error != null && <p className="problem pre">{shown.error}</p>}
        {all.length === 0 ? <p className="quiet">{t('build.noSteps')}</p> : <Steps key={shown?.node ?? ''} build={build} steps={all} />}
        {shown !== null && data.steps.length > 0 && (
          <details>
            <summary>{t('build.outside', { count: data.steps.length })}</summary>
            <Steps build={build} steps={data.steps} />
          </details>
        )}
      </section>
    </>
  );
}

/** So many are shown at first and with each press of a button: a stage may have thousands. */
const PORTION = 100;

function Steps({ build, steps }: { readonly build: Build; readonly steps: readonly StageStep[] }): ReactElement {
  const { t } = useTranslation();
  // What failed, or runs, is open from the start.
  const open = steps.find((s) => s.status === 'failed') ?? steps.find((s) => s.status === 'running' && s.log);
  const [range, setRange] = useState(() => {
    const at = open === undefined ? 0 : steps.indexOf(open);
    return at < PORTION ? { from: 0, to: PORTION } : { from: at - PORTION / 2, to: at + PORTION / 2 };
  });
  const { from, to } = range;
  return (
    <>
      {from > 0 && (
        <Button className="button" onPress={() => setRange({ from: Math.max(0, from - PORTION), to })}>
          {t('build.earlierSteps', { count: from })}
        </Button>
      )}
      <ol className="steps" start={from + 1}>
        {steps.slice(from, to).map((step) => (
          <StepRow key={step.node} build={build} step={step} startsOpen={step === open} />
        ))}
      </ol>
      {to < steps.length && (
        <Button className="button" onPress={() => setRange({ from, to: to + PORTION })}>
          {t('build.laterSteps', { count: steps.length - to })}
        </Button>
      )}
    </>
  );
}
