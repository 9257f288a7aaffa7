/** One pass of the scheduler: 10,000 requests of 200 jobs with 50 distinct label expressions on 1,000 nodes. */
import type { ScheduleInput } from '../packages/controller/src/queue/schedule.ts';
import { schedule } from '../packages/controller/src/queue/schedule.ts';
import type { Benchmark } from './benchmark.ts';
import { median, timed } from './benchmark.ts';

const TURNS = 21;
const FOLDERS = Array.from({ length: 20 }, (_, i) => `folder-${i}`);
const LABELS = Array.from({ length: 10 }, (_, i) => `label-${i}`);
const EXPRESSIONS = Array.from({ length: 50 }, (_, i) =>
  i === 0 ? null : i < 11 ? `label-${i - 1}` : `label-${i % 10} && !(label-${(i * 7 + 1) % 10} && label-${(i * 3 + 2) % 10}) || label-${(i * 3) % 10} && linux`,
);

export const scheduling: Benchmark = {
  name: 'scheduling',
  async run() {
    const figures = [];
    for (const [what, busy] of [
      ['a pass with all executors free', 0],
      ['a pass with nine of ten executors held', 9],
      ['a pass with nothing free', 10],
    ] as const) {
      // Read anew each time, as the rows of a database are: strings that nobody has looked at yet.
      const state = JSON.stringify(stateOf(10_000, 1_000, busy));
      const times: number[] = [];
      let granted = 0;
      for (let turn = 0; turn < TURNS; turn++) {
        const input = { ...(JSON.parse(state) as ReturnType<typeof stateOf>), shares: { held: new Map(FOLDERS.map((folder, f) => [folder, f])) } };
        times.push(
          await timed(() => {
            granted = schedule(input).grants.length;
          }),
        );
      }
      figures.push({
        what,
        value: median(times.slice(3)),
        unit: 'ms',
        goal: { atMost: 50 },
        detail: `10,000 requests, 1,000 nodes, ${granted} granted, median of ${TURNS - 3} turns after 3`,
      });
    }
    return { figures };
  },
};

function stateOf(requests: number, nodes: number, busyOfTen: number): Omit<ScheduleInput, 'shares'> {
  return {
    nodes: Array.from({ length: nodes }, (_, i) => ({
      name: `node-${i}`,
      labels: ['linux', ...LABELS.filter((_, l) => (i >> (l % 5)) % 2 === 0 && (i + l) % 3 > 0)],
      executors: 10,
      mode: i % 20 === 0 ? ('exclusive' as const) : ('normal' as const),
      online: i % 17 > 0,
      accepting: true,
      offlineReason: null,
      busy: Array.from({ length: busyOfTen }, (_, n) => n),
      reservedFor: null,
    })),
    requests: Array.from({ length: requests }, (_, i) => ({
      id: `request-${i}`,
      buildId: `build-${i}`,
      folder: `folder-${i % 20}`,
      job: `folder-${i % 20}/job-${i % 200}`,
      label: EXPRESSIONS[(i * 31) % 50] ?? null,
      priority: i % 100 === 0 ? 1 : 0,
      since: 1_700_000_000_000 + ((i * 7919) % requests),
      lastNode: i % 3 === 0 ? `node-${(i * 13) % nodes}` : null,
    })),
  };
}
