/** How far a running build is, by how long the last good ones took. Where there are none nothing is guessed. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { BuildPage, BuildSummary } from '../../api/shapes.ts';
import { useFormats, useNow } from '../../format.ts';

const LOOKED_AT = 5;
/** Never whole before the end. */
const MOST = 0.98;

export function Progress({ build }: { readonly build: Pick<BuildSummary, 'job' | 'startedAt'> }): ReactElement | null {
  const { t } = useTranslation();
  const { span } = useFormats();
  const now = useNow();
  const last = useQuery({
    queryKey: keys.builds(build.job, { result: 'SUCCESS' }),
    queryFn: () => ask<BuildPage>(['items', build.job, 'builds'], { query: { limit: LOOKED_AT, state: 'ended', result: 'SUCCESS' } }),
  });
  const took = (last.data?.entries ?? []).flatMap(({ startedAt, endedAt }) => (startedAt === null || endedAt === null ? [] : [endedAt - startedAt]));
  if (took.length === 0 || build.startedAt === null) return null;
  const expected = took.reduce((a, b) => a + b, 0) / took.length;
  const left = expected - (now - build.startedAt);
  const text = left > 0 ? t('build.left', { time: span(left) }) : t('build.longer', { time: span(-left) });
  return (
    <span className="quiet">
      <progress value={Math.min(MOST, (now - build.startedAt) / expected)} aria-label={text} /> {text}
    </span>
  );
}
