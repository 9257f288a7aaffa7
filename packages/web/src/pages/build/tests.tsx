/** Test results: what failed first, with its message and its history over the last builds. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Build, TestCase, TestHistory } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { SelectInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import type { Status } from '../../parts/status.tsx';
import { StatusIcon } from '../../parts/status.tsx';
import { Span } from '../../parts/time.tsx';
import { buildAddress } from '../../paths.ts';

const STATUS: Readonly<Record<TestCase['status'], Status>> = { passed: 'success', failed: 'failed', skipped: 'skipped' };
const ALL = 'all';

export function Tests({ build }: { readonly build: Build }): ReactElement {
  const { t } = useTranslation();
  const { tests } = build;
  return tests === null ? <p className="quiet">{t('tests.none')}</p> : <Results build={build} tests={tests} />;
}

function Results({ build, tests }: { readonly build: Build; readonly tests: NonNullable<Build['tests']> }): ReactElement {
  const { t } = useTranslation();
  const { job } = build;
  const number = build.number as number;
  const [status, setStatus] = useState<string>(tests.failed > 0 ? 'failed' : ALL);
  const pages = usePages<TestCase>({
    key: keys.buildPart(job, number, 'tests', { status }),
    words: ['items', job, 'builds', number, 'tests'],
    query: { status: status === ALL ? null : status },
    limit: 100,
  });
  return (
    <section>
      <h2>{t('build.testCounts', { total: tests.total, failed: tests.failed, skipped: tests.skipped })}</h2>
      <SelectInput
        label={t('tests.show')}
        value={status}
        onChange={setStatus}
        choices={[ALL, 'failed', 'skipped', 'passed'].map((id) => ({ id, text: t(`tests.${id as 'all' | TestCase['status']}`) }))}
      />
      <Paged pages={pages}>
        {(cases) => (
          <ol className="steps">
            {cases.map((one) => (
              <Case key={one.key} build={build} one={one} />
            ))}
          </ol>
        )}
      </Paged>
    </section>
  );
}

function Case({ build, one }: { readonly build: Build; readonly one: TestCase }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="step">
      <button type="button" className="step-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> <StatusIcon status={STATUS[one.status]} size={16} />{' '}
        <span className="step-label">
          {one.className} › {one.name}
        </span>
        <span className="space" />
        <span className="quiet">
          <Span ms={one.seconds * 1_000} />
        </span>
      </button>
      {isOpen && (
        <div className="step-more">
          {[one.message, one.trace, one.stdout, one.stderr].map(
            (text, i) =>
              text !== null && (
                // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
                <pre key={i}>{text}</pre>
              ),
          )}
          <History job={build.job} test={one.key} />
        </div>
      )}
    </li>
  );
}

function History({ job, test }: { readonly job: string; readonly test: string }): ReactElement {
  const { t } = useTranslation();
  const { locale } = useFormats();
  const history = useQuery({
    queryKey: [...keys.builds(job, { test }), 'history'],
    queryFn: () => ask<TestHistory>(['items', job, 'tests', test, 'history'], { query: { builds: 30 } }),
  });
  return (
    <Loaded query={history}>
      {({ entries, flakiness }) => (
        <p>
          {t('tests.history')}{' '}
          {[...entries].reverse().map((entry) => (
            <Link key={entry.build} href={buildAddress(job, entry.number)} title={`#${entry.number}`}>
              <StatusIcon status={STATUS[entry.status]} size={16} />
            </Link>
          ))}{' '}
          {flakiness > 0 && t('tests.flaky', { share: new Intl.NumberFormat(locale, { style: 'percent' }).format(flakiness) })}
        </p>
      )}
    </Loaded>
  );
}
