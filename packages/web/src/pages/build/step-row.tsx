/** A step: how it went, and its log when it is unfolded. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { send, textOf } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Build, StageStep } from '../../api/shapes.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { StatusIcon } from '../../parts/status.tsx';
import { Span, Took } from '../../parts/time.tsx';
import { buildAddress } from '../../paths.ts';
import { AnsiText } from './ansi-text.tsx';

/** The last ones of what it printed. */
const SHOWN = 500;

export function StepRow({ build, step, startsOpen }: { readonly build: Build; readonly step: StageStep; readonly startsOpen: boolean }): ReactElement {
  const [isOpen, setOpen] = useState(startsOpen);
  const head = (
    <>
      <StatusIcon status={step.status} size={16} /> <code>{step.step}</code> <span className="step-label">{step.label}</span>
      <span className="space" />
      <span className="quiet">{step.durationMs === null ? <Took start={step.startedAt} end={null} /> : <Span ms={step.durationMs} />}</span>
    </>
  );
  const hasMore = step.log || step.error !== null;
  return (
    <li className="step">
      {hasMore ? (
        <button type="button" className="step-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {head}
        </button>
      ) : (
        <div className="step-head">{head}</div>
      )}
      {isOpen && step.error !== null && <p className="problem pre">{step.error}</p>}
      {isOpen && step.log && <StepLog build={build} node={step.node} />}
    </li>
  );
}

interface Tail {
  readonly lines: readonly string[];
  readonly count: number;
}

function StepLog({ build, node }: { readonly build: Build; readonly node: string }): ReactElement {
  const { t } = useTranslation();
  const { job } = build;
  const number = build.number as number;
  const log = useQuery({
    queryKey: keys.buildPart(job, number, 'log', { node }),
    queryFn: async ({ signal }) => tailOf(await send(['items', job, 'builds', number, 'log'], { query: { node }, signal })),
  });
  return (
    <Loaded query={log}>
      {({ lines, count }) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the keyboard
        <section className="step-log" tabIndex={0} aria-label={t('log.title')}>
          {count > lines.length && (
            <p className="quiet">
              {t('log.last', { count: lines.length })} <Link href={buildAddress(job, number, 'console')}>{t('build.view.console')}</Link>
            </p>
          )}
          {lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
            <div key={i} className="step-line">
              <AnsiText text={line} />
            </div>
          ))}
        </section>
      )}
    </Loaded>
  );
}

async function tailOf(response: Response): Promise<Tail> {
  let lines: string[] = [];
  let rest = '';
  let count = 0;
  const add = (more: readonly string[]): void => {
    count += more.length;
    lines = [...lines, ...more].slice(-SHOWN);
  };
  for await (const piece of textOf(response)) {
    const more = (rest + piece).split('\n');
    rest = more.pop() as string;
    add(more);
  }
  if (rest !== '') add([rest]);
  return { lines, count };
}
