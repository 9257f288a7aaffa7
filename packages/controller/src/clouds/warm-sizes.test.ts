/** Sizes of warm pools over the day and the week. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sizeAt, sizesSchema } from './warm-sizes.ts';

const OFFICE = {
  timeZone: 'Europe/Berlin',
  hours: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '09:30', size: 9 },
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00', size: 4 },
    { days: ['fri'], from: '22:00', to: '06:00', size: 2 },
  ],
};

describe('the size of a warm pool', () => {
  // 2026-03-27 is a Friday; on 2026-03-29 Berlin's clocks go forward.
  const cases: readonly [string, object, string, number][] = [
    ['is zero where nothing is said', {}, '2026-03-27T12:00:00Z', 0],
    ['is the same all day without hours', { size: 3 }, '2026-03-27T03:00:00Z', 3],
    ['begins at the local minute', OFFICE, '2026-03-27T07:00:00Z', 9],
    ['is not there a minute before', OFFICE, '2026-03-27T06:59:59Z', 0],
    ['is that of the first hours that hold', OFFICE, '2026-03-27T08:30:00Z', 4],
    ['ends before the minute that is named', OFFICE, '2026-03-27T17:00:00Z', 0],
    ['goes on after midnight', OFFICE, '2026-03-28T04:59:00Z', 2],
    ['ends there', OFFICE, '2026-03-28T05:00:00Z', 0],
    ['is of the day on which it began', OFFICE, '2026-03-26T23:30:00Z', 0],
    ['follows the clocks in summer', OFFICE, '2026-03-30T06:00:00Z', 9],
    ['reaches the end of the day', { hours: [{ from: '20:00', to: '24:00', size: 1 }] }, '2026-03-27T23:59:00Z', 1],
    ['holds around the clock from a time to itself', { hours: [{ from: '00:00', to: '00:00', size: 1 }] }, '2026-03-27T12:00:00Z', 1],
  ];
  for (const [title, sizes, at, expected] of cases)
    it(title, () => {
      assert.equal(sizeAt(sizesSchema.parse(sizes), Date.parse(at)), expected);
    });
  for (const wrong of [
    { timeZone: 'Mars/Olympus' },
    { hours: [{ from: '8:00', to: '09:00', size: 1 }] },
    { size: -1 },
    { hours: [{ from: '08:00', to: '09:00' }] },
  ])
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      assert.equal(sizesSchema.safeParse(wrong).success, false);
    });
});
