import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weatherOf } from './weather-kind.ts';

test('each failure among the last five makes the weather worse', () => {
  const kinds = [5, 4, 3, 2, 1, 0].map((good) => weatherOf({ good, count: 5 }));
  assert.deepEqual(kinds, ['sunny', 'fair', 'cloudy', 'rainy', 'stormy', 'stormy']);
  assert.equal(weatherOf({ good: 1, count: 1 }), 'sunny');
});
