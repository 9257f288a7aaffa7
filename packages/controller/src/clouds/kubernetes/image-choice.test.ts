/** Which images are cached: the most used, without taking turns. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ImageUse } from '../cloud.ts';
import { chooseImages } from './image-choice.ts';

/** The most used first. */
const uses = (...names: string[]): ImageUse[] => names.map((image, i) => ({ image, uses: names.length - i, lastUsedAt: 1 }));
const chosen = (used: ImageUse[], current: string[], most: number, always: string[] = []): string[] =>
  chooseImages(used, current, { most, always }).map((i) => i.image);

describe('images for a cache', () => {
  it('are those that are used most, by name', () => {
    assert.deepEqual(chosen(uses('c', 'a', 'b'), [], 2), ['a', 'c']);
  });
  it('stay while they are among twice as many', () => {
    assert.deepEqual(chosen(uses('a', 'b', 'c', 'd', 'e'), ['d', 'a'], 2), ['a', 'd']);
    assert.deepEqual(chosen(uses('a', 'b', 'c', 'd', 'e'), ['e', 'a'], 2), ['a', 'b']);
  });
  it('are no more than there is place for, when the place becomes less', () => {
    assert.deepEqual(chosen(uses('a', 'b', 'c'), ['c', 'b', 'a'], 1), ['a']);
  });
  it('go when nobody uses them any more', () => {
    assert.deepEqual(chosen(uses('a'), ['old', 'a'], 2), ['a']);
    assert.deepEqual(chosen([], ['old'], 2), []);
  });
  it('are those that the configuration names, used or not, beside the others', () => {
    assert.deepEqual(
      chooseImages(uses('a', 'b'), ['x'], { most: 1, always: ['x', 'b'] }).map((i) => `${i.image} ${i.uses}`),
      ['a 2', 'b 1', 'x 0'],
    );
  });
});
