/** How a job has done lately, as Jenkins' weather: of the last builds that told something, how many did not fail. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemSummary } from '../api/shapes.ts';
import type { WeatherKind } from './weather-kind.ts';
import { weatherOf } from './weather-kind.ts';

const SUN = (
  <path
    className="weather-sun"
    d="M8 2v1.6M8 12.4V14M2 8h1.6M12.4 8H14M3.8 3.8l1.1 1.1M11.1 11.1l1.1 1.1M12.2 3.8l-1.1 1.1M4.9 11.1l-1.1 1.1M8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z"
  />
);
const SMALL_SUN = <path className="weather-sun" d="M10.6 1.6v1.2M6.6 3.4l.9.9M14.6 3.4l-.9.9M13.2 7.4a2.6 2.6 0 1 0-5-1.4" />;
const CLOUD = <path className="weather-cloud" d="M4.6 13a2.6 2.6 0 0 1-.3-5.2 3.4 3.4 0 0 1 6.5-.7A3 3 0 0 1 11.4 13z" />;
const HIGH_CLOUD = <path className="weather-cloud" d="M4.6 9.6a2.6 2.6 0 0 1-.3-5.2 3.4 3.4 0 0 1 6.5-.7 3 3 0 0 1 .6 5.9z" />;

const SIGNS: Readonly<Record<WeatherKind, ReactElement>> = {
  sunny: SUN,
  fair: (
    <>
      {SMALL_SUN}
      {CLOUD}
    </>
  ),
  cloudy: CLOUD,
  rainy: (
    <>
      {HIGH_CLOUD}
      <path className="weather-rain" d="M5 11.4l-.8 2M8 11.4l-.8 2M11 11.4l-.8 2" />
    </>
  ),
  stormy: (
    <>
      {HIGH_CLOUD}
      <path className="weather-storm" d="M8.6 10.6L6.6 13h2.2l-1.4 2.2" />
    </>
  ),
};

export function Weather({ health }: { readonly health: ItemSummary['health'] }): ReactElement | null {
  const { t } = useTranslation();
  if (health === null) return null;
  const kind = weatherOf(health);
  const text = t('weather.of', { word: t(`weather.${kind}`), good: health.good, count: health.count });
  return (
    <svg className="weather" viewBox="0 0 16 16" width="22" height="22" role="img" aria-label={text}>
      <title>{text}</title>
      {SIGNS[kind]}
    </svg>
  );
}
