/** A build whose journal has 100,000 entries, stopped before its end: from its lines to where it stood. */
import type { Benchmark } from './benchmark.ts';
import { median, timed } from './benchmark.ts';
import type { Stores } from './builds.ts';
import { build, succeeded } from './builds.ts';
import { QuickHost } from './quick-host.ts';

const STEPS = 50_000;
const TURNS = 5;
const PIPELINE = `node { for (int i = 0; i < ${STEPS}; i++) { sh "step \${i}" } }\n`;

export const replay: Benchmark = {
  name: 'replay',
  async run() {
    const stores: Stores = { lines: [], records: [] };
    const first = await timed(() => succeeded(build(PIPELINE, new QuickHost(), stores)));
    // Without its last entries: the resumed build replays all the others, and ends by itself.
    const kept: Stores = { lines: stores.lines.slice(0, -3), records: stores.records };
    const times: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) times.push(await timed(() => succeeded(build(PIPELINE, new QuickHost(), { lines: [], records: [] }, kept))));
    return {
      figures: [
        {
          what: `${kept.lines.length} journal entries replayed`,
          value: median(times) / 1000,
          unit: 's',
          goal: { atMost: 1 },
          detail: `median of ${TURNS} turns`,
        },
        { what: 'the same build run first', value: first / 1000, unit: 's', detail: `${STEPS} steps` },
      ],
    };
  },
};
