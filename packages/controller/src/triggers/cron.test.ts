import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cron, CronError } from './cron.ts';

const at = (text: string): number => Date.parse(text);
/** The next times, in UTC. */
function times(spec: string, from: string, zone: string, count = 3, seed = 'job'): string[] {
  const cron = new Cron(spec, seed);
  const all: string[] = [];
  let after = at(from);
  for (let i = 0; i < count; i++) {
    const next = cron.next(after, zone);
    if (next === null) break;
    all.push(new Date(next.at).toISOString().slice(0, 16));
    after = next.at;
  }
  return all;
}

test('times come at their minute, by the calendar of their zone', () => {
  assert.deepEqual(times('30 2 * * 1-5', '2026-11-27T00:00Z', 'UTC'), ['2026-11-27T02:30', '2026-11-30T02:30', '2026-12-01T02:30']);
  assert.deepEqual(times('0 0 29 2 *', '2026-01-01T00:00Z', 'UTC', 1), ['2028-02-29T00:00']);
  assert.deepEqual(times('*/20 8-9 * * *', '2026-01-01T08:30Z', 'UTC', 4), ['2026-01-01T08:40', '2026-01-01T09:00', '2026-01-01T09:20', '2026-01-01T09:40']);
  assert.deepEqual(times('0 3 * * 7', '2026-11-28T00:00Z', 'UTC', 1), ['2026-11-29T03:00']);
  assert.deepEqual(times('5,35 1 1 1,7 *', '2026-11-28T00:00Z', 'UTC', 2), ['2027-01-01T01:05', '2027-01-01T01:35']);
  assert.deepEqual(times('TZ=Asia/Shanghai\n0 2 * * *', '2026-11-28T00:00Z', 'UTC', 2), ['2026-11-28T18:00', '2026-11-29T18:00']);
  assert.deepEqual(times('0 2 * * *', '2026-11-28T00:00Z', 'Asia/Shanghai', 1), ['2026-11-28T18:00']);
  assert.deepEqual(times('0 0 31 2 *', '2026-11-28T00:00Z', 'UTC'), []);
});

test('a time that clocks skip does not come, and one that they show twice comes once', () => {
  // Berlin: 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00.
  assert.deepEqual(times('30 2 * * *', '2026-03-27T12:00Z', 'Europe/Berlin', 3), ['2026-03-28T01:30', '2026-03-30T00:30', '2026-03-31T00:30']);
  assert.deepEqual(times('30 2 * * *', '2026-10-24T12:00Z', 'Europe/Berlin', 2), ['2026-10-25T00:30', '2026-10-26T01:30']);
  assert.deepEqual(times('0 * * * *', '2026-10-25T00:00Z', 'Europe/Berlin', 3), ['2026-10-25T02:00', '2026-10-25T03:00', '2026-10-25T04:00']);
});

test('H is the value that Jenkins chooses for the name, within its range', () => {
  // Recorded with java.util.Random on a JDK, seeded as hudson.scheduler.Hash does.
  for (const [name, first] of [
    ['job', '2026-01-08T16:31'],
    ['team/app', '2026-01-06T03:57'],
    ['任务', '2026-01-27T14:13'],
  ] as const)
    assert.deepEqual(times('H H H * *', '2026-01-01T00:00Z', 'UTC', 1, name), [first]);
  const minutes = (spec: string, seed: string): number[] => {
    const all = new Set(times(spec, '2026-01-01T00:00Z', 'UTC', 70, seed).map((t) => Number(t.slice(14))));
    return [...all].sort((a, b) => a - b);
  };
  for (const seed of ['job', 'team/app', '任务']) {
    const one = minutes('H * * * *', seed);
    assert.equal(one.length, 1);
    assert.deepEqual(minutes('@hourly', seed), one);
    assert.deepEqual(minutes('H/1 * * * *', seed), one);
    const four = minutes('H/15 * * * *', seed);
    assert.deepEqual([four.length, (four[1] as number) - (four[0] as number)], [4, 15]);
    const early = minutes('H(0-29)/10 * * * *', seed);
    assert.ok(early.length === 3 && (early.at(-1) as number) < 30);
  }
  assert.notDeepEqual(minutes('H * * * *', 'a'), minutes('H * * * *', 'c'));
  const hours = new Set(Array.from({ length: 40 }, (_, i) => times('@midnight', '2026-01-01T00:00Z', 'UTC', 1, `job ${i}`)[0]?.slice(11, 13)));
  assert.deepEqual([...hours].sort(), ['00', '01', '02']);
});

test('a line may bring parameters, and remarks are passed over', () => {
  const cron = new Cron('# nightly\n\n0 1 * * * % TARGET=all; FAST=false\n0 2 * * *', 'job');
  assert.deepEqual(cron.next(at('2026-01-01T00:30Z'), 'UTC')?.parameters, { TARGET: 'all', FAST: 'false' });
  assert.deepEqual(cron.next(at('2026-01-01T01:30Z'), 'UTC')?.parameters, {});
  assert.equal(new Cron('# none', 'job').isEmpty, true);
});

test('what is no time is refused, with its line', () => {
  for (const [spec, message] of [
    ['60 * * * *', /line 1 \(60 \* \* \* \*\): 60 is no minute: 0 to 59/],
    ['* * * *', /four|4 fields/],
    ['\n1-x * * * *', /line 2 .*‘1-x’ is no minute/],
    ['5-2 * * * *', /goes backwards/],
    ['*/0 * * * *', /step/],
    ['H(5-6)/9 * * * *', /larger than its range/],
    ['@often', /there is no @often/],
    ['TZ=Mars/Phobos\n* * * * *', /no time zone Mars\/Phobos/],
    ['0 1 * * * % =x', /NAME=value/],
  ] as const)
    assert.throws(() => new Cron(spec, 'job'), message, spec);
});

test('any text is a cron or is refused', () => {
  const alphabet = ['*', '/', '-', ',', 'H', '(', ')', '1', '59', '7', ' ', '\n', '@daily', '%', '=', 'TZ=UTC', '#', '€'];
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: random(14) }, () => alphabet[random(alphabet.length)]).join('');
    try {
      new Cron(text, 'job');
    } catch (error) {
      assert.ok(error instanceof CronError, `${JSON.stringify(text)}: ${String(error)}`);
    }
  }
});
