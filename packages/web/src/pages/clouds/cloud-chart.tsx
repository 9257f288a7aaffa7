/** A cloud over time: what waited for it, its nodes, those online, and its limit. Where nobody looked the lines end. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { CloudHistory } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { linesOf } from './chart-lines.ts';

const WIDTH = 720,
  HEIGHT = 120;
const SPANS = [1, 24, 168] as const;
const LINES = ['nodes', 'online', 'asked'] as const;

export function CloudChart({ name }: { readonly name: string }): ReactElement {
  const { t } = useTranslation();
  const [hours, setHours] = useState<number>(24);
  const history = useQuery({
    queryKey: keys.cloudHistory(name, hours),
    queryFn: () => ask<CloudHistory>(['clouds', name, 'history'], { query: { hours } }),
  });
  return (
    <>
      <div className="row wrap">
        <h3>{t('cloudHistory.title')}</h3>
        <ToggleButtonGroup
          className="row"
          aria-label={t('cloudHistory.span')}
          selectedKeys={[String(hours)]}
          disallowEmptySelection
          onSelectionChange={(chosen) => setHours(Number([...chosen][0]))}
        >
          {SPANS.map((span) => (
            <ToggleButton key={span} id={String(span)} className="button">
              {t(`cloudHistory.hours${span}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      <Loaded query={history}>{(data) => <Chart history={data} hours={hours} />}</Loaded>
    </>
  );
}

function Chart({ history, hours }: { readonly history: CloudHistory; readonly hours: number }): ReactElement {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const { samples } = history;
  if (samples.length === 0) return <p className="quiet">{t('cloudHistory.none')}</p>;
  const most = (name: (typeof LINES)[number]): number => Math.max(...samples.map((sample) => sample[name]));
  const cap = samples.at(-1)?.cap ?? null;
  const highest = Math.max(1, ...LINES.map(most));
  const top = cap !== null && cap <= highest * 2 ? Math.max(cap, highest) : highest;
  const place = { width: WIDTH, height: HEIGHT - 4, top, until: Date.now(), spanMs: hours * 3_600_000, stepMs: history.stepMinutes * 60_000 };
  return (
    <figure className="chart">
      <svg
        className="cloud-chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t('cloudHistory.label', { nodes: number(most('nodes')), online: number(most('online')), asked: number(most('asked')) })}
      >
        {cap !== null && cap <= top && (
          <line className="chart-cap" x1="0" x2={WIDTH} y1={HEIGHT - 2 - (cap / top) * (HEIGHT - 4)} y2={HEIGHT - 2 - (cap / top) * (HEIGHT - 4)} />
        )}
        {LINES.map((name) =>
          linesOf(
            samples.map((s) => ({ at: s.at, value: s[name] })),
            place,
          ).map((d) => <path key={d} className={`chart-${name}`} d={d} />),
        )}
      </svg>
      <figcaption className="quiet">
        {LINES.map((name) => (
          <span key={name} className={`chart-key chart-key-${name}`}>
            {t(`cloudHistory.${name}`, { most: number(most(name)) })}
          </span>
        ))}
        {cap !== null && <span className="chart-key chart-key-cap">{t('cloudHistory.cap', { cap: number(cap) })}</span>}{' '}
        {t('cloudHistory.from', { time: dateTime(samples[0]?.at ?? 0) })}
      </figcaption>
    </figure>
  );
}
