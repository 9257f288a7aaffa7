/**
 * The order in which HashMap and HashSet are walked, for 400 key sets made by a fixed generator: Strings, Integers,
 * Longs, lists, BigDecimals, put in and taken out. Recorded from Groovy 2.4.21 on JDK 17 as hash codes of the keys.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BigDecimal, Long } from '../numbers/boxes.ts';
import type { Value } from '../runtime/values.ts';
import { hashString } from '../text/letters.ts';
import { HashMap, HashSet, JavaList } from './index.ts';
import { cloneCollection, fill } from './similar.ts';
import { testRuntime } from './test-runtime.ts';

const rt = testRuntime();

class Generator {
  private state: number;
  constructor(seed: number) {
    this.state = seed | 0;
  }
  next(n: number): number {
    this.state = (Math.imul(this.state, 1103515245) + 12345) | 0;
    return ((this.state >>> 16) & 0x7fff) % n;
  }
}

function key(g: Generator, kind: number): Value {
  if (kind === 1) return g.next(30000) - 15000;
  if (kind === 2) {
    const n = BigInt(g.next(30000)) * 1000003n;
    return Long.of(g.next(2) === 0 ? n : -n);
  }
  if (kind === 3 && g.next(3) === 0) return new JavaList([g.next(10), 'x']);
  if (kind === 4) {
    const text = `${g.next(1000)}.${g.next(100)}`;
    return new BigDecimal(BigInt(text.replace('.', '')), text.length - text.indexOf('.') - 1);
  }
  let text = '';
  for (let n = 1 + g.next(8); n > 0; n--) text += String.fromCharCode(97 + g.next(26));
  return text;
}

function run(c: number): string {
  const g = new Generator(c * 7919 + 1);
  const kind = c % 5;
  const n = g.next(c < 200 ? 20 : 150);
  const map = new HashMap();
  const list: Value[] = [];
  for (let i = 0; i < n; i++) {
    const k = key(g, kind);
    list.push(k);
    map.put(rt, k, i);
    if (g.next(4) === 0 && list.length > 0) map.remove(rt, list[g.next(list.length)] as Value);
  }
  const copy = new HashMap();
  copy.putAll(rt, map);
  const half = HashSet.copy(rt, list.slice(0, Math.floor(n / 2)));
  const sets = [
    map.keys(),
    copy.keys(),
    HashSet.copy(rt, list).toArray(),
    fill(rt, new HashSet(list.length), list).toArray(),
    fill(rt, cloneCollection(rt, half, half.toArray()), list).toArray(),
  ];
  return hashString(sets.map((keys) => keys.map((k) => rt.format(k)).join(',')).join('|')).toString(36);
}

test('HashMap and HashSet are walked in the order of Java', () => {
  const expected = readFileSync(new URL('./hash-order.txt', import.meta.url), 'utf8')
    .trim()
    .split(' ');
  assert.equal(expected.length, 400);
  for (const [c, hash] of expected.entries()) assert.equal(run(c), hash, `key set ${c}`);
});
