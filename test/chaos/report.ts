/** A run as text. */
import type { ChaosReport } from './harness.ts';

export function reportOf(report: ChaosReport): string {
  const { options, violations, skipped, triggered, results, faults, adoptions, samples, peaks, settledMs, epochs, load, evidence } = report;
  const list = (all: Readonly<Record<string, number>>): string =>
    Object.entries(all)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  const rows: [string, string][] = [
    ['engine, seed', `${options.engine}, ${options.seed}`],
    ['length', `${(options.ms / 1_000).toFixed(0)} s of load and blows; all ended ${(settledMs / 1_000).toFixed(1)} s after the last blow`],
    ['builds', `${triggered} triggered; ${list(results)}`],
    ['blows', list(faults)],
    ['adoptions', `${epochs} times a build got another owner`],
    ['  after a kill', timesOf(report, 'kill')],
    ['  after a silence', timesOf(report, 'silence')],
    ['samples', `${samples}; most rows at once: ${list(peaks)}`],
    ['load of the machine', load.toFixed(1)],
    ...skipped.map((s): [string, string] => ['skipped', s]),
    ['broken invariants', String(violations.length)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
  if (violations.length === 0) return `${table}\n`;
  const again = `npm run chaos -- --engine ${options.engine} --seed ${options.seed}`;
  return `${table}\n\nBROKEN\n${[...violations]
    .sort((a, b) => Number(/still holds/.test(a)) - Number(/still holds/.test(b)))
    .slice(0, 400)
    .join('\n')}\n\nEVIDENCE\n${evidence.join('\n')}\n\nAgain with: ${again} (${adoptions.length} adoptions were followed)\n`;
}

function timesOf({ adoptions }: ChaosReport, cause: 'kill' | 'silence'): string {
  const of = (key: 'ownedMs' | 'flushedMs'): string => {
    const all = adoptions.flatMap((a) => (a.cause === cause && a[key] !== null ? [a[key] as number] : [])).sort((a, b) => a - b);
    if (all.length === 0) return 'none';
    const at = (p: number): string => `${((all[Math.min(all.length - 1, Math.floor(p * all.length))] as number) / 1_000).toFixed(2)} s`;
    return `p50 ${at(0.5)}, p99 ${at(0.99)} (${all.length})`;
  };
  return `new owner ${of('ownedMs')}; its first flush ${of('flushedMs')}`;
}
