import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Native } from '../../runtime/native.ts';
import { Long } from '../boxes.ts';
import { plus } from '../operators.ts';
import { fakeRuntime as rt } from '../recorded/fake-runtime.ts';
import { AtomicNumber, atomicIntegerTable, atomicLongTable } from './atomic.ts';

const integers = atomicIntegerTable.methods as Record<string, Native>;

test('an AtomicInteger counts, wraps around and takes part in arithmetic as the Integer it holds', () => {
  const counter = new AtomicNumber('Integer', 2147483646);
  assert.equal(integers['incrementAndGet()']?.(rt, counter), 2147483647);
  assert.equal(integers['getAndIncrement()']?.(rt, counter), 2147483647);
  assert.equal(integers['get()']?.(rt, counter), -2147483648);
  assert.equal(integers['compareAndSet(int, int)']?.(rt, counter, 5, 6), false);
  assert.equal(integers['getAndSet(int)']?.(rt, counter, 7), -2147483648);
  assert.equal(plus(counter, 1), 8);
  assert.equal(counter.javaString(), '7');
});

test('an AtomicLong holds a Long', () => {
  const counter = new AtomicNumber('Long', Long.of(5));
  const answer = (atomicLongTable.methods as Record<string, Native>)['addAndGet(long)']?.(rt, counter, Long.of(2)) as Long;
  assert.equal(answer.javaString(), '7');
});
