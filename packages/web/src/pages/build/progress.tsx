/** How far a running build is, by how long the last good ones took. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { BuildPage, BuildSummary } from '../../api/shapes.ts';
import { RunningBar } from '../../parts/running-bar.tsx';

const LOOKED_AT = 5;

export function Progress({ build }: { readonly build: Pick<BuildSummary, 'job' | 'startedAt'> }): ReactElement {
  const last = useQuery({
    queryKey: keys.builds(build.job, { result: 'SUCCESS' }),
    queryFn: () => ask<BuildPage>(['items', build.job, 'builds'], { query: { limit: LOOKED_AT, state: 'ended', result: 'SUCCESS' } }),
  });
  const took = (last.data?.entries ?? []).flatMap(({ startedAt, endedAt }) => (startedAt === null || endedAt === null ? [] : [endedAt - startedAt]));
  return <RunningBar startedAt={build.startedAt} estimatedMs={took.length === 0 ? null : took.reduce((a, b) => a + b, 0) / took.length} />;
}
